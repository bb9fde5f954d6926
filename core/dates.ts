import type { LocalDate } from './dates/absolute.ts'
import { findClock, findDate, isRealDate } from './dates/absolute.ts'
import { parseAgo } from './dates/relative.ts'
import { findDaysAgo, findWeekday, plainWords } from './dates/words.ts'
import { formatOffset, offsetAt, offsetOfLocal } from './dates/zone.ts'

/** What a page's time is read against. */
export interface TimeOptions {
  /** When the page was read; without it times told by their distance from then (`昨天`, `2 hours ago`) stay unknown. */
  readAt?: Date | undefined
  /** The clock that the page tells times by: `+08:00`, or a zone's name; left out where the page does not tell it. */
  zone?: string | undefined
  /** How the page writes dates whose numbers alone do not tell: `mdy` for 11/02/2024 in November. */
  order?: DateOrder | undefined
}

export type DateOrder = 'dmy' | 'mdy' | 'ymd'

const DAY = 86_400_000

/**
 * Reads a time in a page's own words into ISO 8601: `2023-12-17T11:23:00+08:00` where the zone is known, without offset
 * where it is not, `2023-12-17` where the page tells the day alone. Undefined for what tells no time, or a day or an
 * hour that does not exist, or an order of day and month that nothing tells.
 *
 * Spans (`2 hours ago`) become instants, to the minute: in the page's zone, else in UTC. Day words (`昨天 22:40`) are
 * counted from `readAt` in the page's zone, else in that of the machine, for a forum shows its reader's days.
 */
export function parseTime(text: string, { readAt, zone, order }: TimeOptions = {}): string | undefined {
  const words = plainWords(text)
  const clock = findClock(words)
  if (clock === 'invalid') return undefined
  const seconds = clock ? undefined : parseAgo(words)
  if (seconds !== undefined) return readAt && writeInstant(minuteOf(readAt.getTime() - seconds * 1000), zone)
  const rest = clock?.rest ?? words
  const told = findDate(rest, order, readAt)
  if (told === 'invalid') return undefined
  const date = told ?? (readAt && findNamedDay(rest, readAt, zone, clock !== undefined))
  if (!date) return undefined
  if (!clock) return writeDate(date)
  return writeLocal(Date.UTC(date.year, date.month - 1, date.day, ...clock.time), clock.offset ?? zone)
}

/** An instant in seconds since 1970, as pages give it to scripts; in a zone's clock where one is given, else in UTC. */
export function timeFromEpoch(seconds: number | string | undefined, zone?: string): string | undefined {
  const number = typeof seconds === 'string' ? (/^\d{9,11}$/.test(seconds.trim()) ? Number(seconds) : NaN) : seconds
  return number === undefined ? undefined : writeInstant(Math.floor(number) * 1000, zone)
}

/**
 * The order of day and month that dates of one page agree on: a number above 12 can be no month. Undefined where no
 * date tells, or where they contradict each other.
 */
export function findDateOrder(texts: Iterable<string>): DateOrder | undefined {
  const found = new Set<DateOrder>()
  for (const text of texts) {
    const [, first, second] = /(?<!\d)(\d{1,2})[-/.](\d{1,2})[-/.](?:\d{4}|\d\d)(?!\d)/.exec(plainWords(text)) ?? []
    if (Number(first) > 12) found.add('dmy')
    else if (Number(second) > 12) found.add('mdy')
  }
  return found.size === 1 ? [...found][0] : undefined
}

/** Today, yesterday, or the last day of that name; the last two only beside an hour, for they are words of prose too. */
function findNamedDay(text: string, readAt: Date, zone: string | undefined, hasClock: boolean): LocalDate | undefined {
  const now = readAt.getTime()
  const offset = (zone === undefined ? undefined : offsetAt(zone, now)) ?? -readAt.getTimezoneOffset()
  const today = now + offset * 60_000
  const daysAgo = findDaysAgo(text)
  if (daysAgo !== undefined) return dateOf(today - daysAgo * DAY)
  if (!hasClock) return undefined
  for (const [word] of text.matchAll(/\p{L}+/gu)) {
    const weekday = findWeekday(word)
    if (weekday === undefined) continue
    const back = (new Date(today).getUTCDay() - weekday + 7) % 7
    return dateOf(today - (back === 0 ? 7 : back) * DAY)
  }
  return undefined
}

function dateOf(local: number): LocalDate {
  const date = new Date(local)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function minuteOf(instant: number): number {
  return Math.floor(instant / 60_000) * 60_000
}

function writeDate(date: LocalDate): string | undefined {
  if (!isRealDate(date)) return undefined
  return new Date(Date.UTC(date.year, date.month - 1, date.day)).toISOString().slice(0, 10)
}

function writeLocal(local: number, zone: string | undefined): string {
  const offset = zone === undefined ? undefined : offsetOfLocal(zone, local)
  return new Date(local).toISOString().slice(0, 19) + (offset === undefined ? '' : formatOffset(offset))
}

function writeInstant(instant: number, zone = '+00:00'): string | undefined {
  if (!(instant > 0 && instant < 4e12)) return undefined
  const offset = offsetAt(zone, instant) ?? 0
  return new Date(instant + offset * 60_000).toISOString().slice(0, 19) + formatOffset(offset)
}
