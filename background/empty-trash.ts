import { browser } from 'wxt/browser'
import { findGoneThreads, purgeTrash } from '../archive/trash.ts'
import { forgetGoneLooks } from '../settings/reader-looks.ts'
import { useArchive } from './archive.ts'

/**
 * Deletes for good, when the browser starts, what was deleted too long ago to be had back, and how threads looked that
 * are gone. The library page and the keeping of pages look for the first too: whichever comes first.
 */
export function handleTrash(): void {
  browser.runtime.onStartup.addListener(() => {
    emptyTrash().catch((error: unknown) => {
      console.warn('[loulan] the trash was not emptied', error)
    })
  })
}

async function emptyTrash(): Promise<void> {
  await purgeTrash(useArchive(), { now: new Date() })
  await forgetGoneLooks((keys) => findGoneThreads(useArchive(), keys))
}
