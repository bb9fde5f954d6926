import type { Element } from 'hast'
import { attributeOf } from '../../dom/attributes.ts'
import { holdsAny, type Column, type Table } from './columns.ts'
import type { Outline } from './outline.ts'

/** What holds the words of the posts. */
export interface BodyColumn {
  column: Column
  /** Characters of the words of all posts looked at. */
  sum: number
  /** True where author and time stand in it too, and are to be left out. */
  isMixed: boolean
}

const HINT =
  /body|content|message|text|comment|entry|words|postmsg|post_?-?(?:body|text|content)|article|markdown|prose/i
const AGAINST = /sign?(?:ature)?$|signature|quote|footer|toolbar|actions?$|meta|header|avatar|profile|sidebar|attach/i
const FRAMES = new Set(['div', 'td', 'dd', 'section', 'article', 'blockquote', 'pre', 'main'])

/** One post's words count no more than this, or a single long one would decide for all. */
const MOST_WORDS = 3000

/** The column that holds the words; undefined where no column has any in most posts. */
export function findBodies(outline: Outline, table: Table, apart: readonly Column[]): BodyColumn | undefined {
  const clean = pick(outline, table, apart)
  if (clean) return { column: clean, sum: sumOf(table, clean), isMixed: false }
  const mixed = pick(outline, table, [])
  return mixed && { column: mixed, sum: sumOf(table, mixed), isMixed: true }
}

function pick(outline: Outline, table: Table, apart: readonly Column[]): Column | undefined {
  const sums = table.columns
    .filter((column) => column.share >= 0.7 && !apart.includes(column))
    .map((column) => ({ column, sum: sumOf(table, column) }))
    .filter(({ sum }) => sum > 0)
    .sort((a, b) => b.sum - a.sum)
  const best = sums.findIndex(({ column }) => !holdsAny(outline, column, apart))
  if (best < 0) return undefined
  const most = sums[best]!.sum
  const rated = sums
    .slice(best)
    .filter(({ column, sum }) => sum >= most * 0.8 && !holdsAny(outline, column, apart))
    .map(({ column, sum }) => ({
      column,
      score: rate(outline, column) + (sum / most) * 3,
      depth: depthOf(outline, column),
    }))
  return rated.sort((a, b) => b.score - a.score || b.depth - a.depth)[0]?.column
}

/** Characters of a column's cells together. */
function sumOf(table: Table, { cells }: Column): number {
  let sum = 0
  for (const [row, at] of cells.entries()) if (at >= 0) sum += Math.min(MOST_WORDS, table.textIn(row, at))
  return sum
}

function rate(outline: Outline, column: Column): number {
  const element = outline.elements[column.cells.find((at) => at >= 0)!]!
  const names = namesOf(element)
  let score = FRAMES.has(element.tagName) ? 0.8 : 0
  if (element.tagName === 'a') score -= 2
  if (HINT.test(names)) score += 1
  if (AGAINST.test(names)) score -= 1
  return score + column.share * 2
}

function namesOf(element: Element): string {
  const { className } = element.properties
  return [...(Array.isArray(className) ? className : []), attributeOf(element, 'itemprop') ?? ''].join(' ')
}

function depthOf(outline: Outline, { cells }: Column): number {
  let depth = 0
  for (let at = cells.find((cell) => cell >= 0)!; at >= 0; at = outline.parents[at]!) depth++
  return depth
}
