import { changeAttributes, restoreAttributes } from '../dom/page-marks.ts'
import type { AidContext } from './define-aid.ts'
import { focusPost } from './go-to-post.ts'
import type { LivePage, LivePost } from './live-page.ts'
import { followScreen } from './posts-on-screen.ts'

/** A post that begins this near to the screen's top stands there. In CSS pixels. */
const NEAR = 8

/** The post that the reader is at: the one gone to last as long as it is on the screen, else the first one there. */
export class CurrentPost {
  readonly #page: LivePage
  readonly #aid: string
  readonly #signal: AbortSignal
  #gone: LivePost | undefined
  #marked: LivePost | undefined
  #shown: readonly LivePost[] = []

  /** @param aid the aid that marks the post */
  constructor(context: Pick<AidContext, 'page' | 'fail'>, aid: string, signal: AbortSignal) {
    this.#page = context.page
    this.#aid = aid
    this.#signal = signal
    followScreen(context, (shown) => (this.#shown = shown), signal)
    // Other aids go to posts as well, and so does the Tab key.
    context.page.document.addEventListener('focusin', ({ target }) => this.#follow(target as Element), { signal })
  }

  get post(): LivePost | undefined {
    if (this.#gone && isOnScreen(this.#gone)) return this.#gone
    return this.#shown.find((post) => isVisible(post) && isOnScreen(post))
  }

  /** The post after the current one, of those that are not hidden; where one reads between two, the next to begin. */
  next(): LivePost | undefined {
    const { post } = this
    // Nobody is at a post yet whose beginning is still to come.
    if (post && post !== this.#gone && topOf(post) > NEAR) return post
    return this.#neighbour(post, 1)
  }

  /** The one before; the current one itself where its beginning has been scrolled past. */
  previous(): LivePost | undefined {
    const { post } = this
    return post && topOf(post) < -NEAR ? post : this.#neighbour(post, -1)
  }

  /** Goes to a post, gives it the focus and marks it; a long one stays folded. Says the how manieth it is. */
  goTo(post: LivePost): number {
    this.#mark(post)
    if (post.element.hidden) post.element.dispatchEvent(new Event('beforematch', { bubbles: true }))
    post.element.scrollIntoView({ block: 'start', behavior: 'instant' })
    uncover(post.element)
    focusPost(post.element, this.#signal)
    return this.#page.posts.indexOf(post) + 1
  }

  #neighbour(post: LivePost | undefined, step: 1 | -1): LivePost | undefined {
    const { posts } = this.#page
    if (!post) return posts.find(isVisible)
    for (let index = posts.indexOf(post) + step; index >= 0 && index < posts.length; index += step)
      if (isVisible(posts[index]!)) return posts[index]
    return undefined
  }

  #follow(target: Element): void {
    const element = target.closest(this.#page.site.selectors.post)
    if (!element || element === this.#gone?.element) return
    const post = this.#page.posts.find((each) => each.element === element)
    if (!post) return
    if (target === element) this.#mark(post)
    else this.#gone = post
  }

  #mark(post: LivePost): void {
    this.#gone = post
    if (this.#marked && this.#marked !== post) restoreAttributes(this.#aid, this.#marked.element)
    this.#marked = post
    // The record of the change is what the style marks; a post that can be focused already stays so.
    changeAttributes(this.#aid, post.element, { tabindex: post.element.getAttribute('tabindex') ?? '-1' })
  }
}

/** What a site keeps at the screen's top would cover the post's beginning: the page goes down by as much. */
function uncover(element: HTMLElement): void {
  const view = element.ownerDocument.defaultView!
  const { left, top, width } = element.getBoundingClientRect()
  let cover = element.ownerDocument.elementFromPoint(left + width / 2, Math.max(top, 0) + 1)
  if (!cover || element.contains(cover)) return
  while (cover && !/fixed|sticky/.test(view.getComputedStyle(cover).position)) cover = cover.parentElement
  if (cover) view.scrollBy({ top: top - cover.getBoundingClientRect().bottom - NEAR, behavior: 'instant' })
}

function isVisible({ element }: LivePost): boolean {
  return element.isConnected && !element.hidden && element.checkVisibility()
}

function isOnScreen({ element }: LivePost): boolean {
  const { top, bottom, height } = element.getBoundingClientRect()
  return height > 0 && bottom > NEAR && top < element.ownerDocument.defaultView!.innerHeight
}

function topOf({ element }: LivePost): number {
  return element.getBoundingClientRect().top
}
