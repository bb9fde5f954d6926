import type { IndexedRun, IndexedThread } from './text-index.ts'
import type { PlannedSection } from './scan-run.ts'
import { idAt } from './text-run.ts'

/** Posts of a thread that are shown before the reader asks for more. */
const FIRST_POSTS = 3

/** Where a post stands, to sort the posts of a thread. */
export interface PostPlace {
  id: string
  /** Infinity where not known. */
  floor: number
  order: number
  post: number
}

export interface ThreadMatches {
  thread: IndexedThread
  isTitleHit: boolean
  posts: number
  /** The first posts that match, in the order of the thread. */
  first: PostPlace[]
}

/** What a search has found, by thread. */
export class HitGatherer {
  posts = 0
  readonly threads = new Map<string, ThreadMatches>()

  /** Adds a thread whose title matches. */
  addTitle(thread: IndexedThread): void {
    this.#matchesOf(thread).isTitleHit = true
  }

  /** Adds what was found in a run; `places` are ascending. */
  addRun(
    run: IndexedRun,
    sections: readonly PlannedSection[],
    places: Uint32Array,
    threadOf: (key: string) => IndexedThread,
  ): void {
    this.posts += places.length
    let index = 0
    for (const section of sections) {
      const from = index
      while (index < places.length && places[index]! < section.to) index++
      if (index === from) continue
      const matches = this.#matchesOf(threadOf(section.key))
      matches.posts += index - from
      for (let each = from; each < index; each++) keepFirst(matches.first, run, places[each]!, FIRST_POSTS)
    }
  }

  /** The threads to be shown first: those whose titles match, then those read last. */
  best(count: number): ThreadMatches[] {
    return [...this.threads.values()].sort(compareThreads).slice(0, count)
  }

  #matchesOf(thread: IndexedThread): ThreadMatches {
    let matches = this.threads.get(thread.key)
    if (!matches) {
      matches = { thread, isTitleHit: false, posts: 0, first: [] }
      this.threads.set(thread.key, matches)
    }
    return matches
  }
}

/** Keeps a post among the first ones of its thread if it is one. */
export function keepFirst(first: PostPlace[], run: IndexedRun, post: number, count: number): void {
  const floor = run.body!.floors[post] || Infinity
  const last = first.at(-1)
  if (first.length === count && last && comparePlaces(last, { floor, order: run.order, post }) <= 0) return
  const place = { id: idAt(run.body!, post), floor, order: run.order, post }
  const at = first.findLastIndex((other) => comparePlaces(other, place) <= 0) + 1
  first.splice(at, 0, place)
  if (first.length > count) first.pop()
}

function comparePlaces(a: Omit<PostPlace, 'id'>, b: Omit<PostPlace, 'id'>): number {
  return (a.floor === b.floor ? 0 : a.floor - b.floor) || a.order - b.order || a.post - b.post
}

function compareThreads(a: ThreadMatches, b: ThreadMatches): number {
  if (a.isTitleHit !== b.isTitleHit) return a.isTitleHit ? -1 : 1
  const [first, second] = [a.thread, b.thread]
  return second.rank - first.rank
}
