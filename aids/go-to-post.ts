import type { LivePost } from './live-page.ts'

/** Words that were gone to stand so far below the screen's top, as a part of its height. */
const MARGIN = 0.15

/**
 * Scrolls to a post and gives it the focus, so that the keyboard goes on from there. What hides or folds it opens, as if
 * find-in-page had found a word in it. The page is what it was when `signal` aborts.
 *
 * @param words where in the post to go to; its beginning without them, or where they do not stand in one piece of text
 */
export function goToPost({ element, body }: LivePost, signal: AbortSignal, words = ''): void {
  body.dispatchEvent(new Event('beforematch', { bubbles: true }))
  element.scrollIntoView({ block: 'start', behavior: 'instant' })
  const text = findText(body, squeeze(words))
  if (text) {
    const range = text.ownerDocument.createRange()
    range.selectNode(text)
    const { defaultView } = text.ownerDocument
    defaultView?.scrollBy({
      top: range.getBoundingClientRect().top - defaultView.innerHeight * MARGIN,
      behavior: 'instant',
    })
  }
  focusPost(element, signal)
}

/** The first text that holds the words, or that they begin with: markup may part them. */
function findText(body: HTMLElement, words: string): Text | undefined {
  if (!words) return undefined
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = squeeze(walker.currentNode.nodeValue ?? '')
    if (text.includes(words) || (text.length > 1 && words.startsWith(text))) return walker.currentNode as Text
  }
  return undefined
}

function squeeze(words: string): string {
  return words.replace(/\s+/g, '')
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
