/** A line of a post's own words, as the page shows it. */
export interface TextLine {
  text: string
  /** 1 to 6 when the page has the line as `<h1>` to `<h6>`. */
  markedLevel?: number
  /** True when all of the line is bold. */
  isBold?: boolean
}

export interface Heading {
  /** 0-based index of the line. */
  line: number
  /** The heading's words with their number, in one line, at most {@link LONGEST_TITLE} characters. */
  title: string
  /** 1 for the highest that the text has, without gaps between levels. */
  level: number
}

/** A title longer than this is cut: lines that begin a section go on with its text. In UTF-16 units. */
const LONGEST_TITLE = 48
/** A bold line longer than this is emphasis, no heading. */
const LONGEST_BOLD_LINE = 60
/** Numbered lines that follow each other this closely on average are a list, not sections. In UTF-16 units. */
const SHORTEST_SECTION = 80
/** So much of a line is looked at. */
const LOOKED_AT = 200

/** How a heading is known; in the order in which the kinds stand inside each other. */
type Kind =
  'marked' | 'part' | 'chapter' | 'section' | 'han' | 'han-paren' | 'question' | 'arabic' | 'arabic-paren' | 'bold'

/** Kinds that stand side by side: questions are no part of the numbered points before them. */
const RANKS: Readonly<Record<Kind, number>> = {
  marked: 0,
  part: 1,
  chapter: 2,
  section: 3,
  han: 4,
  question: 4,
  bold: 4,
  'han-paren': 5,
  arabic: 6,
  'arabic-paren': 7,
}

interface Candidate {
  line: number
  kind: Kind
  rank: number
  /** What its number counts to, where it has one. */
  number?: number
  title: string
}

const HAN_NUMBER = '[〇零一二三四五六七八九十百]{1,5}'
const PATTERNS: readonly { kind: Kind; pattern: RegExp; isCounted: boolean }[] = [
  { kind: 'part', pattern: new RegExp(`^第(${HAN_NUMBER}|\\d{1,4})(?:部分|部|卷|编|篇)`), isCounted: true },
  { kind: 'chapter', pattern: new RegExp(`^第(${HAN_NUMBER}|\\d{1,4})(?:章|回|讲|集|话)`), isCounted: true },
  { kind: 'section', pattern: new RegExp(`^第(${HAN_NUMBER}|\\d{1,4})(?:节|条|款)`), isCounted: true },
  { kind: 'part', pattern: /^part\s+(\d{1,4}|[ivxl]{1,7})\b/i, isCounted: true },
  { kind: 'chapter', pattern: /^chapter\s+(\d{1,4}|[ivxl]{1,7})\b/i, isCounted: true },
  { kind: 'han', pattern: new RegExp(`^(${HAN_NUMBER})\\s*[、．.，]`), isCounted: true },
  { kind: 'han-paren', pattern: new RegExp(`^[（(](${HAN_NUMBER})[）)]`), isCounted: true },
  { kind: 'question', pattern: /^(?:问|提问|记者|q(?:uestion)?)\s*(?:\d{1,3}\s*)?[：:.．]/i, isCounted: false },
  { kind: 'arabic', pattern: /^(\d{1,3})\s*[.．、](?![\d%])/, isCounted: true },
  { kind: 'arabic-paren', pattern: /^[（(]?(\d{1,3})[）)]/, isCounted: true },
]

/**
 * Finds the headings of a text by the page's own marks, by numbering (`一、`, `（一）`, `1.`, `第…章`, `问：`) and by
 * lines that are bold as a whole. Numbers have to rise from 0 or 1 to be believed, and lines that follow each other
 * closely are a list. Linear in the number of lines; never throws.
 */
export function findHeadings(lines: readonly TextLine[]): Heading[] {
  const candidates = lines.flatMap((line, index) => findCandidate(line, index) ?? [])
  const starts = startsOf(lines)
  const kept = candidates.filter(isBelieved(candidates, starts))
  const ranks = [...new Set(kept.map(({ rank }) => rank))].sort((a, b) => a - b)
  return kept.map(({ line, title, rank }) => ({ line, title, level: ranks.indexOf(rank) + 1 }))
}

function findCandidate({ text, markedLevel, isBold }: TextLine, line: number): Candidate | undefined {
  const words = text.slice(0, LOOKED_AT).replace(/\s+/gu, ' ').trim()
  if (!words) return undefined
  // Ranks of the page's own marks lie below those of numbers by a fraction: `<h2>` stands inside `<h1>`.
  if (markedLevel) return { line, kind: 'marked', rank: markedLevel / 10, title: titleOf(words) }
  for (const { kind, pattern, isCounted } of PATTERNS) {
    const match = pattern.exec(words)
    if (!match) continue
    const number = isCounted ? parseNumber(match[1]!) : undefined
    if (isCounted && number === undefined) continue
    return {
      line,
      kind,
      rank: RANKS[kind],
      title: titleOf(words, match[0].length),
      ...(number !== undefined && { number }),
    }
  }
  const isTitle = isBold && words.length <= LONGEST_BOLD_LINE && /\p{L}/u.test(words)
  return isTitle ? { line, kind: 'bold', rank: RANKS.bold, title: titleOf(words) } : undefined
}

