import type { AidContext } from './define-aid.ts'
import type { LivePage, LivePost } from './live-page.ts'

/**
 * Gets the posts on the screen, in page order; none where there is only what stands around them.
 *
 * @param rectOf where one of them stands, asked for without a layout where the browser has just told it
 */
type OnMove = (shown: readonly LivePost[], rectOf: RectOf) => void
export type RectOf = (post: LivePost) => DOMRectReadOnly

/** One for all aids of a page, as long as any follows. */
const screens = new WeakMap<LivePage, PostsOnScreen>()

/**
 * Calls `onMove` when the page has scrolled or posts have come or gone on the screen, at most once a frame, until
 * `signal` aborts. An error in it stops the aid and is reported.
 */
export function followScreen(
  { page, fail }: Pick<AidContext, 'page' | 'fail'>,
  onMove: OnMove,
  signal: AbortSignal,
): void {
  let screen = screens.get(page)
  if (!screen) screens.set(page, (screen = new PostsOnScreen(page)))
  screen.follow({ onMove, fail }, signal)
}

/**
 * Which posts of a page are on the screen. Cheap on long pages: the browser tells which ones come and go, and nobody
 * looks at the others.
 */
class PostsOnScreen {
  readonly #page: LivePage
  readonly #controller = new AbortController()
  readonly #observer: IntersectionObserver
  readonly #posts = new Map<Element, { post: LivePost; place: number }>()
  readonly #shown = new Set<Element>()
  readonly #listeners = new Set<{ onMove: OnMove; fail: (error: unknown) => void }>()
  #isAwaited = false

  constructor(page: LivePage) {
    this.#page = page
    this.#observer = new IntersectionObserver((entries) => {
      const rects = new Map<Element, DOMRectReadOnly>()
      for (const entry of entries) {
        const { target } = entry
        if (entry.isIntersecting) {
          this.#shown.add(target)
          rects.set(target, entry.boundingClientRect)
        } else this.#shown.delete(target)
      }
      this.#look(rects)
    })
    const { signal } = this.#controller
    const view = page.document.defaultView!
    const lookLater = () => this.#lookLater()
    for (const type of ['scroll', 'resize', 'focus']) view.addEventListener(type, lookLater, { signal, passive: true })
    page.follow({ onPost: (post) => this.#add(post), onError: (error) => this.#fail(error) }, signal)
  }

  follow(listener: { onMove: OnMove; fail: (error: unknown) => void }, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#leave(listener))
    this.#lookLater()
  }

  #leave(listener: { onMove: OnMove; fail: (error: unknown) => void }): void {
    this.#listeners.delete(listener)
    if (this.#listeners.size > 0) return
    this.#controller.abort()
    this.#observer.disconnect()
    screens.delete(this.#page)
  }

  #add(post: LivePost): void {
    this.#posts.set(post.element, { post, place: this.#posts.size })
    this.#observer.observe(post.element)
  }

  #lookLater(): void {
    if (this.#isAwaited || this.#listeners.size === 0) return
    this.#isAwaited = true
    this.#page.document.defaultView?.requestAnimationFrame(() => {
      this.#isAwaited = false
      this.#look()
    })
  }

  #look(told?: ReadonlyMap<Element, DOMRectReadOnly>): void {
    if (this.#page.document.hidden) return
    const rectOf: RectOf = ({ element }) => told?.get(element) ?? element.getBoundingClientRect()
    const shown = [...this.#shown]
      .flatMap((element) => this.#posts.get(element) ?? [])
      .sort((a, b) => a.place - b.place)
      .map(({ post }) => post)
    for (const listener of this.#listeners) {
      try {
        listener.onMove(shown, rectOf)
      } catch (error) {
        listener.fail(error)
      }
    }
  }

  #fail(error: unknown): void {
    for (const { fail } of this.#listeners) fail(error)
  }
}
