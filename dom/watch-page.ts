/**
 * Calls `onAdded` with the elements that a page has gained, before the browser paints them: a pjax navigation, posts
 * that arrive late. Until `signal` aborts. Nothing is computed on a page that does not change.
 */
export function watchPage(document: Document, onAdded: (elements: Element[]) => void, signal: AbortSignal): void {
  const observer = new MutationObserver((records) => {
    const added = records.flatMap((record) => [...record.addedNodes]).filter((node) => node instanceof Element)
    if (added.length > 0) onAdded(added)
  })
  observer.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Resolves when the document's markup stands, at once when it does already. */
export function whenParsed(document: Document): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }))
}
