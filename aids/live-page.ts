import { measureText } from '../core/reading.ts'
import type { PostLengths } from '../core/post-lengths.ts'
import { ANY_MARK, isMark } from '../dom/page-marks.ts'
import { liveText } from '../dom/live-text.ts'
import type { Site } from '../sites/define-site.ts'

/** A post as it stands on a page: the forum's live page or the reader page. */
export interface LivePost {
  readonly id: string
  /** Among the posts of the page, counted from 0. */
  readonly place: number
  readonly element: HTMLElement
  /** Holds the post's own words, and parts that are not (see `notOwn` of the site's selectors). */
  readonly body: HTMLElement
  readonly author: string
  readonly isStarter: boolean
  readonly floor: HTMLElement | undefined
  /** The post's own words; blocks are parted by a line end. */
  readonly text: string
  /** Their length, counted once. */
  readonly measure: { characters: number; words: number }
}

/** A thread page under aids: its posts, also those that arrive late. */
export interface LivePage {
  readonly document: Document
  /** What holds the thread: the document of a forum's page, a part of the reader page. */
  readonly root: ParentNode
  readonly site: Site
  readonly url: URL
  readonly title: HTMLElement | undefined
  /** Id of the post that the address points to, if any. */
  readonly linkedPostId: string | undefined
  /** Aborts when the page is left. */
  readonly signal: AbortSignal
  /** The posts handed out so far, in page order. */
  readonly posts: readonly LivePost[]
  /** True once every post that stands on the page has been handed out. */
  readonly isSettled: boolean
  /**
   * Calls `onPost` for each post in page order, those there already and those that arrive, and `onSettled` each time all
   * that stand on the page have been handed out. Until `signal` aborts.
   */
  follow(listener: PostListener, signal: AbortSignal): void
  /** Takes lengths of posts that were counted elsewhere, by post id: they need not be counted here; undefined: none. */
  learnLengths(lengths: PostLengths | undefined): void
  /** Looks for posts not seen before and hands them out; to be called when the page has changed. */
  refresh(): void
}

export interface PostListener {
  onPost: (post: LivePost) => void
  onSettled?: () => void
  /** Called when one of the two throws; the listener is then no longer called. */
  onError: (error: unknown) => void
}

/** A task must not keep the page from answering: 50 ms is where it is felt, and the site's own work comes on top. */
const SLICE_MILLISECONDS = 25

/** As many posts as a screen may show are taken before the first paint, however long it takes: later they would move. */
const POSTS_ON_SCREEN = 10

/**
 * Hands out the posts of a page in slices of time: at once as many as fit into one, the rest in tasks of their own.
 * Posts are read from the site's selectors; one without an id or a body is passed over.
 */
export class PostFeed implements LivePage {
  readonly document: Document
  readonly root: ParentNode
  readonly site: Site
  readonly url: URL
  readonly posts: LivePost[] = []
  isSettled = false
  readonly signal: AbortSignal
  /** By id; of a map, as a page may call its posts what it likes. */
  #lengths: ReadonlyMap<string, LivePost['measure']> = new Map()
  #listeners = new Set<{ listener: PostListener; next: number; settled: boolean }>()
  #known = new WeakSet<Element>()
  /** Posts on the page when it was last looked through, those known too, as far as they have not been passed. */
  #found: IterableIterator<HTMLElement> = [].values()
  #isScheduled = false

  constructor(root: ParentNode, site: Site, url: URL, document: Document, signal: AbortSignal) {
    this.root = root
    this.site = site
    this.url = url
    this.document = document
    this.signal = signal
  }

  get title(): HTMLElement | undefined {
    return this.root.querySelector<HTMLElement>(this.site.selectors.title) ?? undefined
  }

  get linkedPostId(): string | undefined {
    return this.site.linkedPostId?.(this.url)
  }

