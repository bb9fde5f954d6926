import type { AidContext } from './define-aid.ts'
import type { LivePage, LivePost } from './live-page.ts'

/** So many posts of a page are near from the start: a page of the usual length is treated whole, before it is painted. */
const ALWAYS_NEAR = 20
/** A post is near when it is less than this away from the screen, in heights of the screen. */
const DISTANCE = '200%'

/**
 * Does to a post what it needs only when somebody comes to it, until `signal` aborts: on a page of a thousand posts, of which
 * few are read, that is most of the work. At once where the post stands among the first, and on pages of the extension's
 * own, which bring their posts piece by piece. Before the page is printed all are treated. An error stops the aid and is
 * reported.
 *
 * @param act in the order in which it was asked for; `isOnScreen` where the reader came by a leap, and would see what moves
 */
export function whenNear(
  { page, own, fail }: Pick<AidContext, 'page' | 'own' | 'fail'>,
  post: LivePost,
  act: (post: LivePost, isOnScreen: boolean) => void,
  signal: AbortSignal,
): void {
  if (!own || post.place < ALWAYS_NEAR) return act(post, false)
  let near = pages.get(page)
  if (!near) pages.set(page, (near = new NearPosts(page)))
  near.wait(post, (isOnScreen) => {
    try {
      if (!signal.aborted) act(post, isOnScreen)
    } catch (error) {
      fail(error)
    }
  })
}

/** One for all aids of a page, as far as they came by one script. */
const pages = new WeakMap<LivePage, NearPosts>()

class NearPosts {
  readonly #waiting = new Map<Element, ((isOnScreen: boolean) => void)[]>()
  readonly #observer: IntersectionObserver

  constructor({ document, signal }: LivePage) {
    const view = document.defaultView!
    this.#observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          // Of a long page most are far: what is not needed of them is not asked for.
          if (!entry.isIntersecting) continue
          const { bottom, top } = entry.boundingClientRect
          this.#come(entry.target, bottom > 0 && top < view.innerHeight)
        }
      },
      { rootMargin: DISTANCE },
    )
    signal.addEventListener('abort', () => this.#observer.disconnect())
    const comeAll = () => this.#waiting.forEach((_acts, element) => this.#come(element, false))
    view.addEventListener('beforeprint', comeAll, { signal })
  }

  wait({ element }: LivePost, act: (isOnScreen: boolean) => void): void {
    const waiting = this.#waiting.get(element)
    if (waiting) return void waiting.push(act)
    this.#waiting.set(element, [act])
    this.#observer.observe(element)
  }

  #come(element: Element, isOnScreen: boolean): void {
    const acts = this.#waiting.get(element)
    this.#waiting.delete(element)
    this.#observer.unobserve(element)
    acts?.forEach((act) => act(isOnScreen))
  }
}
