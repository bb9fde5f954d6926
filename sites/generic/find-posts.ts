import type { Root } from 'hast'
import type { Certainty, Evidence } from '../../core/page-guess.ts'
import type { SiteDescription } from '../../core/site-description.ts'
import type { ThreadPage } from '../../core/thread-page.ts'
import { parseHtml } from '../../dom/parse-html.ts'
import { scopeOf, type Scope } from '../../dom/query.ts'
import { sweepTree } from '../../dom/sweep-tree.ts'
import { readDescribed } from '../described/read.ts'
import { findAuthors } from './author-column.ts'
import { findBodies } from './body-column.ts'
import { tableOf, isInside, type Column, type Table } from './columns.ts'
import { describeGroup } from './describe-group.ts'
import { findRefusal, weigh, type Refusal } from './evidence.ts'
import { findGroups, type Group } from './groups.ts'
import { outlineOf, type Outline } from './outline.ts'
import { findRepeats, findTimeColumn, isInOrder } from './time-column.ts'
import { hasOwnId } from './post-id.ts'
import { findTimes, type TimeMark } from './times.ts'

/** What the finder makes of a page that nobody described. */
export interface Finding {
  /** How to read the page, and others of the same forum. */
  description: SiteDescription
  /** The page, read by it. */
  page: ThreadPage
  certainty: Certainty
  evidence: Evidence
}

/** Posts that are read in all while groups are compared; the likeliest group is read whatever its size. */
const MOST_POSTS = 6000

/** Groups that are read to the end before one is chosen. */
const MOST_READ = 10

/**
 * Finds the posts of a page that no site's file and no description knows, by what repeats on it: an author, a time and
 * words that differ. Undefined where the page shows no thread, as far as can be told. Pure; its time is bounded whatever
 * the page.
 */
function findPosts(tree: Root, url: URL, readAt: Date): Finding | undefined {
  const outline = outlineOf(tree)
  const { marks, clock } = findTimes(outline, readAt)
  if (marks.length < 2) return undefined
  const scope = scopeOf(tree)
  const markAt = new Map(marks.map((mark) => [mark.at, mark]))
  const refused: Refused[] = []
  const candidates: Candidate[] = []
  for (const group of findGroups(outline, marks)) {
    const candidate = lookInto(outline, group, markAt, url)
    if (candidate && 'refusal' in candidate) refused.push(candidate)
    else if (candidate) candidates.push(candidate)
  }
  const likeliest = candidates
    .filter((candidate) => !refused.some((other) => isPartOf(outline, candidate, other)))
    .sort((a, b) => b.score - a.score)
    .slice(0, MOST_READ)
  let left = MOST_POSTS
  let best: { finding: Finding; rank: number } | undefined
  for (const candidate of likeliest) {
    // Reading a group may make less of it than it promised, never more.
    if (best && best.rank >= candidate.score) break
    left -= candidate.group.members.length
    if (candidate !== likeliest[0] && left < 0) continue
    const description = describeGroup(outline, scope, candidate, markAt, clock, url)
    const judged = description && judge(outline, scope, candidate, markAt, description, url, readAt)
    if (judged && (!best || judged.rank > best.rank)) best = judged
  }
  return best?.finding
}

/** Parses a page, takes out what our own aids did to it, and finds its posts. */
export function findPostsIn(html: string, url: URL, readAt: Date): Finding | undefined {
  return findPosts(sweepTree(parseHtml(html)), url, readAt)
}

/** A group in which author, time and words were found. */
export interface Candidate {
  group: Group
  table: Table
  times: Column
  author: Column
  authorScore: number
  body: Column
  isMixed: boolean
  /** Characters of a post's words. */
  perPost: number
  score: number
}

/** A group that is no thread. */
interface Refused {
  group: Group
  refusal: Refusal
  perPost: number
}

