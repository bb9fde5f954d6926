import { isEmptyQuery, parseQuery, type SearchQuery } from '../../core/search/parse-query.ts'
import type { Archive } from '../database.ts'
import { HitGatherer, keepFirst, type PostPlace } from './gather-hits.ts'
import { planRun, scanRun, type PlannedSection } from './scan-run.ts'
import type { PostHit, SearchState } from '../../core/search/search-results.ts'
import { showPosts, showThreads } from './show-hits.ts'
import { TextIndex, type IndexedRun } from './text-index.ts'
import { planThread, type ThreadPlan } from './thread-plan.ts'
import { narrows } from './narrow-query.ts'

/** A slice of work after which whatever came meanwhile is looked at, such as the next key. In milliseconds. */
const SLICE = 8

/** How often what was found so far is told. The first time comes after a slice. In milliseconds. */
const TOLD_EVERY = 100

/** Characters of texts read at once: few at first, for the first results. */
const READ_FIRST = 1_000_000
const READ_AT_ONCE = 6_000_000

/** Posts of one thread that are shown at most. */
const MOST_POSTS = 200

/** A search that was made, whole or in part. */
interface Search {
  query: SearchQuery
  typed: string
  /** What was searched: runs may be replaced meanwhile, `found` is of these. */
  runs: readonly IndexedRun[]
  gatherer: HitGatherer
  /** Places found in each run that was looked at. */
  found: Map<number, Uint32Array>
  isComplete: boolean
  version: number
}

/** One go at a search; there is another when the archive has changed. */
interface Attempt {
  typed: string
  threads: number
  tell: (state: SearchState) => void
  /** Waits until it is known whether the archive is still what is searched. */
  isSame: () => Promise<boolean>
  isCurrent: () => boolean
}

/**
 * Searches the archive. One search at a time: each call gives up the one before. Keeps the texts it has read in memory
 * until it is dropped.
 */
export class Searcher {
  #archive: Archive
  #index: TextIndex
  #turn = 0
  #last: Search | undefined

  constructor(archive: Archive) {
    this.#archive = archive
    this.#index = new TextIndex(archive)
  }

  /** Changes whenever it is seen that the texts of the archive have changed; 0 before they were looked at. */
  get version(): number {
    return this.#index.version
  }

  /** Gets ready for a search, which then comes sooner. Throws {@link ArchiveError}. */
  async prepare(): Promise<void> {
    await this.#index.refresh()
  }

  /** Gives up the search that is under way. */
  stop(): void {
    this.#turn++
  }

