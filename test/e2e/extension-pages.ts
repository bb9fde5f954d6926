import type { Page } from '@playwright/test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Chromium } from '../browsers/chromium.ts'
import { emptyDatabase } from './archive.ts'

/** Opening the extension's own pages, emptying the extension, and builds that differ. */

const BUILD = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** What the popup's window is given: the browser makes it no wider than this, and no higher. In CSS pixels. */
const POPUP = { width: 380, height: 600 }

/** Opens a page of the extension in a tab of its own; the caller closes it, or the browser at the end. */
export async function openOwnPage(extension: Chromium, path: string, viewport?: typeof POPUP): Promise<Page> {
  const page = await extension.context.newPage()
  if (viewport) await page.setViewportSize(viewport)
  await page.goto(extension.extensionUrl(path))
  return page
}

/** Opens the popup as it would open over a tab: over `page`, or over one that is no page at all. */
export async function openPopup(extension: Chromium, page?: Page): Promise<Page> {
  const id = page ? await tabIdOf(extension, page) : 0
  return openOwnPage(extension, `popup.html?tab=${id}`, POPUP)
}

/** The browser's number for a page's tab. The page comes to the front. */
export async function tabIdOf(extension: Chromium, page: Page): Promise<number> {
  await page.bringToFront()
  const worker = await extension.serviceWorker()
  const id = await worker.evaluate(
    async () => (await chrome.tabs.query({ active: true, lastFocusedWindow: true }))[0]?.id,
  )
  if (id === undefined) throw new Error(`no tab is active, though ${page.url()} should be`)
  return id
}

/** Clicks what opens a tab, and gives the page that opens; it may still be loading. */
export async function opened(extension: Chromium, click: () => Promise<void>): Promise<Page> {
  const [page] = await Promise.all([extension.context.waitForEvent('page'), click()])
  return page
}

/** Forgets all settings, without asking for a worker that a test may have stopped. */
export async function clearStorage(extension: Chromium): Promise<void> {
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  await page.evaluate(() => chrome.storage.local.clear())
  await page.close()
}

/** Takes out all that the extension has stored: settings, threads, files. The database itself stays, as pages may have it open. */
export async function emptyExtension(extension: Chromium): Promise<void> {
  await clearStorage(extension)
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  await page.evaluate(emptyDatabase)
  await page.close()
}

/** Leaves a database that a later version of the extension could have left: the archive cannot be opened. */
export async function plantNewerDatabase(extension: Chromium): Promise<void> {
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  await page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const request = indexedDB.open('loulan', 100_000)
        request.onsuccess = () => {
          request.result.close()
          resolve()
        }
        request.onerror = () => reject(request.error!)
      }),
  )
  await page.close()
}

interface Variant {
  /** What the manifest says differently. */
  manifest?: Record<string, unknown>
  /** Files with another text, by path. */
  files?: Record<string, string>
}

/**
 * A copy of the build with changes: what a reader's click on a browser's own dialog would have granted, or parts that are
 * broken. Returns its folder, and what removes it.
 */
export function makeVariant({ manifest = {}, files = {} }: Variant): { folder: string; remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'loulan-variant-'))
  cpSync(BUILD, folder, { recursive: true })
  const path = join(folder, 'manifest.json')
  const former = JSON.parse(readFileSync(path, 'utf8')) as Record<string, unknown>
  for (const [name, value] of Object.entries(manifest)) {
    former[name] = Array.isArray(value) ? [...((former[name] as unknown[]) ?? []), ...(value as unknown[])] : value
  }
  writeFileSync(path, JSON.stringify(former))
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) }
}
