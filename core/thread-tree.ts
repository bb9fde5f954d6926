/** What of a post tells where it hangs. */
interface TreePost {
  readonly id: string
  /** The post it answers; may be missing from the thread, or answer the post in its turn. */
  readonly parentId?: string | undefined
}

/** A post's place in the tree of a thread. */
export interface TreePlace {
  /** 0-based index of the post in the thread as it is stored. */
  readonly index: number
  /** Posts above it that it hangs under; 0 where it hangs under none. */
  readonly depth: number
  /** Index of the post that it hangs under. */
  readonly parent: number | undefined
  readonly hasReplies: boolean
  /** Posts below it, answers to answers included; undefined while more of them may come. */
  readonly replies: number | undefined
}

const NONE = -1

/**
 * All posts of a thread in tree order: each is followed by those that hang under it, brothers keep the order in which they
 * are stored. What hangs under a missing post, and the first of posts that hang under each other in a circle, hangs under
 * none. Each post is there once, however deep or hostile the tree.
 */
export function orderTree(posts: readonly TreePost[]): TreePlace[] {
  const parents = findParents(posts)
  breakCircles(parents)
  const order = walk(parents)
  const depths = new Int32Array(posts.length)
  const replies = new Int32Array(posts.length)
  for (const index of order) if (parents[index] !== NONE) depths[index] = depths[parents[index]!]! + 1
  for (const index of order.toReversed()) {
    if (parents[index] !== NONE) replies[parents[index]!]! += replies[index]! + 1
  }
  return Array.from(order, (index) => ({
    index,
    depth: depths[index]!,
    parent: parents[index] === NONE ? undefined : parents[index],
    hasReplies: replies[index]! > 0,
    replies: replies[index],
  }))
}

/**
 * The places of the first posts of a thread of which only `count` are there so far, as far as no post that is still to come
 * is likely to change them: up to the first one that does not hang under the post before it or one above that.
 */
export function placeFirstPosts(posts: readonly TreePost[], count: number): TreePlace[] {
  const places: TreePlace[] = []
  const way: { id: string; index: number }[] = []
  const depthOnWay = new Map<string, number>()
  for (let index = 0; index < count; index++) {
    const { id, parentId } = posts[index]!
    const above = parentId === undefined ? NONE : depthOnWay.get(parentId)
    // Its parent may come later, or have come earlier: then only the whole thread tells where it stands.
    if (above === undefined) break
    for (const { id: left } of way.splice(above + 1)) depthOnWay.delete(left)
    const parent = way.at(-1)?.index
    places.push({ index, depth: way.length, parent, hasReplies: false, replies: undefined })
    if (parent !== undefined) places[parent] = { ...places[parent]!, hasReplies: true }
    depthOnWay.set(id, way.length)
    way.push({ id, index })
  }
  // Whether the last one is answered is told by the next.
  return places.slice(0, -1)
}

function findParents(posts: readonly TreePost[]): Int32Array {
  const indexes = new Map<string, number>()
  for (const [index, { id }] of posts.entries()) if (!indexes.has(id)) indexes.set(id, index)
  return Int32Array.from(posts, ({ parentId }, index) => {
    const parent = parentId === undefined ? undefined : indexes.get(parentId)
    return parent === undefined || parent === index ? NONE : parent
  })
}

/** Lets the first post of each circle hang under none. Follows each way up once only. */
function breakCircles(parents: Int32Array): void {
  /** On which walk a post was met; 0 for none. */
  const walks = new Int32Array(parents.length)
  for (let start = 0; start < parents.length; start++) {
    let at = start
    while (at !== NONE && walks[at] === 0) {
      walks[at] = start + 1
      at = parents[at]!
    }
    if (at === NONE || walks[at] !== start + 1) continue
    let first = at
    for (let next = parents[at]!; next !== at; next = parents[next]!) first = Math.min(first, next)
    parents[first] = NONE
  }
}

/** All indexes, each followed by those below it. */
function walk(parents: Int32Array): number[] {
  const firstBelow = new Int32Array(parents.length).fill(NONE)
  const nextBeside = new Int32Array(parents.length).fill(NONE)
  let firstRoot = NONE
  for (let index = parents.length - 1; index >= 0; index--) {
    const parent = parents[index]!
    nextBeside[index] = parent === NONE ? firstRoot : firstBelow[parent]!
    if (parent === NONE) firstRoot = index
    else firstBelow[parent] = index
  }
  const order: number[] = []
  const waiting: number[] = []
  for (let at = firstRoot; at !== NONE || waiting.length > 0;) {
    if (at === NONE) {
      at = waiting.pop()!
      continue
    }
    order.push(at)
    if (nextBeside[at] !== NONE) waiting.push(nextBeside[at]!)
    at = firstBelow[at]!
  }
  return order
}
