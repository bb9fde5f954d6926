import type { Archive } from './database.ts'
import { inOrder } from './place-posts.ts'
import type { PostRecord } from './records.ts'

/**
 * What a page proves of posts that it does not show. Between two posts that stand on it, and that were known before in
 * the same order, there is nothing else on the forum.
 */
export interface PageProof {
  /** The page's posts as they are stored now. */
  shown: readonly PostRecord[]
  /** Ids of those that were not known before the page was read. */
  added: ReadonlySet<string>
  /** True when the page was just fetched and is the thread's first: nothing stands before it. */
  isFirst?: boolean
  /** True when the page was just fetched and is the thread's last: nothing stands behind it. */
  isLast?: boolean
}

/**
 * The stored posts of a thread that a page proves gone; to be called in the transaction that stored the page. Nothing is
 * proved by a page whose floors do not rise (another order, a selection of posts), or whose posts stood in another order.
 */
export async function findGone(archive: Archive, key: string, proof: PageProof): Promise<PostRecord[]> {
  // An opening post that stands on every page has no floor, and no place between the others.
  const floored = proof.shown.filter((post) => floorOf(post) !== undefined)
  const known = floored.filter(({ id }) => !proof.added.has(id))
  const first = known[0]
  const last = known.at(-1)
  if (!first || !last || !rises(floored, floorOf) || !rises(known, ({ position }) => position)) return []
  const from = proof.isFirst ? -Infinity : first.position
  const to = proof.isLast ? Infinity : last.position
  if (from === to) return []
  return between(archive, key, { above: from, below: to }, proof)
}

/** The stored posts between the last post of a page and the first of the next one, where both were just fetched. */
export async function findGoneBetween(
  archive: Archive,
  key: string,
  { beforeId, afterId }: { beforeId: string; afterId: string },
): Promise<PostRecord[]> {
  const [before, after] = await archive.posts.bulkGet([
    [key, beforeId],
    [key, afterId],
  ])
  if (!before || !after || before.position >= after.position) return []
  const proof = { shown: [before, after], added: new Set<string>() }
  return between(archive, key, { above: before.position, below: after.position }, proof)
}

async function between(
  archive: Archive,
  key: string,
  range: { above: number; below: number },
  { shown, added }: PageProof,
): Promise<PostRecord[]> {
  const onPage = new Set(shown.map(({ id }) => id))
  // A dump may not know the posts' ids: a post that is new, with the floor of one that is missing, may be that one.
  const renamed = new Set(shown.filter(({ id }) => added.has(id)).map(floorOf))
  const within = new Set(shown.filter(({ position }) => position > range.above && position < range.below))
  // Mostly nothing else stands there, and a number is told without reading a page of posts once more.
  if ((await inOrder(archive, key, range).count()) <= within.size) return []
  const stored = await inOrder(archive, key, range).toArray()
  return stored.filter((record) => {
    const floor = floorOf(record)
    return !onPage.has(record.id) && record.goneSince === undefined && floor !== undefined && !renamed.has(floor)
  })
}

function floorOf({ post }: PostRecord): number | undefined {
  return post.floor
}

/** True when every post has a mark, and each a higher one than the post before. */
function rises(posts: readonly PostRecord[], markOf: (post: PostRecord) => number | undefined): boolean {
  return posts.every((post, index) => {
    const mark = markOf(post)
    const before = index ? markOf(posts[index - 1]!)! : -Infinity
    return mark !== undefined && mark > before
  })
}
