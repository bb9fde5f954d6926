import type { DateOrder } from '../dates.ts'
import { findMonth, findWeekday } from './words.ts'
import { fromPersian, findPersianName, isPersianYear } from './persian.ts'
import { parseOffset } from './zone.ts'

/** A day of the page's calendar; `month` is 1 to 12. */
export interface LocalDate {
  year: number
  month: number
  day: number
}

interface Clock {
  time: [hour: number, minute: number, second: number]
  /** `±hh:mm`, where it stands beside the time. */
  offset?: string
  /** The text without the time. */
  rest: string
}

const CLOCK =
  /(上午|下午|凌晨|早上|中午|晚上|午前|午後|오전|오후)?\s?(?<![\d:])t?(\d{1,2})\s?[:時时点點시h]\s?(\d{2})(?!\d)(?:\s?[:分분]\s?(\d{2})(?!\d))?\s?[秒초]?(?:[.,]\d{1,9})?(?:\s?([ap])\.?\s?m\b\.?)?(?:\s?(z\b|(?:gmt|utc)?\s?[+-]\d{1,2}:?\d{2}(?!\d)|(?:gmt|utc)(?:\s?[+-]\d{1,2}(?![\d:]))?))?/

/** Finds the hour in a text in the form of `plainWords`; 'invalid' for one that no clock shows. */
export function findClock(text: string): Clock | 'invalid' | undefined {
  const match = CLOCK.exec(text)
  if (!match) return undefined
  const [whole, before, hours, minutes, seconds, letter, zone] = match
  const half =
    letter ?? (before === undefined ? findPersianHalf(text) : /上午|凌晨|早上|午前|오전/.test(before) ? 'a' : 'p')
  const hour = hourOf(Number(hours), half)
  const time: Clock['time'] = [hour, Number(minutes), Number(seconds ?? 0)]
  if (hour > 23 || time[1] > 59 || time[2] > 59) return 'invalid'
  const offset = zone === undefined ? undefined : parseOffset(zone)
  const rest = `${text.slice(0, match.index)} ${text.slice(match.index + whole.length)}`
  return { time, rest, ...(offset !== undefined && { offset }) }
}

/** `ق.ظ` before noon, `ب.ظ` after it, shortened or in full; they stand behind the hour. */
function findPersianHalf(text: string): 'a' | 'p' | undefined {
  const [, word] = /(?<!\p{L})([قب])(?:\.ظ|بل از ظهر|عد از ظهر)/u.exec(text) ?? []
  if (word === undefined) return undefined
  return word === 'ق' ? 'a' : 'p'
}

/** 12 am is midnight, 12 pm noon; `下午 15:04` is met as well and means what it says. */
function hourOf(hour: number, half: string | undefined): number {
  if (half === 'a') return hour === 12 ? 0 : hour
  return half === 'p' && hour < 12 ? hour + 12 : hour
}

/**
 * Finds a date in a text without its hour. A year that is left out is the last in which the day was past at `readAt`.
 * 'invalid' for a day that does not exist, or whose numbers could be read in two ways with nothing to tell which.
 */
export function findDate(
  text: string,
  order: DateOrder | undefined,
  readAt: Date | undefined,
): LocalDate | 'invalid' | undefined {
  const found =
    findYearFirst(text) ??
    findNumbers(text, order, readAt) ??
    findPersianName(text) ??
    findMonthName(text, readAt) ??
    findShort(text, order, readAt)
  if (!found || found === 'invalid') return found
  const date = isPersianYear(found.year) ? fromPersian(found) : found
  return date && isRealDate(date) ? date : 'invalid'
}

/** True for a day that a forum can have had: none from before forums, and none of a calendar that counts otherwise. */
export function isRealDate({ year, month, day }: LocalDate): boolean {
  if (!(year >= 1980 && year <= 2100)) return false
  const date = new Date(Date.UTC(year, month - 1, day))
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day
}

/** `2023-12-17`, `2023/12/17`, `2023.12.17`, `2023年12月17日`, `2023년 12월 17일`. */
function findYearFirst(text: string): LocalDate | undefined {
  const match = /(?<!\d)(\d{4})\s?[-/.年년]\s?(\d{1,2})\s?[-/.月월]\s?(\d{1,2})(?!\d)/.exec(text)
  return match ? { year: Number(match[1]), month: Number(match[2]), day: Number(match[3]) } : undefined
}

