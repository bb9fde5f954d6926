import { attributeOf } from '../../dom/attributes.ts'
import type { Column, Table } from './columns.ts'
import type { Outline } from './outline.ts'
import type { TimeMark } from './times.ts'

/** Times of people, and of what happened to a post later. */
const AGAINST =
  /join|regist|since|profile|user-?stat|user-?info|user-?extra|member|last-?(?:seen|visit|active|login|edit|mod)|edited|modified|update|sign|quote|birthday/i

/** The column whose cells tell when each post was written; undefined where most posts tell no time. */
export function findTimeColumn(
  outline: Outline,
  table: Table,
  markAt: ReadonlyMap<number, TimeMark>,
): Column | undefined {
  let best: { column: Column; score: number } | undefined
  for (const column of table.columns) {
    const marks = column.cells.map((at) => markAt.get(at))
    const marked = marks.filter((mark) => mark !== undefined).length
    if (marked < table.members.length * 0.6) continue
    const share = marked / table.members.length
    const score = share * 2 + rate(outline, table, column, marks)
    if (!best || score > best.score) best = { column: { ...column, share }, score }
  }
  return best?.column
}

/** Other columns that tell the same times once more, as for narrow screens. */
export function findRepeats(table: Table, times: Column, markAt: ReadonlyMap<number, TimeMark>): Column[] {
  return table.columns.filter(({ key, cells }) => {
    if (key === times.key) return false
    const same = cells.filter((at, row) => at >= 0 && markAt.get(at)?.time === markAt.get(times.cells[row]!)?.time)
    return same.length > 0 && same.length >= cells.length * 0.6 && same.every((at) => markAt.has(at))
  })
}

function rate(
  outline: Outline,
  { members }: Table,
  { cells }: Column,
  marks: readonly (TimeMark | undefined)[],
): number {
  const clocked = marks.filter((mark) => mark?.time.includes('T')).length / members.length
  const row = cells.findIndex((at) => at >= 0)
  const depth = cells[row]! - members[row]!
  return (
    clocked * 1.5 +
    (isInOrder(marks) ? 0.5 : 0) -
    Math.min(0.3, depth / 400) -
    (AGAINST.test(namesAround(outline, cells[row]!, members[row]!)) ? 1.5 : 0)
  )
}

/** What the page calls an element and those around it, up to the post. */
function namesAround(outline: Outline, at: number, post: number): string {
  const names: string[] = []
  for (let above = at; above > post && names.length < 20; above = outline.parents[above]!) {
    const { className } = outline.elements[above]!.properties
    if (Array.isArray(className)) names.push(...className.map(String))
    names.push(attributeOf(outline.elements[above]!, 'itemprop') ?? '')
  }
  return names.join(' ')
}

/** True where times go up, or down, from nearly each post to the next. */
export function isInOrder(marks: readonly (TimeMark | undefined)[]): boolean {
  const times = marks.flatMap((mark) => (mark ? [mark.time] : []))
  let ups = 0
  let downs = 0
  for (let at = 1; at < times.length; at++) {
    if (times[at]! >= times[at - 1]!) ups++
    if (times[at]! <= times[at - 1]!) downs++
  }
  return Math.max(ups, downs) >= (times.length - 1) * 0.9
}