/** Up to the end of the first sentence that follows the number. */
function titleOf(words: string, numberLength = 0): string {
  const end = words.slice(numberLength).search(/[。！？!?；;]|[.](?=\s|$)/u)
  const isQuestion = end >= 0 && /[？?]/.test(words[numberLength + end]!)
  const sentence = end > 0 ? words.slice(0, numberLength + end + (isQuestion ? 1 : 0)) : words
  if (sentence.length <= LONGEST_TITLE) return sentence
  return `${sentence.slice(0, LONGEST_TITLE - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

/** Which candidates count: of each kind those whose numbers go on from one another, unless they stand as a list does. */
function isBelieved(candidates: readonly Candidate[], starts: readonly number[]): (candidate: Candidate) => boolean {
  const believed = new Set<Candidate>()
  for (const run of runsOf(candidates)) {
    const [first] = run
    const isCounted = first!.number !== undefined
    const isAlone = run.length < 2 && first!.kind !== 'marked' && first!.kind !== 'chapter' && first!.kind !== 'part'
    if (isAlone && isCounted) continue
    if (isListLike(first!.kind) && averageSection(run, starts) < SHORTEST_SECTION) continue
    for (const candidate of run) believed.add(candidate)
  }
  return (candidate) => believed.has(candidate)
}

/** Small numbers also count the items of lists; the others only ever begin sections. */
function isListLike(kind: Kind): boolean {
  return kind === 'arabic' || kind === 'arabic-paren' || kind === 'han-paren' || kind === 'bold'
}

/** Candidates of one kind in a row: numbers that rise by one, or begin anew; what is not counted is one run. */
function runsOf(candidates: readonly Candidate[]): Candidate[][] {
  const open = new Map<Kind, Candidate[]>()
  const runs: Candidate[][] = []
  for (const candidate of candidates) {
    const run = open.get(candidate.kind)
    const last = run?.at(-1)
    const goesOn =
      run !== undefined &&
      (candidate.number === undefined ||
        candidate.number === last!.number! + 1 ||
        candidate.number === last!.number! + 2)
    if (goesOn) run.push(candidate)
    else if (candidate.number === undefined || candidate.number <= 1 || isNamed(candidate.kind)) {
      const begun = [candidate]
      open.set(candidate.kind, begun)
      runs.push(begun)
    }
  }
  return runs
}

/** `第三章` is a heading whatever stood before it: a post may hold the third chapter alone. */
function isNamed(kind: Kind): boolean {
  return kind === 'chapter' || kind === 'part' || kind === 'section'
}

/** From one to the next; what follows the last tells nothing, a list stands in front of other text too. */
function averageSection(run: readonly Candidate[], starts: readonly number[]): number {
  const last = run.at(-1)!
  if (run.length < 2) return starts.at(-1)! - starts[last.line]!
  return (starts[last.line]! - starts[run[0]!.line]!) / (run.length - 1)
}

/** Where each line begins in the text as a whole, and where the text ends. */
function startsOf(lines: readonly TextLine[]): number[] {
  const starts = [0]
  for (const { text } of lines) starts.push(starts.at(-1)! + text.length)
  return starts
}

const DIGITS: Readonly<Record<string, number>> = {
  〇: 0,
  零: 0,
  一: 1,
  二: 2,
  三: 3,
  四: 4,
  五: 5,
  六: 6,
  七: 7,
  八: 8,
  九: 9,
}
const ROMAN: Readonly<Record<string, number>> = { i: 1, v: 5, x: 10, l: 50 }

/** Reads `12`, `十二`, `一百零三` or `xii`; undefined for what is none of them. */
function parseNumber(digits: string): number | undefined {
  if (/^\d+$/.test(digits)) return Number(digits)
  if (/^[ivxl]+$/i.test(digits)) return parseRoman(digits.toLowerCase())
  let sum = 0
  let digit: number | undefined
  for (const sign of digits) {
    if (sign === '百' || sign === '十') {
      sum += (digit ?? 1) * (sign === '百' ? 100 : 10)
      digit = undefined
    } else digit = DIGITS[sign]
  }
  return sum + (digit ?? 0)
}

function parseRoman(digits: string): number {
  let sum = 0
  let before = 0
  for (const sign of [...digits].reverse()) {
    const value = ROMAN[sign]!
    sum += value < before ? -value : value
    before = Math.max(before, value)
  }
  return sum
}
