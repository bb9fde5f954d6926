import { foldText } from '../../core/search/fold-text.ts'
import { hasName, matchesNames, type SearchQuery } from '../../core/search/parse-query.ts'
import type { IndexedThread } from './text-index.ts'

/** What a post of a thread must hold to match. */
export interface ThreadPlan {
  /** Words that the post itself must hold. */
  required: readonly string[]
  /** Where the title holds all words: one of them must stand in the post too. */
  anyOf?: readonly string[]
  /** True where the title alone makes the thread a result. */
  isTitleHit: boolean
  /** True where the title holds none of the words, as with most threads. */
  isPlain: boolean
}

/** Finds out what the posts of a thread must hold; undefined where none can match. */
export function planThread(thread: IndexedThread, query: SearchQuery): ThreadPlan | undefined {
  if (!isAsked(thread, query)) return undefined
  const { words, excluded } = query
  const { foldedTitle } = thread
  if (excluded.some((word) => foldedTitle.includes(word))) return undefined
  const required = words.filter((word) => !foldedTitle.includes(word))
  if (required.length === words.length) return { required, isTitleHit: false, isPlain: true }
  if (required.length > 0) return { required, isTitleHit: false, isPlain: false }
  return { required, anyOf: words, isTitleHit: !asksForPosts(query), isPlain: false }
}

/** True when the query says something that only posts can answer. */
function asksForPosts({ authors, excludedAuthors, after, before }: SearchQuery): boolean {
  return authors.length + excludedAuthors.length > 0 || after !== undefined || before !== undefined
}

function isAsked({ board, site, host }: IndexedThread, query: SearchQuery): boolean {
  const { boards, excludedBoards, sites, excludedSites } = query
  if (boards.length + excludedBoards.length + sites.length + excludedSites.length === 0) return true
  const boardNames = board ? [foldText(board.id), ...(board.name ? [foldText(board.name)] : [])] : []
  const siteNames = [foldText(site), ...(host ? [foldText(host)] : [])]
  if (hasName(excludedBoards, boardNames) || hasName(excludedSites, siteNames)) return false
  return matchesNames(boards, boardNames) && matchesNames(sites, siteNames)
}
