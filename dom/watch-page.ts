import { isElement } from './node-kinds.ts'
import { isMark } from './page-marks.ts'

/** Changes of a page at once that are not looked through: a page that gains so much has most likely gained all sorts. */
const MANY_CHANGES = 2000

/**
 * Calls `onAdded` when a page has gained elements, before the browser paints them: while it is parsed, after a pjax
 * navigation, when posts arrive late. `hasAdded` says whether what a selector finds may be among them, always where very
 * much has come; it costs nothing unless it is called. Until `signal` aborts.
 */
export function watchPage(
  document: Document,
  onAdded: (hasAdded: (selector: string) => boolean) => void,
  signal: AbortSignal,
): void {
  const observer = new MutationObserver((records) => {
    onAdded((selector) => records.length > MANY_CHANGES || records.some((record) => isAmongAdded(record, selector)))
  })
  observer.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

function isAmongAdded({ addedNodes }: MutationRecord, selector: string): boolean {
  for (const node of addedNodes) {
    // Posts of other pages, which an aid joined to this one, are kept by themselves.
    if (!isElement(node) || isMark(node)) continue
    if (node.matches(selector) || node.querySelector(selector)) return true
  }
  return false
}

/** Resolves when the document's markup stands, at once when it does already. */
export function whenParsed(document: Document): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }))
}
