/** The three directives of a dump: which lines are one (rules 1 and 2), and how a text line avoids it (rule 3). */
import { DATETIME_LENGTH, isDatetime, isDatetimeShape, isToken } from './fields.ts'

export interface ThreadLine {
  kind: 'thread'
  board: string
  id: string
  author: string
  createdAt: string
  lastAuthor: string
  lastAt: string
}

export interface PostLine {
  kind: 'post'
  id: string
  username: string
  /** Undefined where the line has none, empty where it has two spaces in its place. */
  nickname: string | undefined
  postedAt: string
}

export interface QuoteLine {
  kind: 'quote'
  username: string
}

export type Directive = ThreadLine | PostLine | QuoteLine

type DateCheck = (text: string) => boolean

const POST_ID = /^\d+$/

/** The directive that a whole line (without its end) is, its tokens and datetimes as written; undefined for text. */
export function findDirective(line: string): Directive | undefined {
  return readDirective(line, isDatetime)
}

/** True for a line that is a `#t` or `#p` but for a date that is in no calendar. */
export function hasImpossibleDate(line: string): boolean {
  return findDirective(line) === undefined && readDirective(line, isDatetimeShape) !== undefined
}

/** True for a text line that was written with a backslash that reading takes away. */
export function isEscapedLine(line: string): boolean {
  return line.startsWith('\\') && isGuardedLine(line)
}

/** Text lines as they stand in a dump: one more backslash for a line that would be read otherwise. */
export function escapeLines(text: string): string {
  if (!text.includes('#')) return text
  return text.replace(/^\\*#[tpq][^\n]*/gm, (line, at: number) => {
    // With `m`, `^` also matches after CR and U+2028; only a line feed ends a line of a dump.
    const isLineStart = at === 0 || text.charCodeAt(at - 1) === LINE_FEED
    return isLineStart && isGuardedLine(line) ? `\\${line}` : line
  })
}

const LINE_FEED = 0x0a

function isGuardedLine(line: string): boolean {
  return findDirective(line.replace(/^\\+/, '')) !== undefined
}

function readDirective(line: string, isDate: DateCheck): Directive | undefined {
  if (line.startsWith('#p ')) return readPostLine(line, isDate)
  if (line.startsWith('#t ')) return readThreadLine(line, isDate)
  if (!line.startsWith('#quote ')) return undefined
  const username = line.slice('#quote '.length)
  return isToken(username) ? { kind: 'quote', username } : undefined
}

function readThreadLine(line: string, isDate: DateCheck): ThreadLine | undefined {
  const [, board, id, author, day, time, lastAuthor, lastDay, lastTime, tooMuch] = line.split(' ', 10)
  if (!board || !id || !author || !lastAuthor || lastTime === undefined || tooMuch !== undefined) return undefined
  const createdAt = `${day} ${time}`
  const lastAt = `${lastDay} ${lastTime}`
  if (!isDate(createdAt) || !isDate(lastAt) || ![board, id, author, lastAuthor].every(isToken)) return undefined
  return { kind: 'thread', board, id, author, createdAt, lastAuthor, lastAt }
}

/** Read from both ends: what stands between the username and the last two tokens is the nickname. */
function readPostLine(line: string, isDate: DateCheck): PostLine | undefined {
  const postedAt = line.slice(-DATETIME_LENGTH)
  if (!isDate(postedAt)) return undefined
  const idEnd = line.indexOf(' ', 3)
  const id = line.slice(3, idEnd)
  if (!POST_ID.test(id)) return undefined
  const userEnd = line.indexOf(' ', idEnd + 1)
  const username = line.slice(idEnd + 1, userEnd)
  const rest = line.length - DATETIME_LENGTH - 1
  if (userEnd > rest || line.charCodeAt(rest) !== 0x20 || !isToken(username)) return undefined
  const nickname = userEnd === rest ? undefined : line.slice(userEnd + 1, rest)
  return { kind: 'post', id, username, nickname, postedAt }
}
