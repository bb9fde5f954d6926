import { browser } from 'wxt/browser'

/** Characters of a text that are looked at before the reader asks for it. */
const HEAD = 20_000

/**
 * The beginning of a tab's plain text; undefined when the tab shows anything else, or when its page may not be read.
 * Uses the access that opening the popup gives to this one tab.
 */
export async function findTextHead(tabId: number): Promise<string | undefined> {
  return run(tabId, HEAD)
}

/** A tab's whole plain text; undefined when it is gone meanwhile. */
export async function findTabText(tabId: number): Promise<string | undefined> {
  return run(tabId, Number.MAX_SAFE_INTEGER)
}

async function run(tabId: number, length: number): Promise<string | undefined> {
  try {
    const [answer] = await browser.scripting.executeScript({ target: { tabId }, func: readPlainText, args: [length] })
    return typeof answer?.result === 'string' ? answer.result : undefined
  } catch {
    return undefined // Pages of the browser's own, and files where the reader has not allowed them, refuse.
  }
}

/** Runs in the tab: must not use anything from outside of itself. */
function readPlainText(length: number): string | null {
  return document.contentType === 'text/plain' ? (document.body?.textContent ?? '').slice(0, length) : null
}
