import type { LivePost } from './live-page.ts'

/**
 * Scrolls to a post and gives it the focus, so that the keyboard goes on from there. What hides or folds it opens, as if
 * find-in-page had found a word in it. The page is what it was when `signal` aborts.
 */
export function goToPost({ element, body }: LivePost, signal: AbortSignal): void {
  body.dispatchEvent(new Event('beforematch', { bubbles: true }))
  element.scrollIntoView({ block: 'start', behavior: 'instant' })
  focusPost(element, signal)
}

/** Gives a post the focus without scrolling; it can take it for as long as it has it, or until `signal` aborts. */
export function focusPost(element: HTMLElement, signal: AbortSignal): void {
  if (!element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1')
    const end = () => element.removeAttribute('tabindex')
    element.addEventListener('blur', end, { once: true })
    signal.addEventListener('abort', end)
  }
  element.focus({ preventScroll: true })
}
