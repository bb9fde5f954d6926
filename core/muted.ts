import { foldLine, foldText } from './search/fold-text.ts'

/** Whose posts and which words the reader does not want to see. */
export interface Muted {
  readonly authors: readonly MutedAuthor[]
  readonly words: readonly string[]
}

/** An author of one forum: elsewhere another may have the name. */
export interface MutedAuthor {
  readonly host: string
  readonly name: string
}

/** More would slow every page down for no reader's good. */
export const MOST_MUTED = 1000
const LONGEST_NAME = 100
const LONGEST_HOST = 253

export const NOBODY_MUTED: Muted = { authors: [], words: [] }

/** Reads a stored or imported value; what is no name or word is left out, and of those that are alike all but one. */
export function parseMuted(value: unknown): Muted {
  const { authors, words } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  return {
    authors: unlike(listOf(authors).flatMap((each) => parseMutedAuthor(each) ?? [])),
    words: unlike(listOf(words).flatMap((each) => parseMutedWord(each) ?? [])),
  }
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value.slice(0, MOST_MUTED) : []
}

function unlike<Item>(parsed: readonly { item: Item; key: string }[]): Item[] {
  return [...new Map(parsed.map(({ item, key }) => [key, item])).values()]
}

/** An author as one may be muted, and what is the same for those who are alike; undefined where it is none. */
export function parseMutedAuthor(value: unknown): { item: MutedAuthor; key: string } | undefined {
  const { host, name } = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  if (typeof host !== 'string' || typeof name !== 'string') return undefined
  const shown = name.replace(/\s+/g, ' ').trim()
  const isHost = host.length <= LONGEST_HOST && /^[\w.-]+(?::\d{1,5})?$/.test(host)
  const folded = foldLine(shown)
  if (!isHost || folded === '' || shown.length > LONGEST_NAME) return undefined
  const author = { host: host.toLowerCase(), name: shown }
  return { item: author, key: `${author.host}\n${folded}` }
}

/** A word as it may be muted, white space run together; undefined where nothing of it could be found in a text. */
export function parseMutedWord(value: unknown): { item: string; key: string } | undefined {
  if (typeof value !== 'string') return undefined
  const word = value.replace(/\s+/g, ' ').trim()
  const key = foldText(word)
  return key !== '' && word.length <= LONGEST_NAME ? { item: word, key } : undefined
}

/** Says of names and texts of one forum whether they are muted. */
export interface MuteJudge {
  hasAuthor: (name: string) => boolean
  /** The muted word that stands in a text, as the reader wrote it; absent where no words are muted. */
  findWord?: (text: string) => string | undefined
}

/**
 * Makes a judge of what is muted on a host. Names and words are compared as the search folds them; a word of letters is
 * not found inside of another.
 */
export function createMuteJudge({ authors, words }: Muted, host: string): MuteJudge {
  const names = new Set(authors.filter((author) => author.host === host).map(({ name }) => foldLine(name)))
  const byFolded = new Map(words.map((word) => [foldText(word), word]))
  // The longest first: of two that begin alike the whole one is told.
  const folded = [...byFolded.keys()].toSorted((a, b) => b.length - a.length)
  const hasAuthor = (name: string) => names.size > 0 && names.has(foldLine(name))
  if (folded.length === 0) return { hasAuthor }
  const pattern = new RegExp(folded.map(patternOf).join('|'), 'u')
  const findWord = (text: string) => {
    const [found] = pattern.exec(foldText(text)) ?? []
    return found === undefined ? undefined : byFolded.get(found)
  }
  return { hasAuthor, findWord }
}

/** Letters of scripts that part their words by spaces. */
const LETTER = '[0-9a-z\\u00df-\\u052f]'

function patternOf(word: string): string {
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&')
  const isLetter = new RegExp(LETTER, 'u')
  const before = isLetter.test(word[0]!) ? `(?<!${LETTER})` : ''
  const after = isLetter.test(word.at(-1)!) ? `(?!${LETTER})` : ''
  return before + escaped + after
}

/** What is muted with one author more or less. */
export function withAuthor(muted: Muted, author: MutedAuthor, isMuted: boolean): Muted {
  const key = ({ host, name }: MutedAuthor) => `${host}\n${foldLine(name)}`
  const others = muted.authors.filter((each) => key(each) !== key(author))
  return { ...muted, authors: isMuted ? [...others, author] : others }
}

/** What is muted with one word more or less. */
export function withWord(muted: Muted, word: string, isMuted: boolean): Muted {
  const others = muted.words.filter((each) => foldText(each) !== foldText(word))
  return { ...muted, words: isMuted ? [...others, word] : others }
}
