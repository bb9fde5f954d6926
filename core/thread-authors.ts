import { addMeasures, totalLength, type Measure } from './reading.ts'
import type { Author } from './thread.ts'

/** A post as far as it tells who wrote how much and when. */
export interface AuthoredPost {
  readonly post: {
    readonly id: string
    readonly author: Author
    readonly isStarter?: boolean
    readonly postedAt?: string
  }
  /** Length of its own words. */
  readonly measure: Measure
}

/** What one author wrote in a thread. */
export interface ThreadAuthor {
  /** Empty for all posts whose author the forum does not tell. */
  username: string
  /** As in the latest of the author's posts that has one. */
  nickname?: string
  isStarter: boolean
  posts: number
  measure: Measure
  /** The author's first post in the thread's order. */
  firstPostId: string
  /** Times of the author's earliest and latest post as the forum's clock told them; absent where no post has one. */
  firstAt?: string
  lastAt?: string
}

export type AuthorOrder = 'name' | 'posts' | 'length' | 'first' | 'last'

/** Everybody who wrote in a thread, in the order in which they came to it. */
export function countAuthors(posts: Iterable<AuthoredPost>): ThreadAuthor[] {
  const authors = new Map<string, ThreadAuthor>()
  for (const { post, measure } of posts) {
    const { username, nickname } = post.author
    let author = authors.get(username)
    if (!author) {
      const none = { characters: 0, words: 0 }
      author = { username, isStarter: false, posts: 0, measure: none, firstPostId: post.id }
      authors.set(username, author)
    }
    if (nickname) author.nickname = nickname
    author.isStarter ||= post.isStarter ?? false
    author.posts++
    author.measure = addMeasures(author.measure, measure)
    if (post.postedAt) noteTime(author, post.postedAt)
  }
  return [...authors.values()]
}

/** Sorts authors; those without a time come last either way, and who came first stands first among equals. */
export function sortAuthors(
  authors: readonly ThreadAuthor[],
  order: AuthorOrder,
  isDescending: boolean,
): ThreadAuthor[] {
  const sign = isDescending ? -1 : 1
  return authors.toSorted((a, b) => {
    const [left, right] = [valueOf(a, order), valueOf(b, order)]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return left === right ? 0 : left < right ? -sign : sign
  })
}

function valueOf(author: ThreadAuthor, order: AuthorOrder): string | number | undefined {
  if (order === 'name') return (author.nickname ?? author.username) || undefined
  if (order === 'posts') return author.posts
  if (order === 'length') return totalLength(author.measure)
  return order === 'first' ? author.firstAt : author.lastAt
}

/** Times of one forum are of one clock, and compare as they are written. */
function noteTime(author: ThreadAuthor, time: string): void {
  if (author.firstAt === undefined || time < author.firstAt) author.firstAt = time
  if (author.lastAt === undefined || time > author.lastAt) author.lastAt = time
}
