import type { Post } from '../thread.ts'
import { foldText } from './fold-text.ts'
import { makeExcerpt, type MarkedPart } from './mark-words.ts'
import { isInTime, namesOf } from './match-post.ts'
import { hasName, isEmptyQuery, matchesNames, parseQuery, type SearchQuery } from './parse-query.ts'
import { wallMinute } from './query-days.ts'

/** A post as far as a search in its thread goes. */
export type SearchedPost = Pick<Post, 'id' | 'author' | 'postedAt' | 'text'>

/** A post that was found, and the part of it around the first word. */
export interface FoundPost<P> {
  post: P
  excerpt: MarkedPart[]
}

/**
 * Searches the posts of one thread. Each text is folded once, when it is first looked at: the next key costs only the
 * looking. What is asked of boards and sites holds for the whole thread, and is passed over.
 */
export class ThreadSearcher<P extends SearchedPost> {
  readonly #posts: readonly P[]
  readonly #folded: { text: string; names: string[] }[] = []

  constructor(posts: readonly P[]) {
    this.#posts = posts
  }

  /**
   * Finds posts that have every word that was typed, in the text or in the author's names, and at least one in the text;
   * in thread order. Nothing for an empty query. Yields now and then while it works, so that the page goes on answering.
   */
  *search(typed: string): Generator<FoundPost<P> | undefined> {
    const query = parseQuery(typed)
    if (isEmptyQuery(query)) return
    for (const [index, post] of this.#posts.entries()) {
      const folded = (this.#folded[index] ??= { text: foldText(post.text), names: namesOf(post.author) })
      yield matches(query, folded, post) ? { post, excerpt: makeExcerpt(post.text, query.words) } : undefined
    }
  }
}

function matches(
  query: SearchQuery,
  { text, names }: { text: string; names: readonly string[] },
  { postedAt }: SearchedPost,
): boolean {
  const { words, excluded, authors, excludedAuthors } = query
  const isIn = (word: string) => text.includes(word) || names.some((name) => name.includes(word))
  return (
    words.every(isIn) &&
    (words.length === 0 || words.some((word) => text.includes(word))) &&
    !excluded.some(isIn) &&
    matchesNames(authors, names) &&
    !hasName(excludedAuthors, names) &&
    isInTime(wallMinute(postedAt), query)
  )
}
