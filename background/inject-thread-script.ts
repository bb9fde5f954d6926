import { browser } from 'wxt/browser'
import { onPublicMessage } from '../messages/messenger.ts'

const SCRIPT = '/content-scripts/thread.js'
const STYLE = '/content-scripts/thread.css'

/** Puts the thread's content script into a page that has become a thread without a reload. */
export function handleSentinels(): void {
  onPublicMessage('threadAddressReached', async (_data, { tab, frameId }) => {
    if (tab?.id === undefined) return
    const target = { tabId: tab.id, frameIds: [frameId ?? 0] }
    await Promise.all([
      browser.scripting.insertCSS({ target, files: [STYLE] }),
      browser.scripting.executeScript({ target, files: [SCRIPT], injectImmediately: true }),
    ])
  })
}
