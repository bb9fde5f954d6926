import { measureText, type Measure } from './reading.ts'
import type { Post } from './thread.ts'

/** Posts above which a page is a long one: to count them all takes the page's own script longer than to be told. */
export const LONG_PAGE = 100

/** How long posts are, by their ids. */
export type PostLengths = Readonly<Record<string, Measure>>

/** Counts the posts of a long page; undefined of one that is not. */
export function measureLongPage(posts: readonly Pick<Post, 'id' | 'text'>[]): PostLengths | undefined {
  if (posts.length <= LONG_PAGE) return undefined
  return Object.fromEntries(posts.map(({ id, text }) => [id, measureText(text)]))
}
