import { EarlierPosts } from '../core/match-quote.ts'
import { afterLayout } from '../dom/after-layout.ts'
import { liveText } from '../dom/live-text.ts'
import { isMark } from '../dom/page-marks.ts'
import { offerCommand } from './commands.ts'
import { defineAid, type AidContext } from './define-aid.ts'
import type { LivePost } from './live-page.ts'
import { whenNear } from './near-posts.ts'
import { PostAnswers } from './post-answers.ts'
import { FoldedQuote, isLongQuote } from './quote-fold.ts'
import { QuotePreview } from './quote-preview.ts'
import { readQuotes, type LiveQuote, type PlacedQuote } from './read-quotes.ts'
import { WayBack } from './way-back.ts'

const ID = 'quotes'

/**
 * Folds long quotes, shows the quoted post and leads there and back, and lists who answered a post. Which post is quoted is
 * known by its id where the site gives one; else it is guessed by author and words, and said to be a guess.
 */
export default defineAid({
  id: ID,
  enabledByDefault: true,
  options: {},
  start(context, signal) {
    // A site that tells of no quotes costs nothing.
    if (!context.page.site.selectors.quote) return
    const quotes = new ThreadQuotes(context, signal)
    context.follow(
      (post) => quotes.add(post),
      () => quotes.settle(),
    )
    const run = (post: LivePost | undefined) => post !== undefined && quotes.goToSource(post)
    offerCommand(context, 'quote', { run, isOffered: () => quotes.isAny }, signal)
  },
})

class ThreadQuotes {
  readonly #context: AidContext<object>
  readonly #byId = new Map<string, LivePost>()
  readonly #earlier = new EarlierPosts<LivePost>()
  readonly #signal: AbortSignal
  readonly #preview: QuotePreview
  readonly #answers: PostAnswers
  readonly #folds: QuoteFolds
  /** Quotes since the last settling, and those that name a post that is not there. */
  #fresh: PlacedQuote[] = []
  #waiting: PlacedQuote[] = []
  isAny = false

  constructor(context: AidContext<object>, signal: AbortSignal) {
    const way = new WayBack(context.page, ID, signal)
    this.#context = context
    this.#signal = signal
    this.#preview = new QuotePreview(context, way, signal)
    this.#answers = new PostAnswers(context, way, signal)
    this.#folds = new QuoteFolds(context, signal)
  }

  add(post: LivePost): void {
    const { site, url } = this.#context.page
    if (!this.#byId.has(post.id)) this.#byId.set(post.id, post)
    const isNotOwn = (element: Element) => element.matches(site.selectors.notOwn) || isMark(element)
    for (const quote of readQuotes(post, site, url)) {
      this.#folds.add(quote, post)
      if (quote.isOfOtherThread || !(quote.username || quote.nickname || quote.postId)) continue
      const guess = quote.postId === undefined ? this.#earlier.find(quote) : undefined
      this.#fresh.push({ quote, post, source: guess, isGuess: guess !== undefined })
    }
    this.#earlier.add(post, { username: post.author, text: (most) => liveText(post.body, isNotOwn, most) })
  }

  settle(): void {
    const waiting: PlacedQuote[] = []
    for (const placed of this.#waiting) if (!this.#place(placed)) waiting.push(placed)
    for (const placed of this.#fresh) {
      if (this.#place(placed)) continue
      this.#show(placed)
      if (placed.quote.postId !== undefined) waiting.push(placed)
    }
    this.#waiting = waiting
    this.#fresh = []
    this.#answers.show()
  }

  /** Shows where a quote is from; false where that is not on the page. */
  #place(placed: PlacedQuote): boolean {
    const { quote, post } = placed
    if (quote.postId !== undefined) placed.source = this.#byId.get(quote.postId)
    if (!placed.source) return false
    this.#answers.add(placed.source, post, placed.isGuess)
    this.#show(placed)
    return true
  }

  #show(placed: PlacedQuote): void {
    this.isAny = true
    whenNear(this.#context, placed.post, () => this.#preview.add(placed), this.#signal)
  }

  /** Goes to what a post quotes, or shows why it cannot; false where it quotes nothing. */
  goToSource(post: LivePost): boolean {
    return this.#preview.goFrom(post)
  }
}

/**
 * Folds long quotes where nobody sees anything move: at once before the first paint, else in posts that are not on the
 * screen, and in those that are when they have left it.
 */
class QuoteFolds {
  readonly #context: AidContext<object>
  readonly #isBeforePaint: boolean
  readonly #signal: AbortSignal
  /** Quotes that came before it was known how wide they are. */
  readonly #unmeasured: { quote: LiveQuote; post: LivePost }[] = []
  readonly #waiting = new Map<Element, { post: LivePost; quotes: LiveQuote[] }>()
  readonly #observer: IntersectionObserver
  #width: number | undefined

  constructor(context: AidContext<object>, signal: AbortSignal) {
    this.#context = context
    this.#signal = signal
    this.#isBeforePaint = context.page.posts.length === 0
    this.#observer = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) if (!isIntersecting) this.#leave(target)
    })
    signal.addEventListener('abort', () => this.#observer.disconnect())
  }

  add(quote: LiveQuote, post: LivePost): void {
    if (this.#isBeforePaint && this.#context.page.posts.length <= 10) {
      this.#width ??= charactersInLine(quote.head)
      if (isLongQuote(quote, this.#width)) this.#fold(quote, post)
    } else if (this.#width !== undefined) this.#await(quote, post)
    else if (this.#unmeasured.push({ quote, post }) === 1) this.#measureLater(quote.head)
  }

  #measureLater(head: HTMLElement): void {
    const measure = () => {
      this.#width = charactersInLine(head)
      for (const { quote, post } of this.#unmeasured.splice(0)) this.#await(quote, post)
    }
    afterLayout(head.ownerDocument, measure, this.#signal)
  }

  #await(quote: LiveQuote, post: LivePost): void {
    if (!isLongQuote(quote, this.#width!)) return
    const waiting = this.#waiting.get(post.element)
    if (waiting) return void waiting.quotes.push(quote)
    this.#waiting.set(post.element, { post, quotes: [quote] })
    this.#observer.observe(post.element)
  }

  #leave(element: Element): void {
    const waiting = this.#waiting.get(element)
    if (!waiting) return
    this.#waiting.delete(element)
    this.#observer.unobserve(element)
    for (const quote of waiting.quotes) this.#fold(quote, waiting.post)
  }

  #fold(quote: LiveQuote, post: LivePost): void {
    const { memory } = this.#context
    const folded = FoldedQuote.tryFold(ID, quote, (isOpen) => {
      if (isOpen) memory.add(post.id)
      else memory.delete(post.id)
    })
    if (memory.has(post.id)) folded?.setOpen(true)
  }
}

/** How many Han characters fit into a line of quotes that is so wide. */
function charactersInLine(element: HTMLElement): number {
  const size = Number.parseFloat(getComputedStyle(element).fontSize) || 16
  return Math.max(10, Math.floor(element.clientWidth / size) || 40)
}
