import { browser } from 'wxt/browser'
import { purgeTrash } from '../archive/trash.ts'
import { useArchive } from './archive.ts'

/**
 * Deletes for good, when the browser starts, what was deleted too long ago to be had back. The library page and the
 * keeping of pages look for it too: whichever comes first.
 */
export function handleTrash(): void {
  browser.runtime.onStartup.addListener(() => {
    purgeTrash(useArchive(), { now: new Date() }).catch((error: unknown) => {
      console.warn('[loulan] the trash was not emptied', error)
    })
  })
}
