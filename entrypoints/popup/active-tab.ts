import { browser } from 'wxt/browser'

/** A tab of the browser; the address where it may be known. */
export interface ShownTab {
  id: number
  windowId: number
  url?: string
}

/**
 * The tab that the popup speaks of: the one named by `?tab=ID` (a popup opened as a page), else the active one.
 * Undefined when there is none.
 */
export async function findShownTab(search: string): Promise<ShownTab | undefined> {
  const named = Number(new URLSearchParams(search).get('tab') ?? NaN)
  const [active] = Number.isSafeInteger(named)
    ? [await browser.tabs.get(named).catch(() => undefined)]
    : await browser.tabs.query({ active: true, currentWindow: true })
  if (active?.id === undefined) return undefined
  const { id, windowId, url } = active
  return { id, windowId, ...(url !== undefined && { url }) }
}
