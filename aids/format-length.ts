import { i18n } from '#i18n'
import { roundMinutes, type ReadingTime } from '../core/reading.ts'

/** Writes a count with the separators of the reader's language: `6,272`. */
export function formatCount(count: number): string {
  return count.toLocaleString(i18n.t('@@ui_locale').replace('_', '-'))
}

/** Writes an estimate as a range of whole minutes: `约 13–21 分钟`, or `不到 1 分钟`. */
export function formatMinutes(estimate: ReadingTime): string {
  const { low, high } = roundMinutes(estimate)
  if (high < 1) return i18n.t('minutes.underOne')
  if (low === high) return i18n.t('minutes.exact', [formatCount(high)])
  return i18n.t('minutes.range', [formatCount(low), formatCount(high)])
}
