import { foldWithPlaces } from './fold-text.ts'
import type { TextRange } from './mark-words.ts'

/** How often a folded phrase stands in a folded text, places that overlap counted once. */
export function countPhrase(folded: string, phrase: string): number {
  let count = 0
  if (phrase) for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + phrase.length)) count++
  return count
}

/** Where a folded phrase stands in a text as it is: as many places as {@link countPhrase} counts, in order. */
export function findPhrase(text: string, phrase: string): TextRange[] {
  const { text: folded, starts, ends } = foldWithPlaces(text)
  const found: TextRange[] = []
  if (!phrase) return found
  for (let at = folded.indexOf(phrase); at >= 0; at = folded.indexOf(phrase, at + phrase.length))
    found.push({ start: starts[at]!, end: ends[at + phrase.length - 1]! })
  return found
}
