import type { SearchQuery } from '../../core/search/parse-query.ts'

const FILTERS = [
  'authors',
  'excludedAuthors',
  'boards',
  'excludedBoards',
  'sites',
  'excludedSites',
  'after',
  'before',
] as const

/**
 * True when every post that `query` finds by its words alone (without the help of titles) is one that `former` found: each
 * former word is part of a present one, everything excluded still is, and the operators are the same.
 */
export function narrows(query: SearchQuery, former: SearchQuery): boolean {
  return (
    FILTERS.every((name) => JSON.stringify(query[name]) === JSON.stringify(former[name])) &&
    former.excluded.every((word) => query.excluded.includes(word)) &&
    former.words.every((word) => query.words.some((now) => now.includes(word)))
  )
}
