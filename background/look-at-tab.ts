import { browser } from 'wxt/browser'
import type { PageCapture } from '../messages/protocol.ts'

/** A page larger than this is not a thread page that anyone reads. In UTF-16 units. */
export const LONGEST_PAGE = 40_000_000

/** A page that has not answered by then is busy with itself, or waits in a dialog. In milliseconds. */
const PATIENCE = 4000

/** What a look at a tab gave: its page, nothing that may be read, or no answer in time. */
export type Look = { kind: 'page'; capture: PageCapture } | { kind: 'nothing' } | { kind: 'silent' }

/**
 * Looks at the page of a tab once, as it stands. Where no site permission was given, the right to comes with the click
 * on the extension's button (`activeTab`) and goes with the next navigation.
 */
export async function lookAtTab(tabId: number): Promise<Look> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<Look>((resolve) => {
    timer = setTimeout(() => resolve({ kind: 'silent' }), PATIENCE)
  })
  try {
    return await Promise.race([capture(tabId), late])
  } finally {
    clearTimeout(timer)
  }
}

async function capture(tabId: number): Promise<Look> {
  try {
    const [answer] = await browser.scripting.executeScript({
      target: { tabId },
      func: capturePage,
      args: [LONGEST_PAGE],
      injectImmediately: true,
    })
    const { url, html } = (answer?.result ?? {}) as Partial<Record<keyof PageCapture, unknown>>
    if (typeof url !== 'string' || typeof html !== 'string' || html.length > LONGEST_PAGE) return { kind: 'nothing' }
    return { kind: 'page', capture: { url, html } }
  } catch {
    return { kind: 'nothing' } // Pages of the browser's own, its shop, and files refuse.
  }
}

/** Runs in the page, where nothing of this file is known. */
function capturePage(longest: number): { url: string; html: string } | undefined {
  if (!/html/.test(document.contentType)) return undefined
  const html = document.documentElement.outerHTML
  return html.length > longest ? undefined : { url: location.href, html }
}
