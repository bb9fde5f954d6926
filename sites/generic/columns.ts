import { wordsOf, type Outline } from './outline.ts'
import { ownPositions, type Group } from './groups.ts'

/** What one selector finds first in each member of a group, like a column of a table. */
export interface Column {
  key: number
  /** Position for each member looked at; -1 where it has none. */
  cells: readonly number[]
  /** Share of the members that have one. */
  share: number
}

/** A group as a table: some of its members, and every column that most of them have. */
export interface Table {
  members: readonly number[]
  columns: readonly Column[]
  /** Characters to see inside of a cell of a row, without those of members within. */
  textIn(row: number, at: number): number
  /** Those of them that are links. */
  linkTextIn(row: number, at: number): number
}

/** Members looked at, spread over the whole group: what holds for so many holds for all. */
const MOST_MEMBERS = 60
/** Elements of one member that are looked at. */
const MOST_INSIDE = 1500

/** Lays a group out as a table. */
export function tableOf(outline: Outline, { members }: Group): Table {
  const step = Math.max(1, members.length / MOST_MEMBERS)
  const looked = Array.from({ length: Math.min(members.length, MOST_MEMBERS) }, (_, index) => {
    return members[Math.floor(index * step)]!
  })
  const all = new Set(members)
  const cells = new Map<number, number[]>()
  const within: number[][] = []
  for (const [row, member] of looked.entries()) {
    let count = 0
    const inner: number[] = []
    within.push(inner)
    for (const at of ownPositions(outline, all, member, inner)) {
      if (++count > MOST_INSIDE) break
      for (const key of outline.keys[at]!) {
        let column = cells.get(key)
        if (!column) cells.set(key, (column = new Array<number>(looked.length).fill(-1)))
        if (column[row] === -1) column[row] = at
      }
    }
  }
  const columns = [...cells].map(([key, column]) => ({
    key,
    cells: column,
    share: column.filter((at) => at >= 0).length / looked.length,
  }))
  const own = (lengthIn: (at: number) => number) => (row: number, at: number) => {
    let length = lengthIn(at)
    for (const inner of within[row]!) if (isInside(outline, inner, at)) length -= lengthIn(inner)
    return length
  }
  return {
    members: looked,
    columns: columns.filter(({ share }) => share >= 0.6),
    textIn: own((at) => outline.textIn(at)),
    linkTextIn: own((at) => outline.linkTextIn(at)),
  }
}

/** The words of a column's cells, at most `most` characters of each; empty where a member has none. */
export function wordsIn(outline: Outline, { cells }: Column, most: number): string[] {
  return cells.map((at) => (at < 0 ? '' : wordsOf(outline.elements[at]!, most)))
}

/** True where an element lies in another, or is it. */
export function isInside(outline: Outline, inner: number, outer: number): boolean {
  return inner >= outer && inner < outline.ends[outer]!
}

/** The value in the middle; 0 of none. */
export function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? 0
}

/** True where cells of the column hold those of another in the same posts, so that they are more than the words. */
export function holdsAny(outline: Outline, column: Column, others: readonly Column[]): boolean {
  return others.some((other) => {
    const holding = column.cells.filter((at, row) => {
      const inner = other.cells[row]!
      return at >= 0 && inner >= 0 && isInside(outline, inner, at)
    })
    return holding.length > column.cells.length * 0.2
  })
}
