import { cleanLink, type LinkCleaner } from '../core/links.ts'
import { addMeasures, estimateReading, measureText, totalLength } from '../core/reading.ts'
import type { Measure } from '../core/reading.ts'
import type { LongPost, ThreadOverview } from '../core/thread-overview.ts'
import type { Post, Thread } from '../core/thread.ts'
import { LinkCollector } from './collect-links.ts'
import { plainText } from './post-words.ts'

/** How many posts are named as the longest. */
const LONGEST_POSTS = 5

const NOTHING: Measure = { characters: 0, words: 0 }

/**
 * Describes a thread, or the page of one, for the popup and the reader. Pure; never throws.
 *
 * @param cleaner knows the reader's own link rules; default: the table alone
 */
export function describeThread(thread: Thread, cleaner: LinkCleaner = cleanLink): ThreadOverview {
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
    links: collectLinks(thread, cleaner),
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

function collectLinks({ posts, url }: Thread, cleaner: LinkCleaner): ThreadOverview['links'] {
  const collector = new LinkCollector(url, cleaner)
  for (const post of posts) collector.add(post)
  return collector.links
}
