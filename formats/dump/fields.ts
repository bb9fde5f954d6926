/**
 * The small parts of a directive line: names and ids (tokens without white space) and wall-clock times.
 *
 * What a token or a time cannot hold by itself is written so that any reader of the format still sees a token or a
 * time, and this one reads the same value back:
 *
 * - an empty or missing token is `\%`; one with white space is `\%` and the text with each white space character and
 *   each `%` as `%XXXX` (its UTF-16 code in hexadecimal): `张 三` is `\%张%0020三`
 *   (a name that has this very form gets one more backslash);
 * - a missing time is `0001-01-01 00:00:00`.
 */

const NO_TIME = '0001-01-01 00:00:00'
const MARK = '\\%'
const BACKSLASH = 0x5c
const MONTH_DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
const SHANGHAI_MILLISECONDS = 8 * 3_600_000
const WHITE_SPACE = /\s/

const ZERO = 0x30
const NINE = 0x39

/** Characters of a datetime: `YYYY-MM-DD HH:MM:SS`. */
export const DATETIME_LENGTH = 19

/** The codes of its characters that are no digits, by place. */
const SEPARATORS = Array.from('....-..-.. ..:..:..', (c) => (c === '.' ? undefined : c.charCodeAt(0)))

/** True for text that a token may be made of as it stands: not empty, no white space. */
export function isToken(text: string): boolean {
  return text !== '' && !WHITE_SPACE.test(text)
}

/** A name or id as a token, see the head of this file. `parseToken` gives the same text back, whatever it holds. */
export function formatToken(text: string): string {
  if (!isToken(text)) return encode(text)
  return isEscapable(text) ? `\\${text}` : text
}

/** The name or id that a token stands for: the token itself, unless it is one that only `formatToken` writes. */
export function parseToken(token: string): string {
  if (!isEscapable(token)) return token
  return token.startsWith(MARK) ? decode(token) : token.slice(1)
}

/** True for what `encode` writes, also behind more backslashes (then it is the text of a name that looks like that). */
function isEscapable(token: string): boolean {
  const start = token.charCodeAt(0) === BACKSLASH ? /^\\*(?=\\%)/.exec(token)?.[0].length : undefined
  if (start === undefined) return false
  const encoded = token.slice(start)
  const inner = decode(encoded)
  return !isToken(inner) && encode(inner) === encoded
}

function encode(text: string): string {
  return MARK + text.replace(/[\s%]/g, (c) => `%${c.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

function decode(token: string): string {
  return token
    .slice(MARK.length)
    .replace(/%([0-9a-f]{4})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
}

/** True for `YYYY-MM-DD HH:MM:SS`, whatever the digits say. */
export function isDatetimeShape(text: string): boolean {
  if (text.length !== DATETIME_LENGTH) return false
  for (let at = 0; at < DATETIME_LENGTH; at++) {
    const code = text.charCodeAt(at)
    const separator = SEPARATORS[at]
    if (separator === undefined ? code < ZERO || code > NINE : code !== separator) return false
  }
  return true
}

/** True for `YYYY-MM-DD HH:MM:SS` with a day that the calendar has and a time that a clock shows. */
export function isDatetime(text: string): boolean {
  if (!isDatetimeShape(text)) return false
  const year = twoDigits(text, 0) * 100 + twoDigits(text, 2)
  const month = twoDigits(text, 5)
  const day = twoDigits(text, 8)
  const isLeapYear = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0
  const days = month === 2 && !isLeapYear ? 28 : (MONTH_DAYS[month - 1] ?? 0)
  return day >= 1 && day <= days && twoDigits(text, 11) < 24 && twoDigits(text, 14) < 60 && twoDigits(text, 17) < 60
}

function twoDigits(text: string, at: number): number {
  return (text.charCodeAt(at) - ZERO) * 10 + text.charCodeAt(at + 1) - ZERO
}

/** The ISO 8601 time, with the site's offset, of a checked datetime; undefined for the one that stands for no time. */
export function parseDatetime(datetime: string): string | undefined {
  return datetime === NO_TIME ? undefined : `${datetime.slice(0, 10)}T${datetime.slice(11)}+08:00`
}

/**
 * The site's wall clock for an ISO 8601 time: a time with another offset is converted, one without an offset is taken
 * as it stands, fractions of a second are dropped, missing parts are zero. What is no time of the years 0000 to 9999
 * is written as a missing one.
 */
export function formatDatetime(time: string | undefined): string {
  const parts = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d)(:\d\d)?(?:[.,]\d+)?(Z|[+-]\d\d:?\d\d)?)?$/i.exec(time ?? '')
  if (!parts) return NO_TIME
  const [, day, minute = '00:00', second = ':00', offset = '+08:00'] = parts
  const wallClock = `${day} ${minute}${second}`
  if (!isDatetime(wallClock)) return NO_TIME
  return /^\+08:?00$/.test(offset) ? wallClock : toShanghai(wallClock, offset)
}

function toShanghai(wallClock: string, offset: string): string {
  const sign = offset.startsWith('-') ? -1 : 1
  const minutes = /^z$/i.test(offset) ? 0 : Number(offset.slice(1, 3)) * 60 + Number(offset.slice(-2))
  const utc = Date.parse(`${wallClock.replace(' ', 'T')}Z`) - sign * minutes * 60_000
  const iso = new Date(utc + SHANGHAI_MILLISECONDS).toISOString()
  return /^\d{4}-/.test(iso) ? `${iso.slice(0, 10)} ${iso.slice(11, 19)}` : NO_TIME
}
