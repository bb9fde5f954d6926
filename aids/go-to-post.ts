import { changeAttribute } from '../dom/page-marks.ts'
import type { LivePost } from './live-page.ts'

/**
 * Scrolls to a post, or to a part of it (0 to 1), and gives it the focus, so that the keyboard goes on from there. What
 * hides or folds it opens, as if find-in-page had found a word in it.
 */
export function goToPost({ element, body }: LivePost, aid: string, part = 0): void {
  body.dispatchEvent(new Event('beforematch', { bubbles: true }))
  element.scrollIntoView({ block: 'start' })
  const view = element.ownerDocument.defaultView
  if (part > 0) view?.scrollBy({ top: element.getBoundingClientRect().height * part, behavior: 'instant' })
  if (!element.hasAttribute('tabindex')) changeAttribute(aid, element, 'tabindex', '-1')
  element.focus({ preventScroll: true })
}
