import type { LocalDate } from './absolute.ts'

/** The calendar of Iran and Afghanistan, in which forums there tell their dates: 1393-5-20 was 2014-08-11. */

/** The months' names, the first that of spring, in the form of `plainWords`. */
const MONTHS = 'فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند'.split(' ')

/** Years of 366 days, by their place in a cycle of 33. */
const LONG_YEARS: readonly number[] = [1, 5, 9, 13, 17, 22, 26, 30]

/** A year whose first day was 21 March 2021, and from which the others are counted. */
const KNOWN = { year: 1400, start: Date.UTC(2021, 2, 21) }

const DAY = 86_400_000

/** True for years that forums have had in this calendar, and in no other. */
export function isPersianYear(year: number): boolean {
  return year >= 1359 && year <= 1479
}

/** The same day in the common calendar; undefined for a day that does not exist. */
export function fromPersian({ year, month, day }: LocalDate): LocalDate | undefined {
  const length = month <= 6 ? 31 : month < 12 || isLong(year) ? 30 : 29
  if (month < 1 || month > 12 || day < 1 || day > length) return undefined
  let days = (month - 1) * 30 + Math.min(month - 1, 6) + day - 1
  for (let from = year; from < KNOWN.year; from++) days -= isLong(from) ? 366 : 365
  for (let from = KNOWN.year; from < year; from++) days += isLong(from) ? 366 : 365
  const date = new Date(KNOWN.start + days * DAY)
  return { year: date.getUTCFullYear(), month: date.getUTCMonth() + 1, day: date.getUTCDate() }
}

function isLong(year: number): boolean {
  return LONG_YEARS.includes(year % 33)
}

/** `شنبه ۲۰ مرداد ۱۳۹۳`, `مرداد ۲۰, ۱۳۹۳`: a day, a month by its name and a year, still in this calendar. */
export function findPersianName(text: string): LocalDate | undefined {
  const words = [
    ...text
      .replaceAll('ي', 'ی')
      .replaceAll('ك', 'ک')
      .matchAll(/\d+|\p{L}+/gu),
  ].map(([word]) => word)
  const at = words.findIndex((word) => MONTHS.includes(word))
  const year = words.map(Number).find(isPersianYear)
  const day = [words[at - 1], words[at + 1]].find((word) => /^\d{1,2}$/.test(word ?? ''))
  if (at < 0 || year === undefined || day === undefined) return undefined
  return { year, month: MONTHS.indexOf(words[at]!) + 1, day: Number(day) }
}
