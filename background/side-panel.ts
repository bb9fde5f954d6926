import { browser } from 'wxt/browser'

/** The keyboard command is declared in wxt.config.ts; Firefox has one of its own for its sidebar. */
const COMMAND = 'open-side-panel'

/** Opens the side panel by key. */
export function handleSidePanel(): void {
  browser.commands.onCommand.addListener((name, tab) => {
    if (name !== COMMAND || tab?.windowId === undefined) return
    // Nothing may be awaited before: the browser opens it only in answer to the key.
    browser.sidePanel.open({ windowId: tab.windowId }).catch((error: unknown) => {
      console.warn('[loulan] the side panel could not be opened', error)
    })
  })
}
