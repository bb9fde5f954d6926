import { roundMinutes, type Measure, type ReadingTime } from '../core/reading.ts'
import { shownLength } from '../core/shown-length.ts'
import { writeText } from './write-text.ts'

/**
 * Writes a count with separators: `6,272`. Chinese and English group alike; asking `Intl` for it would take the page
 * longer, on its first use, than all that the aids do.
 */
export function formatCount(count: number): string {
  return String(Math.round(count)).replace(/\B(?=(?:\d{3})+$)/g, ',')
}

/** Writes an estimate as a range of whole minutes: `约 13–21 分钟`, or `不到 1 分钟`. */
export function formatMinutes(estimate: ReadingTime): string {
  const { low, high } = roundMinutes(estimate)
  if (high < 1) return writeText('minutes.underOne')
  if (low === high) return writeText('minutes.exact', formatCount(high))
  return writeText('minutes.range', formatCount(low), formatCount(high))
}

/** Writes a length in the units of its scripts: `6,272 字`, `950 词`, or `3,000 字 + 950 词`. */
export function formatLength(measure: Measure): string {
  const { characters, words } = shownLength(measure)
  const parts = [
    characters === undefined ? '' : writeText('length.characters', formatCount(characters)),
    words === undefined ? '' : writeText('length.words', formatCount(words)),
  ]
  return parts.filter(Boolean).join(' + ')
}