function lookInto(
  outline: Outline,
  group: Group,
  markAt: ReadonlyMap<number, TimeMark>,
  url: URL,
): Candidate | Refused | undefined {
  const table = tableOf(outline, group)
  const times = findTimeColumn(outline, table, markAt)
  if (!times) return undefined
  const repeats = findRepeats(table, times, markAt)
  const pairs = findAuthors(outline, table, times, (at) => markAt.has(at)).flatMap((author) => {
    const bodies = findBodies(outline, table, [times, ...repeats, author.column])
    return bodies ? [{ author, bodies }] : []
  })
  // A name that stands in the words, as one who is spoken to, would leave little of them.
  const most = Math.max(...pairs.map(({ bodies }) => bodies.sum))
  const rate = ({ author, bodies }: (typeof pairs)[number]) =>
    author.score + (bodies.sum / most) * 4 - (bodies.isMixed ? 3 : 0)
  const [pair] = pairs.sort((a, b) => rate(b) - rate(a))
  if (!pair) return undefined
  const { author, bodies } = pair
  const { column: body, isMixed } = bodies
  const perPost = bodies.sum / table.members.length
  const refusal = findRefusal(outline, table, { author: author.column, body, times }, url)
  if (refusal) return { group, refusal, perPost }
  const all = Math.max(1, outline.textIn(0))
  const share = Math.min(1, (perPost * group.members.length) / all)
  const whole = times.share * author.column.share * body.share
  const score =
    group.members.length ** 0.35 *
    whole *
    (0.3 + share) *
    (1 + author.score / 6) *
    (isMixed ? 0.6 : 1) *
    (hasOwnId(outline, table) ? 1.3 : 1)
  return { group, table, times, author: author.column, authorScore: author.score, body, isMixed, perPost, score }
}

/** What lies in the blocks of a list is no thread either; what has more words than was seen in the blocks may be. */
function isPartOf(outline: Outline, { group, perPost }: Candidate, other: Refused): boolean {
  return (other.refusal === 'titles' || other.perPost >= perPost) && holdsGroup(outline, other.group, group)
}

/** True where most members of a group lie in members of another. */
function holdsGroup(outline: Outline, outer: Group, inner: Group): boolean {
  const sample = inner.members.filter((_, index) => index < 40)
  const held = sample.filter((at) => isHeld(outline, at, outer.members))
  return held.length > sample.length * 0.6
}

function isHeld(outline: Outline, at: number, members: readonly number[]): boolean {
  let low = 0
  let high = members.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (members[middle]! <= at) low = middle + 1
    else high = middle
  }
  for (let index = low - 1; index >= 0 && index >= low - 8; index--) {
    if (isInside(outline, at, members[index]!)) return true
  }
  return false
}

function judge(
  outline: Outline,
  scope: Scope,
  { group, table, times, authorScore, score }: Candidate,
  markAt: ReadonlyMap<number, TimeMark>,
  description: SiteDescription,
  url: URL,
  readAt: Date,
): { finding: Finding; rank: number } | undefined {
  const page = readDescribed(description)(scope, url, { readAt })
  if (!page) return undefined
  const { posts } = page.thread
  const count = (isTrue: (post: (typeof posts)[number]) => boolean) => posts.filter(isTrue).length / posts.length
  const written = posts.reduce((sum, { text }) => sum + text.replace(/\s+/g, '').length, 0)
  const all = Math.max(1, outline.textIn(0))
  const marks = times.cells.map((at) => markAt.get(at))
  const evidence: Evidence = {
    posts: posts.length,
    authors: count(({ author }) => author.username !== ''),
    times: count(({ postedAt }) => postedAt !== undefined),
    bodies: count(({ text, quotes, html }) => text !== '' || quotes.length > 0 || html !== ''),
    text: Math.min(1, written / all),
    isNamed: /[.#[]/.test(description.post),
    hasIds: description.noPostIds !== true,
    isOrdered: isInOrder(marks),
    hasHours: marks.filter((mark) => mark?.time.includes('T')).length > table.members.length / 2,
    authorScore,
  }
  const certainty = weigh(evidence)
  if (!certainty || posts.length < group.members.length * 0.5) return undefined
  // A post that stands there twice was taken for two: the blocks are not cut as the page means them.
  const different = new Set(posts.map(({ author, postedAt, text }) => `${author.username}\n${postedAt}\n${text}`)).size
  if (different < posts.length * 0.8) return undefined
  // Words that many posts share are a preview of the one that they answer, or a notice: not what was written.
  const long = posts.flatMap(({ text }) => (text.length > 40 ? [text] : []))
  const isTwice = different < posts.length * 0.95 || new Set(long).size < long.length * 0.9
  // One person's notes, each with a page of its own, look like the thread of one who talks alone.
  const isAlone = posts.length > 3 && new Set(posts.map(({ author }) => author.username)).size === 1
  const modest = isAlone && certainty === 'sure' ? 'likely' : certainty
  return {
    finding: { description, page, certainty: isTwice ? 'unsure' : modest, evidence },
    rank: isTwice ? score / 3 : score,
  }
}
