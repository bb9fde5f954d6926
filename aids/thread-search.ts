import { i18n } from '#i18n'
import { isHtmlElement } from '../dom/node-kinds.ts'
import { createMark } from '../dom/page-marks.ts'
import { offerCommand } from './commands.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import { FindBar } from './find-bar.ts'
import { focusPost } from './go-to-post.ts'
import type { LivePost } from './live-page.ts'
import { followScreen } from './posts-on-screen.ts'
import { addToBar, overlayHost } from './reading-bar.ts'
import { PostSearch } from './search-posts.ts'

const ID = 'thread-search'
const HIGHLIGHT = 'loulan-thread-search'
const HIGHLIGHT_CURRENT = 'loulan-thread-search-current'

/** Where on the screen a match is brought to, as a part of its height. */
const MATCH_HEIGHT = 0.35
/** What lies above or below this part of the screen is brought nearer. */
const MARGIN = 0.15

/** Searches the posts of the page: the words are marked where they stand, and the page itself stays as it is. */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    const search = new ThreadSearch(context, signal)
    const button = addToBar(context.page, ID, 'button', 30, signal)
    button.type = 'button'
    button.textContent = i18n.t('threadSearch.open')
    button.addEventListener('click', () => search.open())
    offerCommand(
      context,
      'search',
      {
        run: () => {
          search.open()
          return true
        },
      },
      signal,
    )
    context.follow(
      () => {},
      () => search.refresh(),
    )
  },
})

class ThreadSearch {
  readonly #context: AidContext
  readonly #signal: AbortSignal
  readonly #search: PostSearch
  #opened: { bar: FindBar; controller: AbortController; returnTo: Element | null } | undefined
  #query = ''
  #index = 0
  #current: { post: LivePost; range: Range | undefined } | undefined
  #shown: readonly LivePost[] = []

  constructor(context: AidContext, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
    this.#search = new PostSearch(context.page)
    signal.addEventListener('abort', () => this.#end())
  }

  open(): void {
    if (this.#opened) return this.#opened.bar.focus()
    const { page, fail } = this.#context
    const controller = new AbortController()
    const bar = new FindBar(createMark(page.document, ID, 'div', 'bar'), {
      onQuery: (query) => void this.#look(query).catch(fail),
      onStep: (step) => this.#step(step),
      onClose: () => this.#close(),
    })
    this.#opened = { bar, controller, returnTo: page.document.activeElement }
    overlayHost(page).append(bar.element)
    followScreen(this.#context, (shown) => this.#paint(shown), controller.signal)
    bar.query = this.#query
    bar.focus()
    if (this.#query) void this.#look(this.#query).catch(fail)
  }

  /** Posts have come: the words are looked for in them too, and the match that was gone to stays the one. */
  refresh(): void {
    if (!this.#opened || !this.#query) return
    void this.#search.look(this.#query).then((isWhole) => isWhole && this.#tell(), this.#context.fail)
  }

  async #look(query: string): Promise<void> {
    this.#query = query
    const from = this.#current?.post ?? this.#shown[0]
    if (!(await this.#search.look(query)) || !this.#opened) return
    this.#current = undefined
    this.#index = this.#search.firstFrom(from)
    if (this.#search.total > 0) this.#goTo(this.#index)
    else this.#paint(this.#shown)
    this.#tell()
  }

  #step(step: 1 | -1): void {
    const { total } = this.#search
    if (total === 0) return
    this.#index = (this.#index + step + total) % total
    this.#goTo(this.#index)
    this.#tell()
  }

  #goTo(index: number): void {
    const match = this.#search.at(index)
    if (!match) return
    const { post, nth } = match
    const range = this.#search.rangesIn(post)[nth]
    this.#current = { post, range }
    const place = range?.startContainer.parentElement ?? post.body
    // What hides or folds it opens, as if the browser's own search had found it.
    if (place.closest('[hidden]') || !place.checkVisibility())
      place.dispatchEvent(new Event('beforematch', { bubbles: true }))
    if (range) this.#bringIntoView(range)
    else post.element.scrollIntoView({ block: 'start', behavior: 'instant' })
    this.#paint(this.#shown)
  }

  /** A second time when what was far away has been laid out, which may have moved it. */
  #bringIntoView(range: Range, isSecond = false): void {
    const view = this.#context.page.document.defaultView!
    const { top, bottom } = range.getBoundingClientRect()
    const { innerHeight } = view
    if (top < innerHeight * MARGIN || bottom > innerHeight * (1 - MARGIN))
      view.scrollBy({ top: top - innerHeight * MATCH_HEIGHT, behavior: 'instant' })
    if (isSecond) return
    view.requestAnimationFrame(() => this.#current?.range === range && this.#bringIntoView(range, true))
  }

  /** Marks the words in the posts on the screen; a browser that cannot shows the post alone. */
  #paint(shown: readonly LivePost[]): void {
    this.#shown = shown
    if (typeof Highlight === 'undefined') return
    this.#context.styleHighlights?.()
    const posts = new Set([...shown, ...(this.#current ? [this.#current.post] : [])])
    CSS.highlights.set(HIGHLIGHT, new Highlight(...[...posts].flatMap((post) => this.#search.rangesIn(post))))
    const current = new Highlight(...(this.#current?.range ? [this.#current.range] : []))
    current.priority = 1
    CSS.highlights.set(HIGHLIGHT_CURRENT, current)
  }

  #tell(): void {
    const { total } = this.#search
    const words = total === 0 ? i18n.t('threadSearch.none') : `${this.#index + 1} / ${total}`
    this.#opened?.bar.tell(this.#query ? words : '', total > 0)
  }

  /** The focus goes back to where it was, or, where that is out of sight by now, to the post that was found. */
  #close(): void {
    const { returnTo } = this.#opened!
    const post = this.#current?.post
    this.#end()
    if (isHtmlElement(returnTo) && returnTo.isConnected && (!post || isOnScreen(returnTo)))
      returnTo.focus({ preventScroll: true })
    else if (post) focusPost(post.element, this.#signal)
  }

  #end(): void {
    if (!this.#opened) return
    this.#opened.controller.abort()
    this.#opened.bar.element.remove()
    this.#opened = undefined
    this.#current = undefined
    this.#search.forget()
    if (typeof Highlight === 'undefined') return
    CSS.highlights.delete(HIGHLIGHT)
    CSS.highlights.delete(HIGHLIGHT_CURRENT)
  }
}

function isOnScreen(element: Element): boolean {
  const { top, bottom } = element.getBoundingClientRect()
  return bottom > 0 && top < element.ownerDocument.defaultView!.innerHeight && element.checkVisibility()
}
