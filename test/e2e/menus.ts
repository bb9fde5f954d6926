import type { Chromium } from '../browsers/chromium.ts'

/** Does what the browser does when a menu item is clicked: Playwright cannot open its menus. */
export function clickMenu(extension: Chromium, id: string, info: Record<string, unknown> = {}): Promise<void> {
  return dispatch(extension, 'menu', id, info)
}

/** Does what the browser does when a command's key is pressed. */
export function pressKey(extension: Chromium, id: string): Promise<void> {
  return dispatch(extension, 'key', id, {})
}

async function dispatch(extension: Chromium, how: string, id: string, info: Record<string, unknown>): Promise<void> {
  const worker = await extension.serviceWorker()
  await worker.evaluate(
    async ([by, name, data]) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const { contextMenus, commands } = chrome as unknown as Record<string, Record<string, { dispatch: Dispatch }>>
      type Dispatch = (...values: unknown[]) => void
      if (by === 'menu')
        contextMenus!.onClicked!.dispatch({ menuItemId: name, editable: false, frameId: 0, ...data }, tab)
      else commands!.onCommand!.dispatch(name, tab)
    },
    [how, id, info] as const,
  )
}
