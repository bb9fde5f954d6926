import { HELD } from '../dom/mark-names.ts'

/** A reader who waits this long sees the page as it is, and the aids when they come. In milliseconds. */
const LONGEST_HOLD = 300

/**
 * Holds back the first paint of a thread for what it may not come before: the reader's settings, a few milliseconds on a
 * fast connection; the whole of the first post; where somebody is muted, the aid that hides them. What is painted before
 * would move under the reader's eyes, or be seen. Later paints are never held.
 *
 * @param loading the paint is held until it settles
 */
export function holdFirstPaint(document: Document, loading: Promise<unknown>): void {
  const root = document.documentElement
  if (root.hasAttribute(HELD) || performance.getEntriesByType('paint').length > 0) return
  root.setAttribute(HELD, '')
  const release = () => root.removeAttribute(HELD)
  setTimeout(release, LONGEST_HOLD)
  void loading.finally(release)
}
