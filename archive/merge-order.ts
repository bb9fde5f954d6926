import type { ArchivedPost } from './records.ts'

/** What is known of a post's place in its thread. */
export interface Place {
  id: string
  floor?: number
  /** Milliseconds since 1970. */
  at?: number
  page?: number
}

/** Which marks of a place are to be believed. */
interface Trust {
  floor: boolean
  at: boolean
  id: boolean
}

const FULL_TRUST: Trust = { floor: true, at: true, id: true }

/** Reads a post's place. */
export function placeOf({ post, page }: ArchivedPost): Place {
  const at = post.postedAt === undefined ? Number.NaN : Date.parse(post.postedAt)
  const hasFloor = post.floor !== undefined && Number.isFinite(post.floor)
  return {
    id: post.id,
    ...(hasFloor ? { floor: post.floor! } : {}),
    ...(Number.isNaN(at) ? {} : { at }),
    ...(page === undefined ? {} : { page }),
  }
}

/**
 * Merges two orders of a thread's posts into one list of ids: every id of both, each once.
 *
 * Posts that both have hold the two together: between two of them, what only one list has keeps its order and stands
 * where floor, time, id or page tell (in this turn; a mark that does not rise along both lists, such as floors that
 * were numbered anew after a deletion, is not believed). Where the two orders contradict each other (a forum that sorts
 * by votes), the one that leads is right. Linear, but for the contradictions.
 */
export function mergeOrder(existing: readonly Place[], incoming: readonly Place[], incomingLeads: boolean): string[] {
  const [lead, other] = incomingLeads ? [incoming, existing] : [existing, incoming]
  const trust = judgeMarks(existing, incoming)
  const anchors = findAnchors(lead, other)
  const inLead = new Set(lead.map(({ id }) => id))
  const order: string[] = []
  let leadIndex = 0
  let otherIndex = 0
  for (const anchor of [...anchors, undefined]) {
    const leadGap = lead.slice(leadIndex, anchor?.inLead)
    const otherGap = other.slice(otherIndex, anchor?.inOther).filter(({ id }) => !inLead.has(id))
    if (incomingLeads) mergeGap(otherGap, leadGap, trust, order)
    else mergeGap(leadGap, otherGap, trust, order)
    if (!anchor) break
    order.push(lead[anchor.inLead]!.id)
    leadIndex = anchor.inLead + 1
    otherIndex = anchor.inOther + 1
  }
  return order
}

/**
 * Negative when `a` stands before `b`, positive when after, 0 when nothing that both have tells. Without `trust` every
 * mark is believed.
 */
export function comparePlaces(a: Place, b: Place, trust: Trust = FULL_TRUST): number {
  if (trust.floor && a.floor !== undefined && b.floor !== undefined && a.floor !== b.floor) return a.floor - b.floor
  if (trust.at && a.at !== undefined && b.at !== undefined && a.at !== b.at) return a.at - b.at
  const byId = trust.id ? compareIds(a.id, b.id) : 0
  // Pages last: posts move to earlier ones when others are deleted.
  if (byId !== 0 || a.page === undefined || b.page === undefined) return byId
  return a.page - b.page
}

/** Existing posts come first where nothing tells. */
function mergeGap(existing: readonly Place[], incoming: readonly Place[], trust: Trust, order: string[]): void {
  let index = 0
  for (const place of existing) {
    while (index < incoming.length && comparePlaces(incoming[index]!, place, trust) < 0)
      order.push(incoming[index++]!.id)
    order.push(place.id)
  }
  while (index < incoming.length) order.push(incoming[index++]!.id)
}

/** The longest row of posts that stand in both lists in the same order, as indexes into both. */
function findAnchors(lead: readonly Place[], other: readonly Place[]): { inLead: number; inOther: number }[] {
  const otherIndexes = new Map(other.map(({ id }, index) => [id, index]))
  const shared: { inLead: number; inOther: number }[] = []
  lead.forEach(({ id }, inLead) => {
    const inOther = otherIndexes.get(id)
    if (inOther !== undefined) shared.push({ inLead, inOther })
  })
  return longestRising(shared, ({ inOther }) => inOther)
}

/** A longest subsequence whose keys rise, by patience sorting. */
function longestRising<T>(items: readonly T[], keyOf: (item: T) => number): T[] {
  const tails: number[] = [] // Of the best row of each length, the index of its last item.
  const before: number[] = []
  items.forEach((item, index) => {
    let low = 0
    let high = tails.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (keyOf(items[tails[middle]!]!) < keyOf(item)) low = middle + 1
      else high = middle
    }
    before[index] = low > 0 ? tails[low - 1]! : -1
    tails[low] = index
  })
  const row: T[] = []
  for (let index = tails.at(-1) ?? -1; index >= 0; index = before[index]!) row.push(items[index]!)
  return row.reverse()
}

function judgeMarks(...lists: (readonly Place[])[]): Trust {
  const rises = (compare: (a: Place, b: Place) => number, has: (place: Place) => boolean) =>
    lists.every((list) => {
      let last: Place | undefined
      for (const place of list) {
        if (!has(place)) continue
        if (last && compare(last, place) > 0) return false
        last = place
      }
      return true
    })
  return {
    floor: rises(
      (a, b) => a.floor! - b.floor!,
      ({ floor }) => floor !== undefined,
    ),
    at: rises(
      (a, b) => a.at! - b.at!,
      ({ at }) => at !== undefined,
    ),
    id: rises(
      (a, b) => compareIds(a.id, b.id),
      ({ id }) => isNumber(id),
    ),
  }
}

/** Forums number posts as they are written; ids can be too long for a number. */
function compareIds(a: string, b: string): number {
  if (!isNumber(a) || !isNumber(b)) return 0
  const left = a.replace(/^0+/, '')
  const right = b.replace(/^0+/, '')
  return left.length - right.length || (left < right ? -1 : left > right ? 1 : 0)
}

function isNumber(id: string): boolean {
  return /^\d+$/.test(id)
}
