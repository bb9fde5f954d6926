import type { AidContext } from './define-aid.ts'
import type { LivePage, LivePost } from './live-page.ts'

/** So many posts of a page are near from the start: a page of the usual length is treated whole, before it is painted. */
const ALWAYS_NEAR = 20
/** A post is near when it is less than this away from the screen, in heights of the screen. */
const DISTANCE = '200%'

/**
 * Does to a post what it needs only when somebody comes to it: on a page of a thousand posts, of which few are read, that
 * is most of the work. Before the page is printed all are treated.
 */
export class NearPosts {
  readonly #page: LivePage
  readonly #fail: (error: unknown) => void
  readonly #waiting = new Map<Element, (() => void)[]>()
  readonly #observer: IntersectionObserver

  constructor({ page, fail }: Pick<AidContext, 'page' | 'fail'>, signal: AbortSignal) {
    this.#page = page
    this.#fail = fail
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) if (isIntersecting) this.#come(target)
      },
      { rootMargin: DISTANCE },
    )
    signal.addEventListener('abort', () => this.#observer.disconnect())
    const comeAll = () => [...this.#waiting.keys()].forEach((element) => this.#come(element))
    page.document.defaultView?.addEventListener('beforeprint', comeAll, { signal })
  }

  /** Calls `act` when the post is near, at once where it is by its place; in the order in which it was asked for. */
  whenNear(post: LivePost, act: () => void): void {
    const waiting = this.#waiting.get(post.element)
    if (waiting) waiting.push(act)
    else if (this.#page.posts.slice(0, ALWAYS_NEAR).includes(post)) act()
    else {
      this.#waiting.set(post.element, [act])
      this.#observer.observe(post.element)
    }
  }

  #come(element: Element): void {
    const acts = this.#waiting.get(element)
    this.#waiting.delete(element)
    this.#observer.unobserve(element)
    try {
      acts?.forEach((act) => act())
    } catch (error) {
      this.#fail(error)
    }
  }
}
