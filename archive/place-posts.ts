import type { Archive } from './database.ts'
import { comparePlaces, mergeOrder, placeOf } from './merge-order.ts'
import type { Place } from './merge-order.ts'
import type { ArchivedPost, PostRecord } from './records.ts'

/** Room for the posts of one page before the next page's begin, so that pages find their place in any order. */
const PAGE_SPAN = 65_536

/** Posts around the spot that are looked at first: a page and some; most readings need no more. */
const FIRST_MARGIN = 32

/** Pages beyond share their room: higher positions would leave no digits for what stands between two posts. */
const MOST_PAGES = 50_000

/** Below this distance two positions are too close for more posts between them. */
const LEAST_STEP = 1e-5

export interface Placement {
  /** Position of each post of the reading. */
  positions: Map<string, number>
  /** Posts that are not in the reading and stand elsewhere now, with their new position. */
  moved: PostRecord[]
  /** True when all posts had to be spaced out to make room. */
  isSpacedOut?: boolean
}

/**
 * Finds the positions of a reading's posts among those stored, to be called inside a write transaction. Gives the
 * order that `mergeOrder` gives for the whole thread, but reads only the posts around the place where the reading
 * belongs: a page of 20 posts must not cost 10,000.
 */
export async function placePosts(
  archive: Archive,
  key: string,
  known: ReadonlyMap<string, PostRecord>,
  posts: readonly ArchivedPost[],
  readingLeads: boolean,
): Promise<Placement> {
  const standing = posts.map(({ post }) => known.get(post.id)?.position)
  if (standing.every((position, index) => position !== undefined && position > (standing[index - 1] ?? -Infinity))) {
    return { positions: new Map([...known.values()].map(({ id, position }) => [id, position])), moved: [] }
  }
  const ideals = idealPositions(posts)
  const last = await inOrder(archive, key).last()
  if (!last) return { positions: ideals, moved: [] }
  const { window, order } = await findWindow(archive, key, known, posts, readingLeads, last)
  const positions = assignPositions(window, order, ideals)
  if (positions) return placementOf(positions, window, posts)
  await spaceOut(archive, key)
  const records = await archive.posts.bulkGet([...known.keys()].map((id): [string, string] => [key, id]))
  const spaced = new Map(records.flatMap((record) => (record ? [[record.id, record] as const] : [])))
  return { ...(await placePosts(archive, key, spaced, posts, readingLeads)), isSpacedOut: true }
}

/** Bounds of positions: `from` and `to` are included, `above` and `below` are not. */
interface PositionRange {
  from?: number
  above?: number
  to?: number
  below?: number
}

/** The posts of a thread in order, or those of a range of positions. */
export function inOrder(archive: Archive, key: string, { from, above, to, below }: PositionRange = {}) {
  const low = [key, above ?? from ?? -Infinity]
  const high = [key, below ?? to ?? Infinity]
  return archive.posts.where('[threadKey+position]').between(low, high, above === undefined, below === undefined)
}

/**
 * The stored posts around the reading, and the merged order of both. The window grows until what is new stands inside
 * it or at an end of the thread.
 */
async function findWindow(
  archive: Archive,
  key: string,
  known: ReadonlyMap<string, PostRecord>,
  posts: readonly ArchivedPost[],
  readingLeads: boolean,
  last: PostRecord,
): Promise<{ window: PostRecord[]; order: string[] }> {
  const places = posts.map(placeOf)
  if (!known.size && comparePlaces(placeOf(last), places[0]!) < 0) {
    // The next page of a thread that is being saved: nothing needs to be read.
    const order = mergeOrder([placeOf(last)], places, readingLeads)
    if (order[0] === last.id) return { window: [last], order }
  }
  const spots = [...known.values()].map(({ position }) => position)
  if (!spots.length) spots.push(await guessSpot(archive, key, places[0]!, last))
  const from = spots.reduce((a, b) => Math.min(a, b))
  const to = spots.reduce((a, b) => Math.max(a, b))
  for (let margin = FIRST_MARGIN; ; margin *= 8) {
    const before = await inOrder(archive, key, { below: from }).reverse().limit(margin).toArray()
    const inside = await inOrder(archive, key, { from, to }).toArray()
    const after = await inOrder(archive, key, { above: to }).limit(margin).toArray()
    const window = [...before.reverse(), ...inside, ...after]
    const order = mergeOrder(window.map(placeOf), places, readingLeads)
    const startHolds = before.length < margin || order[0] === window[0]!.id
    const endHolds = after.length < margin || order.at(-1) === window.at(-1)!.id
    if (startHolds && endHolds) return { window, order }
  }
}

