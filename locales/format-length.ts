import { i18n } from '#i18n'
import { roundMinutes, type Measure, type ReadingTime } from '../core/reading.ts'
import { shownLength } from '../core/shown-length.ts'

/** Making one takes longer than writing a thousand numbers with it. */
let counts: Intl.NumberFormat | undefined

/** Writes a count with the separators of the reader's language: `6,272`. */
export function formatCount(count: number): string {
  counts ??= new Intl.NumberFormat(i18n.t('@@ui_locale').replace('_', '-'))
  return counts.format(count)
}

/** Writes an estimate as a range of whole minutes: `约 13–21 分钟`, or `不到 1 分钟`. */
export function formatMinutes(estimate: ReadingTime): string {
  const { low, high } = roundMinutes(estimate)
  if (high < 1) return i18n.t('minutes.underOne')
  if (low === high) return i18n.t('minutes.exact', [formatCount(high)])
  return i18n.t('minutes.range', [formatCount(low), formatCount(high)])
}

/** Writes a length in the units of its scripts: `6,272 字`, `950 词`, or `3,000 字 + 950 词`. */
export function formatLength(measure: Measure): string {
  const { characters, words } = shownLength(measure)
  const parts = [
    characters === undefined ? '' : i18n.t('length.characters', [formatCount(characters)]),
    words === undefined ? '' : i18n.t('length.words', [formatCount(words)]),
  ]
  return parts.filter(Boolean).join(' + ')
}