/** `17.12.2023`, `12/17/2023`, `17-12-23`: a number above 12 is the day; dots are written day first everywhere. */
function findNumbers(
  text: string,
  order: DateOrder | undefined,
  readAt: Date | undefined,
): LocalDate | 'invalid' | undefined {
  const match = /(?<![\d.])(\d{1,2})([-/.])\s?(\d{1,2})\2\s?(\d{4}|\d{2})(?!\d)/.exec(text)
  if (!match) return undefined
  const [first, second] = [Number(match[1]), Number(match[3])]
  if (order === 'ymd' && match[4]!.length === 2) {
    return { year: fullYear(first, readAt), month: second, day: Number(match[4]) }
  }
  const year = match[4]!.length === 4 ? Number(match[4]) : fullYear(Number(match[4]), readAt)
  const isDayFirst =
    first > 12 ? true : second > 12 ? false : first === second || match[2] === '.' ? true : order && order === 'dmy'
  if (isDayFirst === undefined) return 'invalid'
  return isDayFirst ? { year, month: second, day: first } : { year, month: first, day: second }
}

function fullYear(short: number, readAt: Date | undefined): number {
  const now = readAt?.getUTCFullYear() ?? 2099
  return 2000 + short <= now + 1 ? 2000 + short : 1900 + short
}

/** `Sun Dec 17, 2023`, `17. Dezember 2023`, `17 de diciembre de 2023`, `Fri Mar 25 2016`, `30th March 2025`, `Dec 17`. */
function findMonthName(text: string, readAt: Date | undefined): LocalDate | undefined {
  const words = [...text.matchAll(/\d+|\p{L}+/gu)].map(([word]) => word)
  const isDay = (word: string | undefined) => word !== undefined && /^\d{1,2}$/.test(word)
  const names = words.flatMap((word, at) => {
    if (word.length < 3 || word.length > 12 || /^\d/.test(word) || findWeekday(word) !== undefined) return []
    const month = [at - 2, at - 1, at + 1].some((near) => isDay(words[near])) ? findMonth(word) : undefined
    return month === undefined ? [] : [{ month, at }]
  })
  // «mar» is also how Romance languages shorten Tuesday: another month's name beside it is the month.
  const name = names.find(({ month }) => month !== 3) ?? names.at(-1)
  if (!name) return undefined
  const numbers = words.flatMap((word, at) => (/^\d+$/.test(word) ? [{ word, at }] : []))
  const years = numbers.filter(({ word }) => word.length === 4)
  const days = numbers.filter(({ word }) => word.length <= 2 && Number(word) >= 1)
  const day = days.toSorted((a, b) => Math.abs(a.at - name.at) - Math.abs(b.at - name.at))[0]
  if (!day) return undefined
  const short = years.length ? undefined : days.find(({ at }) => at > name.at && at > day.at && at - name.at <= 3)
  const year = years[0]?.word ?? short?.word
  if (year === undefined) return withYear(name.month, Number(day.word), readAt)
  return {
    year: year.length === 4 ? Number(year) : fullYear(Number(year), readAt),
    month: name.month,
    day: Number(day.word),
  }
}

/** `12月17日`, and `12-17` on pages that write the month first. */
function findShort(text: string, order: DateOrder | undefined, readAt: Date | undefined): LocalDate | undefined {
  const match =
    /(?<!\d)(\d{1,2})\s?[月월]\s?(\d{1,2})\s?[日일号]?/.exec(text) ??
    (order === 'ymd' ? /(?<![\d-])(\d{1,2})[-/](\d{1,2})(?![\d-])/.exec(text) : null)
  return match ? withYear(Number(match[1]), Number(match[2]), readAt) : undefined
}

/** A day without its year: the last one that was not after the page was read, a day's leeway for its zone. */
function withYear(month: number, day: number, readAt: Date | undefined): LocalDate | undefined {
  if (!readAt) return undefined
  const latest = readAt.getTime() + 86_400_000
  const year = new Date(latest).getUTCFullYear()
  return { year: Date.UTC(year, month - 1, day) <= latest ? year : year - 1, month, day }
}