/**
 * Position of a stored post near which a reading without known posts belongs, by bisection over the positions; the
 * last one where nothing tells.
 */
async function guessSpot(archive: Archive, key: string, place: Place, last: PostRecord): Promise<number> {
  const first = await inOrder(archive, key).first()
  let low = first?.position ?? last.position
  let high = last.position
  const isNear = async () =>
    high - low < PAGE_SPAN && (await inOrder(archive, key, { from: low, to: high }).count()) <= FIRST_MARGIN
  while (!(await isNear())) {
    const middle = (low + high) / 2
    const record = await inOrder(archive, key, { from: middle, to: high }).first()
    const comparison = record ? comparePlaces(placeOf(record), place) : 1
    if (comparison === 0) return last.position
    if (comparison < 0) low = record!.position
    else high = middle
  }
  return low
}

/**
 * Where the posts of a reading would stand in an empty thread. A thread that is put back has posts of many pages, and of
 * files between them: they stand in their order all the same.
 */
function idealPositions(posts: readonly ArchivedPost[]): Map<string, number> {
  let last = -Infinity
  return new Map(
    posts.map(({ post, page }, index) => {
      last = Math.max(last + 1, Math.min(page ?? 1, MOST_PAGES) * PAGE_SPAN + index)
      return [post.id, last]
    }),
  )
}

/**
 * Positions for the window's posts and the new ones in their merged order; undefined when there is no room. The stored
 * posts keep their positions among themselves, so that without a change of order none of them is written again.
 */
function assignPositions(
  window: readonly PostRecord[],
  order: readonly string[],
  ideals: ReadonlyMap<string, number>,
): Map<string, number> | undefined {
  const stored = new Set(window.map(({ id }) => id))
  const free = window.map(({ position }) => position)
  const positions = new Map<string, number>()
  let previous: number | undefined
  let next = 0
  let run: string[] = []
  for (const id of [...order, undefined]) {
    if (id !== undefined && !stored.has(id)) {
      run.push(id)
      continue
    }
    const limit = free[next++]
    const placed = run.length ? placeRun(run, previous, limit, ideals) : []
    if (!placed) return undefined
    run.forEach((runId, index) => positions.set(runId, placed[index]!))
    run = []
    if (id !== undefined) positions.set(id, limit!)
    previous = limit
  }
  return positions
}

/** Positions for new posts between two neighbours, of which one may be missing; undefined when there is no room. */
function placeRun(
  run: readonly string[],
  previous = -Infinity,
  limit = Infinity,
  ideals: ReadonlyMap<string, number>,
): number[] | undefined {
  const wished = run.map((id) => ideals.get(id)!)
  const rises = wished.every((position, index) => position > (index ? wished[index - 1]! : previous))
  if (rises && wished.at(-1)! < limit) return wished
  if (previous === -Infinity) return run.map((_, index) => limit - run.length + index)
  const step = Math.min(1, (limit - previous) / (run.length + 1))
  return step < LEAST_STEP ? undefined : run.map((_, index) => previous + step * (index + 1))
}

function placementOf(
  positions: Map<string, number>,
  window: readonly PostRecord[],
  posts: readonly ArchivedPost[],
): Placement {
  const inReading = new Set(posts.map(({ post }) => post.id))
  const moved = window
    .filter(({ id, position }) => !inReading.has(id) && positions.get(id) !== position)
    .map((record) => ({ ...record, position: positions.get(record.id)! }))
  return { positions, moved }
}

/** Writes all posts of a thread again with room between them. */
export async function spaceOut(archive: Archive, key: string): Promise<void> {
  const records = await inOrder(archive, key).toArray()
  await archive.posts.bulkPut(records.map((record, index) => ({ ...record, position: (index + 1) * PAGE_SPAN })))
}
