import type { LivePage } from '../aids/live-page.ts'

/** Scrolls to a post and gives it focus, so that the keyboard goes on from there; false when it is not on the page. */
export function showPost(page: LivePage, postId: string): boolean {
  const post = page.posts.find(({ id }) => id === postId)
  if (!post) return false
  // As if find-in-page had found a word in it: whatever folds the post opens it.
  post.body.dispatchEvent(new Event('beforematch', { bubbles: true }))
  const { element } = post
  element.scrollIntoView({ block: 'start' })
  if (!element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1')
    element.addEventListener('blur', () => element.removeAttribute('tabindex'), { once: true })
  }
  element.focus({ preventScroll: true })
  return true
}
