import { countPhrase, findPhrase } from '../core/search/find-phrase.ts'
import { foldText } from '../core/search/fold-text.ts'
import { isMark } from '../dom/page-marks.ts'
import { placedTextOf, rangeIn } from '../dom/placed-text.ts'
import type { LivePage, LivePost } from './live-page.ts'

/** So long is looked through at once; then the page gets its turn. In milliseconds. */
const SLICE_MILLISECONDS = 10

/** One of the places that were found: the `nth` of its post, counted from 0. */
export interface Match {
  post: LivePost
  nth: number
}

/** Looks for a phrase in the posts of a page, in their own order. Texts are folded once and kept until `forget`. */
export class PostSearch {
  readonly #page: LivePage
  readonly #folded = new Map<LivePost, string>()
  #ranges = new Map<LivePost, readonly Range[]>()
  #phrase = ''
  /** Posts with the phrase; `before` are the matches of all posts above. */
  #found: { post: LivePost; place: number; before: number; count: number }[] = []
  #total = 0
  #run = 0

  constructor(page: LivePage) {
    this.#page = page
  }

  get total(): number {
    return this.#total
  }

  /**
   * Looks for what was typed; a later call ends this one. Resolves with false when that happened, else when all posts have
   * been looked through.
   */
  async look(query: string): Promise<boolean> {
    const run = ++this.#run
    this.#phrase = foldText(query)
    this.#ranges = new Map()
    this.#found = []
    this.#total = 0
    if (!this.#phrase) return true
    let end = performance.now() + SLICE_MILLISECONDS
    for (const [place, post] of this.#page.posts.entries()) {
      this.#lookAt(post, place)
      if (performance.now() < end) continue
      await new Promise((resolve) => setTimeout(resolve))
      if (run !== this.#run) return false
      end = performance.now() + SLICE_MILLISECONDS
    }
    return true
  }

  /** Ends what is under way, and lets go of the texts: they may change while nobody searches. */
  forget(): void {
    this.#run++
    this.#phrase = ''
    this.#folded.clear()
    this.#ranges = new Map()
    this.#found = []
    this.#total = 0
  }

  /** The match with that number, counted from 0. */
  at(index: number): Match | undefined {
    const hit = this.#found.findLast(({ before }) => before <= index)
    return hit && index < this.#total ? { post: hit.post, nth: index - hit.before } : undefined
  }

  /** Number of the first match at or below a post; of the first of all where none is. */
  firstFrom(post: LivePost | undefined): number {
    const place = post ? this.#page.posts.indexOf(post) : 0
    return this.#found.find((hit) => hit.place >= place)?.before ?? 0
  }

  /** Where the phrase stands in a post. Ranges follow what happens to the page, so they are made once. */
  rangesIn(post: LivePost): readonly Range[] {
    if (!this.#phrase || !this.#found.some((hit) => hit.post === post)) return []
    let ranges = this.#ranges.get(post)
    if (!ranges) {
      const placed = placedTextOf(post.body, isMark)
      ranges = findPhrase(placed.text, this.#phrase).map(({ start, end }) => rangeIn(placed, start, end))
      this.#ranges.set(post, ranges)
    }
    return ranges
  }

  #lookAt(post: LivePost, place: number): void {
    let folded = this.#folded.get(post)
    if (folded === undefined) this.#folded.set(post, (folded = foldText(placedTextOf(post.body, isMark).text)))
    const count = post.element.isConnected ? countPhrase(folded, this.#phrase) : 0
    if (count === 0) return
    this.#found.push({ post, place, before: this.#total, count })
    this.#total += count
  }
}
