import type { Measure } from './reading.ts'

/** A kind of writing that makes up less than this share of a text is left out when its length is shown. */
const LEAST_SHARE = 0.1

/**
 * What to show of a length: characters, words, or both. A few numbers in a Chinese text are no part of its 字, and a few
 * Han characters no part of an English text's words; a text that holds much of both shows both. Never empty.
 */
export function shownLength({ characters, words }: Measure): Partial<Measure> {
  const total = characters + words
  if (words <= total * LEAST_SHARE) return { characters }
  if (characters <= total * LEAST_SHARE) return { words }
  return { characters, words }
}

/** A share in whole per cent; 0 and 100 are kept for none and all. */
export function sharePercent(part: number, whole: number): number {
  if (whole <= 0 || part <= 0) return 0
  return part >= whole ? 100 : Math.min(99, Math.max(1, Math.round((100 * part) / whole)))
}
