/**
 * Calls `onAdded` when a page has gained elements, before the browser paints them: while it is parsed, after a pjax
 * navigation, when posts arrive late. `listAdded` gives the elements; it costs nothing unless it is called. Until
 * `signal` aborts.
 */
export function watchPage(
  document: Document,
  onAdded: (listAdded: () => Element[]) => void,
  signal: AbortSignal,
): void {
  const observer = new MutationObserver((records) => {
    onAdded(() => records.flatMap(({ addedNodes }) => [...addedNodes]).filter((node) => node instanceof Element))
  })
  observer.observe(document, { childList: true, subtree: true })
  signal.addEventListener('abort', () => observer.disconnect())
}

/** Resolves when the document's markup stands, at once when it does already. */
export function whenParsed(document: Document): Promise<void> {
  if (document.readyState !== 'loading') return Promise.resolve()
  return new Promise((resolve) => document.addEventListener('DOMContentLoaded', () => resolve(), { once: true }))
}
