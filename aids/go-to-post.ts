import { changeAttribute } from '../dom/page-marks.ts'
import type { LivePost } from './live-page.ts'

/** A part of a post, 0 to 1, and the height on the screen, 0 to 1 from the top, at which it is to stand. */
interface PlaceInPost {
  part: number
  height: number
}

/**
 * Scrolls to a post, or to a place in it, and gives it the focus, so that the keyboard goes on from there. What hides or
 * folds it opens, as if find-in-page had found a word in it.
 */
export function goToPost({ element, body }: LivePost, aid: string, place?: PlaceInPost): void {
  body.dispatchEvent(new Event('beforematch', { bubbles: true }))
  element.scrollIntoView({ block: 'start', behavior: 'instant' })
  const view = element.ownerDocument.defaultView
  if (place && view) {
    const { top, height } = element.getBoundingClientRect()
    view.scrollBy({ top: top + height * place.part - view.innerHeight * place.height, behavior: 'instant' })
  }
  if (!element.hasAttribute('tabindex')) changeAttribute(aid, element, 'tabindex', '-1')
  element.focus({ preventScroll: true })
}
