import { browser } from 'wxt/browser'
import { parseReaderHash } from '../../core/reader-address.ts'
import { findShownTab } from '../popup/active-tab.ts'

/** A navigation tells of itself several times in a row: so long after the last the tab is looked at. In milliseconds. */
const SETTLE = 250

/** The tab beside the panel. */
export interface BesideTab {
  id: number
  /** The thread that it shows, where it is a reader page of ours. */
  readerKey?: string
}

/**
 * Calls `listener` with the tab that the panel stands beside, now and whenever another comes to the front or its page
 * changes, until `signal` aborts. Uses no permission: the browser tells without one that something has changed.
 *
 * @param search of the panel's own address: `?tab=ID` names a tab (a panel opened as a page)
 */
export function followTab(search: string, listener: (tab: BesideTab | undefined) => void, signal: AbortSignal): void {
  let beside: number | undefined
  let timer: ReturnType<typeof setTimeout> | undefined
  const look = async () => {
    const tab = await findShownTab(search)
    if (signal.aborted) return
    beside = tab?.id
    const readerKey = tab && findReaderKey(tab.id)
    listener(tab && { id: tab.id, ...(readerKey !== undefined && { readerKey }) })
  }
  const lookLater = (delay: number) => {
    clearTimeout(timer)
    timer = setTimeout(() => void look(), delay)
  }
  const onActivated = () => lookLater(0)
  const onUpdated = (tabId: number) => tabId === beside && lookLater(SETTLE)
  browser.tabs.onActivated.addListener(onActivated)
  browser.tabs.onUpdated.addListener(onUpdated)
  signal.addEventListener('abort', () => {
    clearTimeout(timer)
    browser.tabs.onActivated.removeListener(onActivated)
    browser.tabs.onUpdated.removeListener(onUpdated)
  })
  void look()
}

/** Pages of ours may be asked about without a permission; no other page is among them. */
function findReaderKey(tabId: number): string | undefined {
  const [view] = browser.extension.getViews({ type: 'tab', tabId }) as globalThis.Window[]
  if (view?.location.pathname !== '/reader.html') return undefined
  return parseReaderHash(view.location.hash)?.key
}
