import { foldWithPlaces } from './fold-text.ts'

/** A piece of a text, and whether it is what was searched for. */
export interface MarkedPart {
  text: string
  isMarked: boolean
}

/** A part of a text: `start` included, `end` not. In UTF-16 units. */
export interface TextRange {
  start: number
  end: number
}

/** Characters shown before the first word found, and in all. */
const BEFORE = 24
const SHOWN = 120

/** Characters looked through at once for the first word: a post may hold a book. */
const WINDOW = 4000

/**
 * Finds folded words in a text as it stands. Returns their places in the original, in order; those that touch or overlap
 * are one.
 */
export function findWords(text: string, words: readonly string[]): TextRange[] {
  const folded = foldWithPlaces(text)
  const found: TextRange[] = []
  for (const word of words) {
    if (!word) continue
    for (let at = folded.text.indexOf(word); at >= 0; at = folded.text.indexOf(word, at + word.length))
      found.push({ start: folded.starts[at]!, end: folded.ends[at + word.length - 1]! })
  }
  found.sort((a, b) => a.start - b.start || a.end - b.end)
  const joined: TextRange[] = []
  for (const range of found) {
    const last = joined.at(-1)
    if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
    else joined.push(range)
  }
  return joined
}

/** A text in pieces, the words in it marked. Joined, the pieces are the text. */
export function markWords(text: string, words: readonly string[]): MarkedPart[] {
  return partsOf(text, words.length ? findWords(text, words) : [])
}

/**
 * The part of a text around the first of the words, on one line, the words in it marked; the beginning of the text where
 * none is found. What was left out shows as `…`.
 */
export function makeExcerpt(text: string, words: readonly string[], length = SHOWN): MarkedPart[] {
  const first = findFirst(text, words)
  const from = first <= BEFORE ? 0 : wholeFrom(text, first - BEFORE)
  const to = wholeFrom(text, Math.min(text.length, from + length))
  // Words are looked for a little beyond the end, so that one that is cut is marked as far as it shows.
  const around = text.slice(from, wholeFrom(text, Math.min(text.length, to + 200)))
  const ranges = findWords(around, words)
    .filter(({ start }) => start < to - from)
    .map(({ start, end }) => ({ start, end: Math.min(end, to - from) }))
  const parts = partsOf(text.slice(from, to), ranges).map((part) => ({ ...part, text: part.text.replace(/\s+/g, ' ') }))
  if (from > 0) parts.unshift({ text: '…', isMarked: false })
  if (to < text.length && text.slice(to).trim()) parts.push({ text: '…', isMarked: false })
  return parts
}

/** Where the first of the words stands; 0 where none is found. */
function findFirst(text: string, words: readonly string[]): number {
  if (words.length === 0) return 0
  for (let from = 0; from < text.length; from += WINDOW) {
    const start = wholeFrom(text, Math.max(0, from - WINDOW / 4))
    const [first] = findWords(text.slice(start, wholeFrom(text, Math.min(text.length, from + WINDOW))), words)
    if (first) return start + first.start
  }
  return 0
}

/** The index, or the next one where it stands inside a pair of surrogates. */
function wholeFrom(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  return unit >= 0xdc00 && unit < 0xe000 && index > 0 ? index + 1 : index
}

function partsOf(text: string, ranges: readonly TextRange[]): MarkedPart[] {
  const parts: MarkedPart[] = []
  let from = 0
  for (const { start, end } of ranges) {
    if (start > from) parts.push({ text: text.slice(from, start), isMarked: false })
    parts.push({ text: text.slice(start, end), isMarked: true })
    from = end
  }
  if (from < text.length) parts.push({ text: text.slice(from), isMarked: false })
  return parts
}