  /**
   * Searches for what was typed and tells what was found: now and then so far, and at last all, with up to `threads`
   * threads. Returns false when another search came meanwhile. Throws {@link ArchiveError}.
   */
  async search(typed: string, threads: number, tell: (state: SearchState) => void): Promise<boolean> {
    const turn = ++this.#turn
    const isCurrent = () => turn === this.#turn
    const refreshing = this.#index.refresh()
    // Awaited below, where it is thrown, unless searching fails first: then that is told.
    refreshing.catch(() => undefined)
    if (!this.#index.isOpen) await refreshing
    // What was read before is searched while it is looked at whether it has changed; nothing is told before that is known.
    const version = () => this.#index.version
    for (let searched = -1; isCurrent() && searched !== version();) {
      searched = version()
      const isSame = async () => {
        await refreshing
        return isCurrent() && searched === version()
      }
      await this.#searchOnce({ typed, threads, tell, isSame, isCurrent })
      await refreshing
    }
    return isCurrent()
  }

  async #searchOnce({ typed, threads, tell, isSame, isCurrent }: Attempt): Promise<void> {
    const query = parseQuery(typed)
    const before = this.#last
    const [gatherer, found] = [new HitGatherer(), new Map<number, Uint32Array>()]
    const { runs, version } = this.#index
    const search: Search = { query, typed, runs, gatherer, found, isComplete: false, version }
    this.#last = search
    const show = async () => {
      const [state, isStill] = await Promise.all([this.#show(search, threads), isSame()])
      if (isStill && isCurrent()) tell(state())
    }
    const isWanted = () => isCurrent() && search.version === this.#index.version
    if (!isEmptyQuery(query)) await this.#scan(search, narrowing(before, search), isWanted, show)
    if (!isWanted()) return
    search.isComplete = true
    await show()
  }

  /** Shows more threads of the last search. False when another search came meanwhile. Throws {@link ArchiveError}. */
  async showMore(threads: number, tell: (state: SearchState) => void): Promise<boolean> {
    const search = this.#last
    if (!search?.isComplete) return false
    const state = await this.#show(search, threads)
    if (search !== this.#last) return false
    tell(state())
    return true
  }

  /** The posts of a thread that the last search found, 200 at most, in the order of the thread. */
  async postsOf(key: string): Promise<PostHit[]> {
    const search = this.#last
    if (!search) return []
    const places: PostPlace[] = []
    for (const run of search.runs) {
      const found = search.found.get(run.id)
      if (!found?.length || !run.sections.some((section) => section.key === key)) continue
      await this.#index.readBodies([run])
      if (run.body) collectPlaces(run, key, found, places)
    }
    const ids = places.map(({ id }) => id)
    return showPosts(this.#archive, key, ids, search.query)
  }

  async #scan(
    search: Search,
    before: Search | undefined,
    isCurrent: () => boolean,
    show: () => Promise<void>,
  ): Promise<void> {
    const { query, gatherer } = search
    const clock = new SliceClock()
    const batches = this.#planBatches(search, before)
    let coming = this.#readNext(batches)
    for (let batch = await coming; batch; batch = await coming) {
      // The next texts are read while these are searched.
      if (isCurrent()) coming = this.#readNext(batches)
      for (const { run, sections } of batch) {
        if (!isCurrent()) return
        if (!run.body) {
          // Replaced meanwhile, and then what is searched has changed; or lost by a damaged disk.
          await this.#index.refresh()
          continue
        }
        const found = scanRun(run.body, sections, query, before?.found.get(run.id))
        search.found.set(run.id, found)
        gatherer.addRun(run, sections, found, (key) => this.#index.threads.get(key)!)
        this.#index.letGo(run)
        await clock.pause(gatherer.threads.size > 0 ? show : undefined)
      }
    }
  }

  /** The runs that may hold something, to be read together; the first come before the signatures that would spare them. */
  async *#planBatches(search: Search, before: Search | undefined): AsyncGenerator<PlannedRun[]> {
    const { query, runs, found } = search
    const plans = this.#planThreads(search)
    const plan = (some: readonly IndexedRun[]): PlannedRun[] =>
      some.flatMap((run) => {
        const sections = planRun(run, query, this.#index.dead, (key) => plans.get(key))
        const isRuledOut = before?.found.get(run.id)?.length === 0 && sections.every((section) => section.plan.isPlain)
        if (sections.length && !isRuledOut) return [{ run, sections }]
        found.set(run.id, new Uint32Array())
        return []
      })
    const signing = this.#index.readSignatures()
    const first = countFirst(runs)
    yield* inBatches(plan(runs.slice(0, first)))
    await signing
    yield* inBatches(plan(runs.slice(first)))
  }

  /** The next batch with its texts; undefined after the last. */
  #readNext(batches: AsyncGenerator<PlannedRun[]>): Promise<PlannedRun[] | undefined> {
    const next = batches.next().then(async (result) => {
      if (result.done) return undefined
      await this.#index.readBodies(result.value.map(({ run }) => run))
      return result.value
    })
    // A search that is given up does not wait for it; one that goes on is told why it failed.
    next.catch(() => undefined)
    return next
  }

  /** What the posts of each thread must hold; only threads that can match are named. */
  #planThreads({ query, gatherer }: Search): Map<string, ThreadPlan> {
    const plans = new Map<string, ThreadPlan>()
    for (const thread of this.#index.threads.values()) {
      const plan = planThread(thread, query)
      if (!plan) continue
      plans.set(thread.key, plan)
      if (plan.isTitleHit) gatherer.addTitle(thread)
    }
    return plans
  }

  /** Gives what is to be told, once it is known to be so. */
  async #show({ query, typed, gatherer, isComplete }: Search, wanted: number): Promise<() => SearchState> {
    const { posts } = gatherer
    const threads = gatherer.threads.size
    const hits = await showThreads(this.#archive, gatherer.best(wanted), query)
    const { problems } = query
    return () => ({ typed, posts, threads, hits, isComplete, problems, backlog: this.#index.backlog })
  }
}

/** The search before, if all that the new one finds is among what it found. */
function narrowing(before: Search | undefined, search: Search): Search | undefined {
  const isUsable = before && before.version === search.version && narrows(search.query, before.query)
  return isUsable ? before : undefined
}

function collectPlaces(run: IndexedRun, key: string, found: Uint32Array, places: PostPlace[]): void {
  let to = 0
  for (const section of run.sections) {
    const from = to
    to += section.posts
    if (section.key !== key) continue
    for (const post of found) if (post >= from && post < to) keepFirst(places, run, post, MOST_POSTS)
  }
}

/** A run that may hold something, and where. */
interface PlannedRun {
  run: IndexedRun
  sections: PlannedSection[]
}

/** How many runs, from the latest, hold the first texts to be read; those that are there already cost nothing. */
function countFirst(runs: readonly IndexedRun[]): number {
  let characters = 0
  const last = runs.findIndex((run) => (characters += run.body ? 0 : run.characters) >= READ_FIRST)
  return last < 0 ? runs.length : last + 1
}

/** Runs to be read together: as many as give some megabytes. */
function* inBatches(planned: readonly PlannedRun[]): Generator<PlannedRun[]> {
  let batch: PlannedRun[] = []
  let characters = 0
  for (const item of planned) {
    batch.push(item)
    if (!item.run.body) characters += item.run.characters
    if (characters < READ_AT_ONCE) continue
    yield batch
    batch = []
    characters = 0
  }
  if (batch.length) yield batch
}

/** Lets others have their turn after each slice, and tells what was found now and then. */
class SliceClock {
  #sliceStart = performance.now()
  #toldAt = performance.now() - TOLD_EVERY + SLICE

  async pause(show: (() => Promise<void>) | undefined): Promise<void> {
    const now = performance.now()
    if (now - this.#sliceStart < SLICE) return
    if (show && now - this.#toldAt >= TOLD_EVERY) {
      await show()
      this.#toldAt = performance.now()
    }
    await nextTask()
    this.#sliceStart = performance.now()
  }
}

/** Waits for what is in the queue of tasks, messages among it; a timer would wait for four milliseconds. */
function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel()
    port1.onmessage = () => {
      port1.close()
      resolve()
    }
    port2.postMessage(undefined)
  })
}
