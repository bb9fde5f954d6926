import { HELD } from '../dom/mark-names.ts'

/** A reader who waits this long sees the page as it is, and the aids when they come. In milliseconds. */
const LONGEST_HOLD = 300

/**
 * Holds back the first paint of a thread while the reader's settings load, a few milliseconds on a fast connection, and,
 * where somebody is muted, the aid that hides them: what is painted before the aids start would move under the reader's
 * eyes. Later paints are never held.
 */
export function holdFirstPaint(document: Document, loading: Promise<unknown>): void {
  const root = document.documentElement
  if (root.hasAttribute(HELD) || performance.getEntriesByType('paint').length > 0) return
  root.setAttribute(HELD, '')
  const release = () => root.removeAttribute(HELD)
  setTimeout(release, LONGEST_HOLD)
  void loading.finally(release)
}
