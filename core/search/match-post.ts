import type { Author } from '../thread.ts'
import { foldText } from './fold-text.ts'
import type { SearchQuery } from './parse-query.ts'

/** The names under which an author is found, folded. */
export function namesOf({ username, nickname }: Pick<Author, 'username' | 'nickname'>): string[] {
  const names = [username, ...(nickname && nickname !== username ? [nickname] : [])].map(foldText)
  return names.filter((name, index) => name && names.indexOf(name) === index)
}

/** True when a minute, of which 0 and undefined mean «not known», is within the days asked for. */
export function isInTime(minute: number | undefined, { after, before }: SearchQuery): boolean {
  if (after === undefined && before === undefined) return true
  if (!minute) return false
  return minute >= (after ?? 0) && minute < (before ?? Infinity)
}
