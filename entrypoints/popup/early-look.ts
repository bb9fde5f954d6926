import { sendToBackground } from '../../messages/messenger.ts'
import type { TabReport } from '../../messages/protocol.ts'
import { findShownTab, type ShownTab } from './active-tab.ts'

/** The tab that the popup speaks of, and what the background says of it, or will say. */
export interface EarlyLook {
  tab: ShownTab | undefined
  report: Promise<TabReport> | undefined
}

/**
 * Asks the background what stands in the tab, as the first thing of all: the answer takes longer than loading and drawing
 * the popup, so both go on side by side.
 */
export async function lookEarly(search: string): Promise<EarlyLook> {
  const tab = await findShownTab(search)
  const report = tab && sendToBackground('describeTab', { tabId: tab.id })
  // Whoever takes the answer hears of an error too, later; until then it is not one that nobody expects.
  report?.catch((error: unknown) => console.warn('[loulan] what stands in the tab was not told', error))
  return { tab, report }
}
