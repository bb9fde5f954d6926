import type { Post, Quote } from '../core/thread.ts'

/** Earlier posts of a user that are looked through for a quote's words. */
const POSTS_LOOKED_AT = 50
/** Characters of a post that are looked through, and of an excerpt that are looked for. */
const POST_CHARACTERS = 4000
const EXCERPT_CHARACTERS = 40

export interface QuoteLinks {
  /** For each post the index of the post that each of its quotes is from; undefined where that cannot be told. */
  quoted: (number | undefined)[][]
  /** For each post the indexes of the posts that quote it, in order, each once. */
  quotedBy: number[][]
}

/**
 * Finds which post each quote is from: by its id where the site gives it; else the last earlier post of that user that
 * has the excerpt's first words; for an excerpt without words, the user's only earlier post. A guess between several is
 * not made. Linear in the number of posts.
 */
export function findQuoteLinks(posts: readonly Post[]): QuoteLinks {
  const byId = new Map<string, number>()
  for (const [index, { id }] of posts.entries()) if (!byId.has(id)) byId.set(id, index)
  const earlier = new Map<string, { index: number; words: string }[]>()
  const quotedBy: number[][] = posts.map(() => [])
  const quoted = posts.map(({ author, quotes, text }, index) => {
    const found = quotes.map((quote) =>
      quote.postId === undefined ? findByWords(quote, earlier.get(quote.username)) : byId.get(quote.postId),
    )
    for (const target of found) {
      if (target !== undefined && target !== index && quotedBy[target]!.at(-1) !== index) quotedBy[target]!.push(index)
    }
    const own = earlier.get(author.username) ?? []
    earlier.set(author.username, own)
    own.push({ index, words: wordsOf(text, POST_CHARACTERS) })
    return found
  })
  return { quoted, quotedBy }
}

function findByWords({ excerpt }: Quote, earlier: { index: number; words: string }[] = []): number | undefined {
  const words = wordsOf(excerpt, EXCERPT_CHARACTERS)
  if (words === '') return earlier.length === 1 ? earlier[0]!.index : undefined
  return earlier.slice(-POSTS_LOOKED_AT).findLast((post) => post.words.includes(words))?.index
}

/** Letters and numbers alone: sites cut excerpts, add dots and lose line ends. */
function wordsOf(text: string, most: number): string {
  return text.slice(0, most).replace(/[^\p{L}\p{N}]+/gu, '')
}
