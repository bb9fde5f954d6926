/** What a text holds for a reader: the two are read at different speeds, so they are counted apart. */
export interface Measure {
  /** CJK characters: Han, kana, Hangul, bopomofo. */
  characters: number
  /** Words of every other script, numbers included. */
  words: number
}

/** A reader's own speeds, per minute. */
export interface ReadingSpeeds {
  charactersPerMinute: number
  wordsPerMinute: number
}

/** Minutes; `low` is what a fast reader needs, `high` a slow one. */
export interface ReadingTime {
  low: number
  likely: number
  high: number
}

/**
 * Silent reading speeds per minute. Words: Brysbaert 2019 (J. Mem. Lang. 109:104047), 238 for non-fiction, most adults
 * 175 to 300. Characters: 400 lies between the 420 that follow from Brysbaert's Chinese row at 1.61 characters a word
 * and the speeds that readers reach on a screen; 500 is the school standard. The often quoted 255 is reading aloud.
 */
const SPEEDS = {
  characters: { slow: 300, usual: 400, fast: 500 },
  words: { slow: 175, usual: 238, fast: 300 },
}

/** Speeds outside of this are typing mistakes: the default is used instead. */
const SANE_SPEED = { least: 1, most: 100_000 }

/** What a UTF-16 unit or code point is to the counter. */
const UNSEEN = 0
const BREAK = 1
const WORD = 2
const CJK = 3
/** Marks and invisible joiners: part of what they stand in, never counted themselves. */
const EXTENDS = 4

const CJK_LETTER =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc\uff70]/u
/** Vowels and finals of Hangul syllables that are spelt out: the leading consonant already counted. */
const HANGUL_TAIL = /[\u1160-\u11ff\ud7b0-\ud7ff]/
const MARK_OR_JOINER = /\p{M}|\u00ad|\u200c|\u200d|\u2060|\ufeff|\uff9e|\uff9f/u
const LETTER_OR_NUMBER = /[\p{L}\p{N}]/u

/** Kinds of the units met so far: a table for all 65,536 would cost milliseconds that a short page does not have. */
const kinds = new Uint8Array(0x10000)

/**
 * The kind of what most texts are made of; undefined for the rest. Without it a page's first post waits for the patterns
 * above to be compiled, which takes longer than counting all of them.
 */
function commonKind(unit: number): number | undefined {
  if (unit < 0x80) {
    const letter = unit | 32
    return (letter >= 97 && letter <= 122) || isDigit(unit) ? WORD : BREAK
  }
  if (unit >= 0x4e00 && unit <= 0x9ffc) return CJK
  // The space that does not break, of which forums make every second one; the dot in the middle of names.
  if (unit === 0xa0 || unit === 0xb7) return BREAK
  // General punctuation; CJK punctuation; full-width punctuation.
  if (unit >= 0x2010 && unit <= 0x2027) return BREAK
  if ((unit >= 0x3000 && unit <= 0x3003) || (unit >= 0x3008 && unit <= 0x3020)) return BREAK
  if ((unit >= 0xff01 && unit <= 0xff0f) || (unit >= 0xff1a && unit <= 0xff20)) return BREAK
  if (unit >= 0xff5b && unit <= 0xff65) return BREAK
  return undefined
}

function kindOf(character: string): number {
  if (MARK_OR_JOINER.test(character) || HANGUL_TAIL.test(character)) return EXTENDS
  if (CJK_LETTER.test(character)) return CJK
  return LETTER_OR_NUMBER.test(character) ? WORD : BREAK
}

function kindAt(text: string, index: number): number {
  const unit = text.charCodeAt(index)
  const known = kinds[unit]!
  if (known !== UNSEEN) return known
  const code = text.codePointAt(index)!
  // Pictures: faces, hands, animals, things.
  if (code >= 0x1f300 && code <= 0x1faff) return BREAK
  if (code > 0xffff) return kindOf(String.fromCodePoint(code))
  // A surrogate that stands alone must not be remembered: with its other half it means something else.
  if (unit >= 0xd800 && unit <= 0xdfff) return BREAK
  return (kinds[unit] = commonKind(unit) ?? kindOf(text[index]!))
}

/** The most common characters: runs of them end words and addresses as a comma does. */
const HAN = /[\u4e00-\u9ffc]+/
/**
 * So many units are counted with the help of the browser's own search for runs: until then the loop below is not compiled,
 * and a page's first posts would take several times as long. Afterwards it is faster by far.
 */
let uncompiled = 50_000

const OPEN = 40 // (
const CLOSE = 41 // )
const LEFT_BRACKET = 91
const RIGHT_BRACKET = 93

/** Joins two halves of one word: `don't`, `well-known`, `snake_case`. */
const isJoiner = (unit: number) => unit === 39 || unit === 0x2019 || unit === 45 || unit === 95
/** Joins digits only: `3.14`, `1,000`, `22:27`. */
const isDigitJoiner = (unit: number) => unit === 46 || unit === 44 || unit === 58
const isDigit = (unit: number) => unit >= 48 && unit <= 57

const ADDRESS_START = /(?:https?|ftp):\/\/|www\./iy

/** First letters of `http`, `ftp` and `www`, both cases: the only places where an address is looked for. */
const mayStartAddress = (unit: number) => {
  const letter = unit | 32
  return letter === 104 || letter === 102 || letter === 119
}

/** End of the address at `start`: printable ASCII without quotes and brackets that close what stands around it. */
function endOfAddress(text: string, start: number): number {
  let depth = 0
  let index = start
  for (; index < text.length; index++) {
    const unit = text.charCodeAt(index)
    if (unit <= 32 || unit >= 127 || unit === 34 || unit === 60 || unit === 62 || unit === RIGHT_BRACKET) break
    if (unit === OPEN) depth++
    else if (unit === CLOSE && depth-- === 0) break
  }
  return index
}

