import { toArchiveError, type ArchiveErrorCode } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import type { PostHit, SearchState } from '../../core/search/search-results.ts'
import { Searcher } from './searcher.ts'
import { workOffBacklog } from './text-backlog.ts'
import { tidyTexts, warnUntidied } from './tidy-texts.ts'

/** What a page asks of the one that searches for it. `id` comes back with what answers it. */
export type SearchRequest =
  /** The reader is about to search. */
  | { type: 'prepare' }
  | { type: 'search'; id: number; typed: string; threads: number }
  /** More threads of the search made last. */
  | { type: 'more'; id: number; threads: number }
  /** All posts of a thread that the search made last found. */
  | { type: 'posts'; id: number; key: string }
  /** The search is no longer wanted. */
  | { type: 'stop' }

export type SearchReply =
  | { type: 'state'; id: number; state: SearchState }
  | { type: 'posts'; id: number; key: string; posts: PostHit[] }
  | { type: 'failed'; id: number; code: ArchiveErrorCode; detail: string }

/** How often a search is made anew while threads of an earlier version become findable. In milliseconds. */
const RENEWED_EVERY = 1000

/** Answers a page's requests, and does between them what makes later searches quick. */
export class SearchService {
  #archive: Archive
  #searcher: Searcher
  #reply: (reply: SearchReply) => void
  #requests = 0
  /** What is done between requests, one at a time; never fails. */
  #resting: Promise<void> = Promise.resolve()
  /** What the texts were when they were tidied last; see {@link Searcher.version}. */
  #tidied = 0

  constructor(archive: Archive, reply: (reply: SearchReply) => void) {
    this.#archive = archive
    this.#searcher = new Searcher(archive)
    this.#reply = reply
  }

  /** Answers one request. Never throws: failures are replies too. */
  async handle(request: SearchRequest): Promise<void> {
    const turn = ++this.#requests
    try {
      await this.#answer(request)
      // Where nothing came meanwhile there is time.
      this.#resting = this.#resting.then(() => this.#rest(request, turn))
      await this.#resting
    } catch (error) {
      // What fails while getting ready fails for the search again, which tells it.
      const { code, message } = toArchiveError(error)
      if ('id' in request) this.#reply({ type: 'failed', id: request.id, code, detail: message })
    }
  }

  async #answer(request: SearchRequest): Promise<void> {
    const tell = (state: SearchState) => 'id' in request && this.#reply({ type: 'state', id: request.id, state })
    if (request.type === 'prepare') await this.#searcher.prepare()
    else if (request.type === 'search') await this.#searcher.search(request.typed, request.threads, tell)
    else if (request.type === 'more') await this.#searcher.showMore(request.threads, tell)
    else if (request.type === 'posts') {
      const posts = await this.#searcher.postsOf(request.key)
      this.#reply({ type: 'posts', id: request.id, key: request.key, posts })
    } else this.#searcher.stop()
  }

  /** Makes the texts of threads of an earlier version, and the results anew as they come; then tidies the texts. */
  async #rest(request: SearchRequest, turn: number): Promise<void> {
    if (turn !== this.#requests) return
    try {
      await this.#workOff(request, turn)
      const { version } = this.#searcher
      if (turn !== this.#requests || version === this.#tidied) return
      await tidyTexts(this.#archive)
      this.#tidied = version
    } catch (error) {
      warnUntidied(error)
    }
  }

  async #workOff(request: SearchRequest, turn: number): Promise<void> {
    let renewedAt = performance.now()
    let hasMore = true
    for (let steps = 0; hasMore; steps++) {
      hasMore = await workOffBacklog(this.#archive)
      if (steps === 0 && !hasMore) return
      if (turn !== this.#requests) return
      if (request.type !== 'search' || (hasMore && performance.now() - renewedAt < RENEWED_EVERY)) continue
      await this.#answer(request)
      renewedAt = performance.now()
    }
  }
}
