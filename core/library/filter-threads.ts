import { foldLine } from '../search/fold-text.ts'
import type { ThreadSummary } from './summary.ts'
import type { LibraryFilters } from './view.ts'

/** The threads that all filters let through, in the order given. */
export function filterThreads(threads: readonly ThreadSummary[], filters: LibraryFilters): ThreadSummary[] {
  const tests = testsOf(filters)
  return threads.filter((thread) => tests.every((test) => test(thread)))
}

/** One test for each filter that is set: ten thousand threads are asked, so nothing is looked at in vain. */
function testsOf(filters: LibraryFilters): ((thread: ThreadSummary) => boolean)[] {
  const { keep, board, site, author, tag, unread, incomplete, gone, title } = filters
  const tests: ((thread: ThreadSummary) => boolean)[] = []
  if (keep !== 'all') tests.push(({ savedAt }) => (savedAt !== undefined) === (keep === 'saved'))
  if (board) tests.push(({ boardKey }) => boardKey === board)
  if (site) tests.push(({ host }) => host === site)
  if (author) tests.push((thread) => thread.author?.username === author)
  if (tag) tests.push(({ tags }) => tags.includes(tag))
  if (unread) tests.push(({ unreadPosts }) => unreadPosts > 0)
  if (incomplete) tests.push((thread) => thread.incomplete)
  if (gone) tests.push(({ goneCount }) => goneCount > 0)
  for (const word of title.split(/\s+/u).map(foldLine)) {
    if (word) tests.push(({ foldedTitle }) => foldedTitle.includes(word))
  }
  return tests
}

/** A value that threads can be filtered by, and how many have it. */
export interface Facet {
  value: string
  label: string
  count: number
}

/** What there is to filter by; each list with the most frequent first. */
export interface Facets {
  boards: Facet[]
  sites: Facet[]
  authors: Facet[]
  tags: Facet[]
  saved: number
  cached: number
  unread: number
  incomplete: number
  gone: number
}

/** Counts what there is to filter by. */
export function countFacets(threads: readonly ThreadSummary[]): Facets {
  const [boards, sites, authors, tags] = [new Counter(), new Counter(), new Counter(), new Counter()]
  const sums = { saved: 0, unread: 0, incomplete: 0, gone: 0 }
  for (const { board, boardKey, host, author, tags: own, ...thread } of threads) {
    if (board) boards.add(boardKey, board.name ?? '')
    if (host) sites.add(host, host)
    if (author?.username) authors.add(author.username, author.nickname ?? '')
    for (const tag of own) tags.add(tag, tag)
    if (thread.savedAt !== undefined) sums.saved++
    if (thread.unreadPosts > 0) sums.unread++
    if (thread.incomplete) sums.incomplete++
    if (thread.goneCount > 0) sums.gone++
  }
  const lists = { boards: boards.list(), sites: sites.list(), authors: authors.list(), tags: tags.list() }
  return { ...lists, ...sums, cached: threads.length - sums.saved }
}

class Counter {
  #facets = new Map<string, Facet>()

  /** A value is labelled by the first thread that has a label for it. */
  add(value: string, label: string): void {
    const facet = this.#facets.get(value)
    if (!facet) this.#facets.set(value, { value, label, count: 1 })
    else {
      facet.count++
      facet.label ||= label
    }
  }

  list(): Facet[] {
    return [...this.#facets.values()].sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1))
  }
}
