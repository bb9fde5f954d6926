import { EarlierPosts } from '../core/match-quote.ts'
import type { Post } from '../core/thread.ts'

export interface QuoteLinks {
  /** For each post the index of the post that each of its quotes is from; undefined where that cannot be told. */
  quoted: (number | undefined)[][]
  /** For each post the indexes of the posts that quote it, in order, each once. */
  quotedBy: number[][]
}

/**
 * Finds which post each quote is from: by its id where the site gives it, else among the posts before it as
 * {@link EarlierPosts} does. Linear in the number of posts.
 */
export function findQuoteLinks(posts: readonly Post[]): QuoteLinks {
  const byId = new Map<string, number>()
  for (const [index, { id }] of posts.entries()) if (!byId.has(id)) byId.set(id, index)
  const earlier = new EarlierPosts<number>()
  const quotedBy: number[][] = posts.map(() => [])
  const quoted = posts.map(({ author, quotes, text }, index) => {
    const found = quotes.map((quote) => (quote.postId === undefined ? earlier.find(quote) : byId.get(quote.postId)))
    for (const target of found) {
      if (target !== undefined && target !== index && quotedBy[target]!.at(-1) !== index) quotedBy[target]!.push(index)
    }
    earlier.add(index, { ...author, text: () => text })
    return found
  })
  return { quoted, quotedBy }
}
