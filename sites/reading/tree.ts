import type { Post, Quote } from '../../core/thread.ts'
import type { QuoteRules } from './body.ts'

/** Threaded forums: what hangs under what. Answers to the opening post itself hang under none. */

/**
 * Finds parents by depth, for forums that indent instead of nesting: call it for each post in page order. Undefined for
 * depth 0, and where the page does not show what the post hangs under.
 */
export function parentsByDepth(): (id: string, depth: number) => string | undefined {
  const path: string[] = []
  return (id, depth) => {
    const parent = path[depth - 1]
    if (depth <= path.length) {
      path.length = depth
      path.push(id)
    }
    return parent
  }
}

/** A quote is of what is answered, by custom; the page does not tell whose words it has: `nameQuoted` finds out. */
export const NAMELESS_QUOTE: QuoteRules = { box: 'blockquote', username: () => undefined }

/** Longest text in which a quote is looked for: an answer quotes what its reader has just read. */
const LONGEST = 50_000

/**
 * Names the author of quotes that a forum leaves without one: where the words stand in the post that is answered, or
 * in the opening post for answers to that, they are its author's. All others stay without a name.
 */
export function nameQuoted(posts: readonly Post[], opening: Post | undefined): Post[] {
  const byId = new Map(posts.map((post) => [post.id, post]))
  const texts = new Map<Post, string>()
  const textOf = (post: Post) => {
    const text = texts.get(post) ?? plain(post.text.slice(0, LONGEST))
    texts.set(post, text)
    return text
  }
  return posts.map((post) => {
    const answered = post.parentId === undefined ? opening : byId.get(post.parentId)
    if (!answered || answered === post || !post.quotes.some(({ username }) => !username)) return post
    return { ...post, quotes: post.quotes.map((quote) => named(quote, answered, textOf(answered))) }
  })
}

function named(quote: Quote, answered: Post, text: string): Quote {
  const words = plain(quote.excerpt)
  if (quote.username || !words || !answered.author.username || !text.includes(words)) return quote
  return { ...quote, username: answered.author.username, postId: answered.id }
}

/** Words alone: the marks around them are set anew by each markup, and quoting cuts them. */
function plain(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '').toLowerCase()
}
