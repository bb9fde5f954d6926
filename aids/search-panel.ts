import { i18n } from '#i18n'
import type { AidContext } from './define-aid.ts'
import type { FindBar } from './find-bar.ts'
import type { LivePost } from './live-page.ts'
import { PostSearch } from './search-posts.ts'

const HIGHLIGHT = 'loulan-thread-search'
const HIGHLIGHT_CURRENT = 'loulan-thread-search-current'

/** Where on the screen a match is brought to, as a part of its height. */
const MATCH_HEIGHT = 0.35
/** What lies above or below this part of the screen is brought nearer. */
const MARGIN = 0.15

/** Searches the posts for what is typed into the bar, for as long as that is open. */
export class SearchPanel {
  readonly #context: Pick<AidContext, 'page' | 'fail' | 'styleHighlights'>
  readonly #bar: Pick<FindBar, 'tell'>
  readonly #signal: AbortSignal
  readonly #search: PostSearch
  #query = ''
  #index = 0
  #current: { post: LivePost; range: Range | undefined } | undefined
  #shown: readonly LivePost[] = []

  /** @param signal aborts when the bar is closed: nothing stays marked */
  constructor(
    context: Pick<AidContext, 'page' | 'fail' | 'styleHighlights'>,
    bar: Pick<FindBar, 'tell'>,
    signal: AbortSignal,
  ) {
    this.#context = context
    this.#bar = bar
    this.#signal = signal
    this.#search = new PostSearch(context.page)
    signal.addEventListener('abort', () => this.#end())
  }

  /** The post of the match that was gone to. */
  get found(): LivePost | undefined {
    return this.#current?.post
  }

  /** Looks for what was typed and goes to the first match from what is on the screen. */
  look(query: string): void {
    this.#query = query
    void this.#look(query).catch(this.#context.fail)
  }

  /** Posts have come: the words are looked for in them too, and the match that was gone to stays the one. */
  refresh(): void {
    if (!this.#query) return
    void this.#search.look(this.#query).then((isWhole) => isWhole && this.#tell(), this.#context.fail)
  }

  /** Goes to the next match, or the one before, round the ends. */
  step(step: 1 | -1): void {
    const { total } = this.#search
    if (total === 0) return
    this.#index = (this.#index + step + total) % total
    this.#goTo(this.#index)
    this.#tell()
  }

  /** Marks the words in the posts on the screen; a browser that cannot shows the post alone. */
  paint(shown: readonly LivePost[]): void {
    this.#shown = shown
    if (typeof Highlight === 'undefined') return
    this.#context.styleHighlights?.()
    const posts = new Set([...shown, ...(this.#current ? [this.#current.post] : [])])
    CSS.highlights.set(HIGHLIGHT, new Highlight(...[...posts].flatMap((post) => this.#search.rangesIn(post))))
    const current = new Highlight(...(this.#current?.range ? [this.#current.range] : []))
    current.priority = 1
    CSS.highlights.set(HIGHLIGHT_CURRENT, current)
  }

  async #look(query: string): Promise<void> {
    const from = this.#current?.post ?? this.#shown[0]
    if (!(await this.#search.look(query)) || this.#signal.aborted) return
    this.#current = undefined
    this.#index = this.#search.firstFrom(from)
    if (this.#search.total > 0) this.#goTo(this.#index)
    else this.paint(this.#shown)
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
    this.paint(this.#shown)
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

  #tell(): void {
    const { total } = this.#search
    const words = total === 0 ? i18n.t('threadSearch.none') : `${this.#index + 1} / ${total}`
    this.#bar.tell(this.#query ? words : '', total > 0)
  }

  #end(): void {
    this.#current = undefined
    this.#search.forget()
    if (typeof Highlight === 'undefined') return
    CSS.highlights.delete(HIGHLIGHT)
    CSS.highlights.delete(HIGHLIGHT_CURRENT)
  }
}
