import type { Author } from '../thread.ts'
import { foldText } from './fold-text.ts'
import { hasName, matchesNames, type SearchQuery } from './parse-query.ts'
import { wallMinute } from './query-days.ts'

/** What of a post is searched: its own words, as plain text, who wrote it, and when. */
export interface SearchedPost {
  text: string
  author: Pick<Author, 'username' | 'nickname'>
  postedAt?: string
}

/** The names under which an author is found, folded. */
export function namesOf({ username, nickname }: Pick<Author, 'username' | 'nickname'>): string[] {
  const names = [username, ...(nickname && nickname !== username ? [nickname] : [])].map(foldText)
  return names.filter((name, index) => name && names.indexOf(name) === index)
}

/**
 * True when a post of a thread matches: each word stands in its text, in its author's names or in the thread's title,
 * and at least one in the post itself; no excluded word stands in any of them. Board and site are the caller's to look
 * at. For searching within a thread, leave the title out.
 */
export function matchesPost(post: SearchedPost, query: SearchQuery, title = ''): boolean {
  const names = namesOf(post.author)
  if (!matchesNames(query.authors, names) || hasName(query.excludedAuthors, names)) return false
  if (!isInTime(wallMinute(post.postedAt), query)) return false
  const searched = [foldText(post.text), ...names]
  const isInPost = (word: string) => searched.some((text) => text.includes(word))
  const foldedTitle = foldText(title)
  if (query.excluded.some((word) => isInPost(word) || foldedTitle.includes(word))) return false
  if (query.words.length === 0) return true
  return query.words.some(isInPost) && query.words.every((word) => foldedTitle.includes(word) || isInPost(word))
}

/** True when a minute, of which 0 and undefined mean «not known», is within the days asked for. */
export function isInTime(minute: number | undefined, { after, before }: SearchQuery): boolean {
  if (after === undefined && before === undefined) return true
  if (!minute) return false
  return minute >= (after ?? 0) && minute < (before ?? Infinity)
}
