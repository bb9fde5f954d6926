import type { Outline } from './outline.ts'
import type { TimeMark } from './times.ts'

/** Elements that one selector finds, of which each holds a time of its own: perhaps the posts of the page. */
export interface Group {
  key: number
  /** Positions of the elements that hold a time, in page order. */
  members: readonly number[]
}

/** Times that are followed up to the elements around them. */
const MOST_MARKS = 3000
/** Elements around a time that are looked at. */
const MOST_ABOVE = 40
/** Groups that are looked into; the rest of a page's groups hold fewer times. */
const MOST_GROUPS = 30

/**
 * The groups of elements around the page's times, those with the most members first. A time belongs to the nearest element
 * of a group around it, so that in a tree of comments each has its own and not those of its answers.
 */
export function findGroups(outline: Outline, marks: readonly TimeMark[]): Group[] {
  const members = new Map<number, Set<number>>()
  for (const { at } of marks.slice(0, MOST_MARKS)) {
    const met = new Set<number>()
    let above = outline.parents[at]!
    for (let steps = 0; above >= 0 && steps < MOST_ABOVE; steps++, above = outline.parents[above]!) {
      for (const key of outline.keys[above]!) {
        if (met.has(key)) continue
        met.add(key)
        const found = members.get(key)
        if (found) found.add(above)
        else members.set(key, new Set([above]))
      }
    }
  }
  return withoutDoubles(
    [...members]
      .filter(([, found]) => found.size >= 2)
      .map(([key, found]) => ({ key, members: [...found].sort((a, b) => a - b) })),
  )
    .sort((a, b) => b.members.length - a.members.length)
    .slice(0, MOST_GROUPS)
}

/** Of groups with the very same members the one with the plainest selector stays. */
function withoutDoubles(groups: readonly Group[]): Group[] {
  const seen = new Map<string, Group>()
  for (const group of groups) {
    const { members } = group
    const sign = `${members.length} ${members[0]} ${members[members.length >> 1]} ${members.at(-1)}`
    if (!seen.has(sign)) seen.set(sign, group)
  }
  return [...seen.values()]
}

/** Members within one that are noted, each taken from the words of those around it. */
const MOST_WITHIN = 200

/** What of a member is its own: the positions inside of it that are not in a member within; these are put into `within`. */
export function* ownPositions(
  outline: Outline,
  group: ReadonlySet<number>,
  member: number,
  within: number[],
): Generator<number> {
  const end = outline.ends[member]!
  for (let at = member + 1; at < end; at++) {
    if (group.has(at)) {
      if (within.length < MOST_WITHIN) within.push(at)
      at = outline.ends[at]! - 1
    } else yield at
  }
}
