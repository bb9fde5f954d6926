import { i18n } from '#i18n'
import { roundMinutes, type Measure, type ReadingTime } from '../core/reading.ts'
import { shownLength } from '../core/shown-length.ts'

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
  if (high < 1) return write('minutes.underOne')
  if (low === high) return write('minutes.exact', formatCount(high))
  return write('minutes.range', formatCount(low), formatCount(high))
}

/** Writes a length in the units of its scripts: `6,272 字`, `950 词`, or `3,000 字 + 950 词`. */
export function formatLength(measure: Measure): string {
  const { characters, words } = shownLength(measure)
  const parts = [
    characters === undefined ? '' : write('length.characters', formatCount(characters)),
    words === undefined ? '' : write('length.words', formatCount(words)),
  ]
  return parts.filter(Boolean).join(' + ')
}

const texts = new Map<string, string>()

/** A page writes the same few texts for every post; asking the browser for one each time is what takes long. */
function write(
  key: 'minutes.underOne' | 'minutes.exact' | 'minutes.range' | 'length.characters' | 'length.words',
  ...values: string[]
) {
  let text = texts.get(key)
  if (text === undefined) texts.set(key, (text = key === 'minutes.underOne' ? i18n.t(key) : askFor(key)))
  return text.replace(/\$([12])/g, (_whole, place: string) => values[Number(place) - 1] ?? '')
}

/** The text with its places still open. */
function askFor(key: 'minutes.exact' | 'minutes.range' | 'length.characters' | 'length.words'): string {
  return key === 'minutes.range' ? i18n.t(key, ['$1', '$2']) : i18n.t(key, ['$1'])
}
