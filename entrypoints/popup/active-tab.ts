import { browser } from 'wxt/browser'

/**
 * The tab that the popup speaks of: the one named by `?tab=ID` (a popup opened as a page), else the active one.
 * Undefined when there is none.
 */
export async function findShownTab(search: string): Promise<{ id: number; url?: string } | undefined> {
  const named = Number(new URLSearchParams(search).get('tab') ?? NaN)
  const [active] = Number.isSafeInteger(named)
    ? [await browser.tabs.get(named).catch(() => undefined)]
    : await browser.tabs.query({ active: true, currentWindow: true })
  if (active?.id === undefined) return undefined
  return active.url === undefined ? { id: active.id } : { id: active.id, url: active.url }
}
