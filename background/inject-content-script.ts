import { browser } from 'wxt/browser'
import type { Sender } from '../messages/messenger.ts'

/** The content scripts that the background puts into pages, or has the browser put there; each has a style of its name. */
export type ContentScript = 'thread' | 'late-aids' | 'forum'

/** Where a content script and its style lie in the extension, as the browser's functions take them. */
export function filesOf(script: ContentScript): {
  js: `/content-scripts/${ContentScript}.js`[]
  css: `/content-scripts/${ContentScript}.css`[]
} {
  return { js: [`/content-scripts/${script}.js`], css: [`/content-scripts/${script}.css`] }
}

/** The frame of a tab that sent a message; undefined where it came from no tab. */
export function frameOf({ tab, frameId }: Sender): { tabId: number; frameIds: number[] } | undefined {
  return tab?.id === undefined ? undefined : { tabId: tab.id, frameIds: [frameId ?? 0] }
}

/** Puts a content script and its style into the frames of a tab, the top frame unless told otherwise; rejects where it may not. */
export async function injectContentScript(
  target: { tabId: number; frameIds?: number[] },
  script: ContentScript,
): Promise<void> {
  const { js, css } = filesOf(script)
  await Promise.all([
    browser.scripting.insertCSS({ target, files: css }),
    browser.scripting.executeScript({ target, files: js, injectImmediately: true }),
  ])
}
