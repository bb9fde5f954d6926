/**
 * The one form in which texts are searched and queries are read: compatibility forms as their plain ones (`Ｐ` as `p`,
 * `：` as `:`), capitals as small letters, white space as one space between words and as none beside Chinese and
 * punctuation, so that a line broken inside a sentence is found. Traditional and simplified characters stay apart, and
 * so do letters with and without their accents.
 */
export function foldText(text: string): string {
  return foldSpaces(foldCharacters(text))
}

/** Folds a line that is compared as a whole, such as a title: its words stay parted, by one space. */
export function foldLine(text: string): string {
  // Most names are such, and a page that looks up no others need not have the patterns below compiled.
  if (PLAIN_NAME.test(text)) return text.toLowerCase()
  return foldCharacters(text).replace(SPACES, ' ').trim()
}

const PLAIN_NAME = /^[\w.-]*$/

/** A folded text that knows where each of its UTF-16 units came from. */
export interface FoldedText {
  text: string
  /** Start in the original of what became each unit of `text`. */
  starts: readonly number[]
  /** End (exclusive) in the original of what became each unit of `text`. */
  ends: readonly number[]
}

/** Folds a text as {@link foldText} does and keeps the places. Several times slower: for what is shown. */
export function foldWithPlaces(original: string): FoldedText {
  const starts: number[] = []
  const ends: number[] = []
  const parts: string[] = []
  for (const { 0: segment, index } of original.matchAll(SEGMENT)) {
    const folded = foldCharacters(segment)
    parts.push(folded)
    for (let unit = 0; unit < folded.length; unit++) {
      starts.push(index)
      ends.push(index + segment.length)
    }
  }
  const unspaced = parts.join('')
  const kept: FoldedText = { text: foldSpaces(unspaced), starts: [], ends: [] }
  return { ...kept, ...placesOf(unspaced, starts, ends) }
}

/**
 * A character with all that may melt into it: combining marks, vowels and finals of Hangul, half-width voice marks, and
 * the characters that show nothing and may stand between.
 */
const SEGMENT = /[^][\p{M}\p{DI}\u1160-\u11ff\ud7b0-\ud7fb\uff9e-\uffdc]*/gu

/** Characters that show nothing: joiners, direction marks, soft hyphens, variation selectors. */
const INVISIBLE = /\p{DI}+/gu

/** White space, and control characters, which are nobody's text (the archive parts texts by them). */
const SPACES = /[\s\p{Cc}]+/gu

function foldCharacters(text: string): string {
  return text.replace(INVISIBLE, '').normalize('NFKC').toLowerCase().replaceAll('ς', 'σ').replace(INVISIBLE, '')
}

function foldSpaces(text: string): string {
  return text.replace(SPACES, (run, index: number) => (isKept(text, index, run.length) ? ' ' : ''))
}

function placesOf(unspaced: string, starts: number[], ends: number[]): Pick<FoldedText, 'starts' | 'ends'> {
  const kept: { starts: number[]; ends: number[] } = { starts: [], ends: [] }
  const keep = (from: number, to: number) => {
    for (let unit = from; unit < to; unit++) {
      kept.starts.push(starts[unit]!)
      kept.ends.push(ends[unit]!)
    }
  }
  let from = 0
  for (const { 0: run, index } of unspaced.matchAll(SPACES)) {
    keep(from, index)
    if (isKept(unspaced, index, run.length)) keep(index, index + 1)
    from = index + run.length
  }
  keep(from, unspaced.length)
  return kept
}

/** A run of white space says something only between two letters of scripts that part their words by it. */
function isKept(text: string, index: number, length: number): boolean {
  return isSpaced(text.charCodeAt(index - 1)) && isSpaced(text.charCodeAt(index + length))
}

function isSpaced(unit: number): boolean {
  if (unit < 0x80) return (unit >= 0x30 && unit <= 0x39) || (unit >= 0x61 && unit <= 0x7a)
  return (unit >= 0xc0 && unit < 0x2000) || (unit >= 0x2c00 && unit < 0x2e00) || (unit >= 0xac00 && unit < 0xd7b0)
}
