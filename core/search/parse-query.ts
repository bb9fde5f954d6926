import { foldText } from './fold-text.ts'
import { parseQueryDay } from './query-days.ts'

/** What a search asks for. All texts are folded; of several names of one kind any will do, words must all be there. */
export interface SearchQuery {
  /** Words and phrases that must be there. */
  words: string[]
  /** Words and phrases that must not. */
  excluded: string[]
  authors: NameTest[]
  excludedAuthors: NameTest[]
  boards: NameTest[]
  excludedBoards: NameTest[]
  sites: NameTest[]
  excludedSites: NameTest[]
  /** From this minute on, and before that one, on the forum's clock; see `core/search/query-days.ts`. */
  after?: number
  before?: number
  /** Operators that were left out because their value is no date, as typed. */
  problems: string[]
}

/** A part of a name, or the whole of it where it stood in quotes. */
export interface NameTest {
  name: string
  isWhole: boolean
}

/** Longer queries are cut here: nobody types them. In UTF-16 units. */
const LONGEST_QUERY = 1000

const NAMES = { author: 'authors', board: 'boards', site: 'sites' } as const
const EXCLUDED_NAMES = { author: 'excludedAuthors', board: 'excludedBoards', site: 'excludedSites' } as const

const QUOTES = '"“”„‟＂'

/**
 * Reads what was typed. Words are parted by white space; `"…"` (also `“…”`) is a phrase, open to the end while it is
 * typed; `-` excludes; `author:` `board:` `site:` `before:` `after:` (also with `：`) look at other fields, and any
 * other word with a colon is a word. Operators without a value are left out. Never throws.
 */
export function parseQuery(typed: string): SearchQuery {
  const query = emptyQuery()
  for (const token of readTokens(typed.slice(0, LONGEST_QUERY))) addToken(query, token)
  return query
}

/** True when a query asks for nothing at all. */
export function isEmptyQuery(query: SearchQuery): boolean {
  const parts = Object.values({ ...query, problems: [] }) as (readonly unknown[] | number | undefined)[]
  return parts.every((part) => (typeof part === 'object' ? part.length === 0 : part === undefined))
}

/** True when a folded name is, or has, one of those asked for; true when none is asked for. */
export function matchesNames(tests: readonly NameTest[], names: readonly string[]): boolean {
  return tests.length === 0 || hasName(tests, names)
}

/** True when one of the folded names is, or has, one of those in the tests. */
export function hasName(tests: readonly NameTest[], names: readonly string[]): boolean {
  return tests.some(({ name, isWhole }) => names.some((each) => (isWhole ? each === name : each.includes(name))))
}

interface Token {
  isExcluded: boolean
  /** Name before the first colon, in small letters; empty where there is none. */
  operator: string
  /** What follows the colon; the whole word without one. */
  value: string
  isQuoted: boolean
  /** As typed, without the minus. */
  raw: string
}

function emptyQuery(): SearchQuery {
  return {
    words: [],
    excluded: [],
    authors: [],
    excludedAuthors: [],
    boards: [],
    excludedBoards: [],
    sites: [],
    excludedSites: [],
    problems: [],
  }
}

function* readTokens(typed: string): Generator<Token> {
  let at = 0
  while (at < typed.length) {
    if (isSpace(typed[at]!)) {
      at++
      continue
    }
    const start = at
    const isExcluded = '-－'.includes(typed[at]!) && at + 1 < typed.length && !isSpace(typed[at + 1]!)
    if (isExcluded) at++
    const operator = /^[a-z]+(?=[:：])/i.exec(typed.slice(at, at + 10))?.[0].toLowerCase() ?? ''
    const hasOperator = operator in NAMES || operator === 'before' || operator === 'after'
    const from = at
    if (hasOperator) at += operator.length + 1
    const isQuoted = at < typed.length && QUOTES.includes(typed[at]!)
    const { value, end } = isQuoted ? readQuoted(typed, at + 1) : readWord(typed, at)
    at = Math.max(end, start + 1)
    yield { isExcluded, operator: hasOperator ? operator : '', value, isQuoted, raw: typed.slice(from, at) }
  }
}

function readQuoted(typed: string, from: number): { value: string; end: number } {
  let end = from
  while (end < typed.length && !QUOTES.includes(typed[end]!)) end++
  return { value: typed.slice(from, end), end: end + 1 }
}

function readWord(typed: string, from: number): { value: string; end: number } {
  let end = from
  while (end < typed.length && !isSpace(typed[end]!)) end++
  return { value: typed.slice(from, end), end }
}

function isSpace(character: string): boolean {
  return /\s/.test(character)
}

function addToken(query: SearchQuery, { isExcluded, operator, value, isQuoted, raw }: Token): void {
  const name = foldText(value)
  if (!name) return
  if (operator === 'before' || operator === 'after') return addDay(query, operator, isExcluded, value, raw)
  if (operator) {
    const list = (isExcluded ? EXCLUDED_NAMES : NAMES)[operator as keyof typeof NAMES]
    if (!query[list].some((test) => test.name === name && test.isWhole === isQuoted))
      query[list].push({ name, isWhole: isQuoted })
    return
  }
  const list = isExcluded ? query.excluded : query.words
  if (!list.includes(name)) list.push(name)
}

/** Not before a day is from that day on, and the other way round; of several days the tightest counts. */
function addDay(query: SearchQuery, operator: 'before' | 'after', isExcluded: boolean, value: string, raw: string) {
  const minute = parseQueryDay(value)
  if (minute === undefined) query.problems.push(raw)
  else if ((operator === 'after') !== isExcluded) query.after = Math.max(query.after ?? minute, minute)
  else query.before = Math.min(query.before ?? minute, minute)
}
