import type { LivePage, LivePost } from './live-page.ts'

/**
 * Follows which posts are on the screen. Cheap on long pages: the browser tells which ones come and go, and only those
 * are measured when the page scrolls.
 */
export class PostsOnScreen {
  readonly #page: LivePage
  readonly #observer: IntersectionObserver
  readonly #posts = new Map<Element, LivePost>()
  readonly #shown = new Set<LivePost>()
  #isAwaited = false

  /** @param onMove called, at most once a frame, when the page has scrolled or posts have come or gone on the screen */
  constructor(page: LivePage, onMove: (shown: readonly LivePost[]) => void, signal: AbortSignal) {
    this.#page = page
    const view = page.document.defaultView!
    const look = () => {
      this.#isAwaited = false
      if (!signal.aborted && !page.document.hidden) onMove(this.#inOrder())
    }
    const lookLater = () => {
      if (this.#isAwaited) return
      this.#isAwaited = true
      view.requestAnimationFrame(look)
    }
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        const post = this.#posts.get(target)
        if (post && isIntersecting) this.#shown.add(post)
        else if (post) this.#shown.delete(post)
      }
      lookLater()
    })
    for (const type of ['scroll', 'resize', 'focus']) view.addEventListener(type, lookLater, { signal, passive: true })
    signal.addEventListener('abort', () => this.#observer.disconnect())
  }

  add(post: LivePost): void {
    this.#posts.set(post.element, post)
    this.#observer.observe(post.element)
  }

  #inOrder(): LivePost[] {
    return this.#page.posts.filter((post) => this.#shown.has(post))
  }
}
