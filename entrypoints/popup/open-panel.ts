import { browser } from 'wxt/browser'

/** What of the browsers' ways to a panel is used: Chrome has the one, Firefox the other. */
interface PanelBrowser {
  sidePanel?: { open(options: { windowId: number }): Promise<void> }
  sidebarAction?: { open(): Promise<void> }
}

/**
 * Opens the panel beside the tabs of a window. To be called right in a click: after anything awaited the browser refuses.
 * Resolves with false where it was refused, or where the browser has no panel.
 */
export async function openPanel(windowId: number): Promise<boolean> {
  const { sidePanel, sidebarAction } = browser as unknown as PanelBrowser
  const opening = sidePanel?.open({ windowId }) ?? sidebarAction?.open()
  if (!opening) return false
  return opening.then(
    () => true,
    () => false,
  )
}