/**
 * Finds the ends of link targets, `](TARGET)`. A run without white space is paired once, whatever is asked in it, so
 * that a text of brackets alone stays linear.
 */
class LinkTargets {
  readonly #text: string
  #end = 0
  #closers = new Map<number, number>()

  constructor(text: string) {
    this.#text = text
  }

  /** Index behind the parenthesis that closes the one at `open`; undefined when the run ends before. */
  findEnd(open: number): number | undefined {
    if (open >= this.#end) this.#pairRun(open)
    return this.#closers.get(open)
  }

  #pairRun(start: number): void {
    this.#closers.clear()
    const pending: number[] = []
    let index = start
    for (; index < this.#text.length; index++) {
      const unit = this.#text.charCodeAt(index)
      if (unit <= 32 || unit === 0x3000) break
      if (unit === OPEN) pending.push(index)
      else if (unit === CLOSE && pending.length > 0) {
        const open = pending.pop()!
        if (this.#text.charCodeAt(open - 1) === RIGHT_BRACKET) this.#closers.set(open, index + 1)
      }
    }
    this.#end = index
  }
}

/** Index behind the word at `start`. */
function endOfWord(text: string, start: number): number {
  let index = start
  while (index < text.length) {
    const unit = text.charCodeAt(index)
    const kind = kindAt(text, index)
    if (kind === WORD || kind === EXTENDS) index += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1
    else if (index + 1 < text.length && isJoiner(unit) && kindAt(text, index + 1) === WORD) index++
    else if (isDigitJoiner(unit) && isDigit(text.charCodeAt(index - 1)) && isDigit(text.charCodeAt(index + 1))) index++
    else break
  }
  return index
}

/**
 * Counts what there is to read: CJK characters one by one, everything else in words (a number is a word). Addresses
 * are not read, nor is the TARGET of inline markup `[TEXT](TARGET)`; its TEXT is, unless it is an address itself.
 * Scripts written without spaces other than CJK (Thai, Khmer) count a run as one word. Linear in the text's length;
 * anything but a string measures nothing.
 */
export function measureText(text: string): Measure {
  if (typeof text !== 'string') return { characters: 0, words: 0 }
  if (text.length > uncompiled || text.includes('](')) return countUnits(text)
  uncompiled -= text.length
  const parts = text.split(HAN)
  const measure = countUnits(parts.join('、'))
  for (const part of parts) measure.characters -= part.length
  measure.characters += text.length
  return measure
}

/** The same, unit by unit. */
function countUnits(text: string): Measure {
  const measure = { characters: 0, words: 0 }
  let targets: LinkTargets | undefined
  let isBracketOpen = false
  for (let index = 0; index < text.length;) {
    const unit = text.charCodeAt(index)
    const kind = kindAt(text, index)
    if (kind === CJK) {
      measure.characters++
      index += unit >= 0xd800 && unit <= 0xdbff ? 2 : 1
    } else if (kind === WORD) {
      if (mayStartAddress(unit) && startsAddress(text, index)) index = endOfAddress(text, index)
      else {
        measure.words++
        index = endOfWord(text, index)
      }
    } else if (isBracketOpen && unit === RIGHT_BRACKET && text.charCodeAt(index + 1) === OPEN) {
      isBracketOpen = false
      index = (targets ??= new LinkTargets(text)).findEnd(index + 1) ?? index + 1
    } else {
      if (unit === LEFT_BRACKET) isBracketOpen = true
      else if (unit === 10) isBracketOpen = false
      index++
    }
  }
  return measure
}

function startsAddress(text: string, index: number): boolean {
  ADDRESS_START.lastIndex = index
  return ADDRESS_START.test(text)
}

/** The sum of two measures: a thread's length from its posts'. */
export function addMeasures(a: Measure, b: Measure): Measure {
  return { characters: a.characters + b.characters, words: a.words + b.words }
}

/** The one number shown as 字: characters and words together, as word processors count Chinese text. */
export function totalLength(measure: Measure): number {
  return measure.characters + measure.words
}

/** A count from anywhere: garbage is nothing, and no sum of two overflows. */
const sound = (count: number) => (count > 0 ? Math.min(count, Number.MAX_SAFE_INTEGER) : 0)

function speedFactor(usual: number, own: number | undefined): number {
  return own !== undefined && own >= SANE_SPEED.least && own <= SANE_SPEED.most ? usual / own : 1
}

/**
 * Estimates silent reading in minutes, not rounded: the times for characters and for words are added. A reader's own
 * speed moves the whole range in proportion; a speed that cannot be one is ignored. Never NaN, negative or infinite.
 */
export function estimateReading(measure: Measure, speeds: Partial<ReadingSpeeds> = {}): ReadingTime {
  const characters = sound(measure.characters) * speedFactor(SPEEDS.characters.usual, speeds.charactersPerMinute)
  const words = sound(measure.words) * speedFactor(SPEEDS.words.usual, speeds.wordsPerMinute)
  const minutes = (at: 'slow' | 'usual' | 'fast') => characters / SPEEDS.characters[at] + words / SPEEDS.words[at]
  return { low: minutes('fast'), likely: minutes('usual'), high: minutes('slow') }
}

/**
 * The range in whole minutes, for `13–21`. A bound below half a minute is 0: the caller says «under a minute» where
 * `high` is below 1.
 */
export function roundMinutes(time: ReadingTime): { low: number; high: number } {
  return { low: Math.round(time.low), high: Math.round(time.high) }
}