  follow(listener: PostListener, signal: AbortSignal): void {
    const entry = { listener, next: 0, settled: false }
    this.#listeners.add(entry)
    signal.addEventListener('abort', () => this.#listeners.delete(entry))
    if (this.posts.length > 0 && !this.#isScheduled) this.#work()
  }

  learnLengths(lengths: PostLengths = {}): void {
    this.#lengths = new Map(Object.entries(lengths))
  }

  refresh(): void {
    this.isSettled = false
    this.#found = this.root.querySelectorAll<HTMLElement>(this.site.selectors.post).values()
    this.#work()
  }

  /**
   * Works for one slice; goes on in a later task when there is more, where this one ended. Looking through the page is
   * no part of the slice: on a long page and a slow machine nothing else would ever be done.
   */
  #work(): void {
    if (this.signal.aborted) return
    const end = performance.now() + SLICE_MILLISECONDS
    if (!this.#handOut(end)) return this.#workLater()
    for (const element of this.#found) {
      if (this.#known.has(element)) continue
      if (!isWholeIn(element, this.document)) break
      this.#known.add(element)
      const post = findLivePost(element, this.site, {
        place: this.posts.length,
        lengthOf: (id) => this.#lengths.get(id),
      })
      if (post) this.posts.push(post)
      if (!this.#handOut(end)) return this.#workLater()
    }
    this.#settle()
  }

  #workLater(): void {
    if (this.#isScheduled) return
    this.#isScheduled = true
    setTimeout(() => {
      this.#isScheduled = false
      this.#work()
    })
  }

  /** Gives every listener the posts it has not had, one at least; false when the slice ran out. */
  #handOut(end: number): boolean {
    for (const entry of this.#listeners) {
      while (entry.next < this.posts.length) {
        const post = this.posts[entry.next++]!
        entry.settled = false
        this.#contain(entry, () => entry.listener.onPost(post))
        if (entry.next > POSTS_ON_SCREEN && performance.now() > end) return false
      }
    }
    return true
  }

  #settle(): void {
    if (this.document.readyState === 'loading') return // The next refresh goes on where this one ended.
    this.isSettled = true
    for (const entry of this.#listeners) {
      if (entry.settled) continue
      entry.settled = true
      this.#contain(entry, () => entry.listener.onSettled?.())
    }
  }

  #contain(entry: { listener: PostListener; next: number; settled: boolean }, call: () => void): void {
    try {
      call()
    } catch (error) {
      this.#listeners.delete(entry)
      entry.listener.onError(error)
    }
  }
}

/** False while the parser may still be adding to an element: nothing follows it, nor any element that it lies in. */
function isWholeIn(element: Element, document: Document): boolean {
  if (document.readyState !== 'loading') return true
  for (let node: Node | null = element; node; node = node.parentNode) if (node.nextSibling) return true
  return false
}

/** Reads one post of a page; undefined when it has no id or no body. */
function findLivePost(
  element: HTMLElement,
  site: Site,
  { place, lengthOf }: Pick<LivePost, 'place'> & { lengthOf: (id: string) => LivePost['measure'] | undefined },
): LivePost | undefined {
  const { selectors } = site
  const body = element.querySelector<HTMLElement>(selectors.body)
  const id = postIdOf(element, site)
  if (!body || !id) return undefined
  let measure: LivePost['measure'] | undefined
  let author: string | undefined
  let isStarter: boolean | undefined
  let text: string | undefined
  // What few posts are asked for is looked up when it is: on a page of a thousand posts each look-up counts.
  return {
    id,
    place,
    element,
    body,
    get author() {
      return (author ??= findFirst(element, selectors.author)?.textContent?.trim() ?? '')
    },
    get isStarter() {
      return (isStarter ??= selectors.starter !== undefined && element.querySelector(selectors.starter) !== null)
    },
    get floor() {
      return (selectors.floor && element.querySelector<HTMLElement>(selectors.floor)) || undefined
    },
    get text() {
      return (text ??= ownText(body, selectors.notOwn))
    },
    get measure() {
      return (measure ??= lengthOf(id) ?? measureText(this.text))
    },
  }
}

/**
 * What a selector finds in an element. One of two simple parts, `.username a`, is looked for a part at a time: a browser
 * looks an ancestor's class up in the whole page, which on a long one takes a hundred times as long.
 */
function findFirst(element: Element, selector: string): Element | null {
  const [, outer, inner] = /^([\w.-]+) ([\w.-]+)$/.exec(selector) ?? []
  return (outer && element.querySelector(outer)?.querySelector(inner!)) || element.querySelector(selector)
}

/** The id of the post at an element, by the site's selectors; undefined or empty where it has none. */
export function postIdOf(element: Element, { selectors: { postId } }: Site): string | undefined {
  if (postId.of) return postId.of(element)
  const holder = postId.in ? element.querySelector(postId.in) : element
  const attribute = holder?.getAttribute(postId.attribute) ?? ''
  return postId.pattern ? postId.pattern.exec(attribute)?.[1] : attribute
}

/**
 * The text of a body without quotes, signatures and marks of ours. Most bodies hold none of these: then no element is
 * asked whether it is one, which on a long page counts.
 */
function ownText(body: HTMLElement, notOwn: string): string {
  const isAllOwn = body.querySelector(`${notOwn}, ${ANY_MARK}`) === null
  return liveText(body, isAllOwn ? () => false : (element) => element.matches(notOwn) || isMark(element))
}
