import type { Nodes } from 'hast'
import { cleanLink } from '../core/links.ts'
import { addMeasures, estimateReading, measureText, totalLength } from '../core/reading.ts'
import type { Measure } from '../core/reading.ts'
import type { LongPost, ThreadLink, ThreadOverview } from '../core/thread-overview.ts'
import type { Post, Thread } from '../core/thread.ts'
import { attributeOf, parseFragment } from '../dom/parse-html.ts'
import { textOf } from '../dom/text-of.ts'
import { plainText } from './post-words.ts'

/** How many posts are named as the longest. */
const LONGEST_POSTS = 5

const NOTHING: Measure = { characters: 0, words: 0 }

/** Describes a thread, or the page of one, for the popup and the reader. Pure; never throws. */
export function describeThread(thread: Thread): ThreadOverview {
  const { key, title, url, site, board, author, pageCount, posts } = thread
  const measured = posts.map((post) => ({ post, measure: measureText(plainText(post.text)) }))
  const isByStarter = findStarter(thread)
  const starterPosts = measured.filter(({ post }) => isByStarter(post))
  const measure = sumOf(measured)
  const starterMeasure = sumOf(starterPosts)
  return {
    key,
    title,
    url,
    site,
    ...(board ? { board } : {}),
    ...(author ? { author } : {}),
    postCount: posts.length,
    ...(pageCount === undefined ? {} : { pageCount }),
    measure,
    estimate: estimateReading(measure),
    starter: {
      postCount: starterPosts.length,
      measure: starterMeasure,
      estimate: estimateReading(starterMeasure),
    },
    longestPosts: findLongest(measured),
    links: collectLinks(thread),
  }
}

/** Sites mark the starter's posts; where none is marked (in dumps), they are known by the name. */
function findStarter({ author, posts }: Thread): (post: Post) => boolean {
  if (posts.some(({ isStarter }) => isStarter)) return ({ isStarter }) => isStarter === true
  const username = author?.username || posts.find(({ floor }) => floor === 1)?.author.username
  return (post) => username !== undefined && post.author.username === username
}

function sumOf(measured: readonly { measure: Measure }[]): Measure {
  return measured.reduce((sum, { measure }) => addMeasures(sum, measure), NOTHING)
}

function findLongest(measured: readonly { post: Post; measure: Measure }[]): LongPost[] {
  return measured
    .filter(({ measure }) => totalLength(measure) > 0)
    .sort((a, b) => totalLength(b.measure) - totalLength(a.measure))
    .slice(0, LONGEST_POSTS)
    .map(({ post: { id, floor, author }, measure }) => ({
      id,
      ...(floor === undefined ? {} : { floor }),
      author,
      measure,
    }))
}

function collectLinks({ posts, url: base }: Thread): ThreadLink[] {
  const links = new Map<string, ThreadLink>()
  for (const post of posts) {
    // Most posts have none, and parsing is what costs.
    if (!/<a\s/i.test(post.html)) continue
    for (const { href, text } of findAnchors(parseFragment(post.html))) {
      const { url, original, warning } = cleanLink(href, base)
      if (links.has(url) || !isWebAddress(url)) continue
      links.set(url, { postId: post.id, text, original, url, ...(warning === undefined ? {} : { warning }) })
    }
  }
  return [...links.values()]
}

function isWebAddress(url: string): boolean {
  const protocol = URL.parse(url)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

/** The links of a tree in document order, with a stack of its own: posts nest as deep as their authors like. */
function* findAnchors(tree: Nodes): Generator<{ href: string; text: string }> {
  const waiting: Nodes[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element' && node.tagName === 'a') {
      const href = attributeOf(node, 'href')
      if (href) yield { href, text: textOf(node).replace(/\s+/g, ' ').trim() }
    }
    if ('children' in node) waiting.push(...node.children.toReversed())
  }
}
