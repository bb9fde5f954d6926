/** A post as far as it tells when it was written. */
export interface TimedPost {
  readonly id: string
  /** ISO 8601, by the forum's clock; days are those of that clock. */
  readonly postedAt?: string | undefined
}

export type TimelineUnit = 'hour' | 'day' | 'week' | 'month' | 'quarter' | 'year' | 'years'

/** Posts of one span of time. */
export interface TimelineBar {
  /** The span's first day, `2020-04-14`, with the hour where bars are hours: `2020-04-14T22`. */
  start: string
  /** The first day of the span after it, written the same. */
  end: string
  count: number
  /** The first of its posts in the thread's order. */
  firstPostId: string
}

/** A time in which nobody wrote, too long to be drawn as empty bars. */
export interface TimelineGap {
  /** Whole days. */
  days: number
}

/** When a thread's posts were written. */
export interface Timeline {
  unit: TimelineUnit
  /** In order of time. Short empty spans are bars without posts, long ones are gaps. */
  parts: (TimelineBar | TimelineGap | TimelineRest)[]
  /** Posts without a time. */
  undated: number
}

/** One empty span between bars. */
export interface TimelineRest {
  count: 0
}

/** More parts than these are too thin to be told apart or hit. */
const MOST_PARTS = 60
/** Empty spans that are drawn as such; more are a gap. Of the hours of two days all are drawn. */
const MOST_RESTS = 4
const MOST_HOURS = 48

const HOUR = 3_600_000
const DAY = 24 * HOUR

/** When a post was written: the forum's clock as if it were that of UTC, in milliseconds. */
interface Moment {
  at: number
  id: string
  hasHour: boolean
}

/** A way to divide time: the number of the span in which a moment lies, and the moment at which a span begins. */
interface Division {
  unit: TimelineUnit
  numberOf: (moment: number) => number
  startOf: (number: number) => number
}

/**
 * Divides a thread's posts into spans of time: as short ones as can be drawn, hours to many years; times in which nobody
 * wrote for long take one part, however long. Undefined where no post has a time.
 */
export function buildTimeline(posts: Iterable<TimedPost>): Timeline | undefined {
  const moments: Moment[] = []
  let undated = 0
  for (const { id, postedAt } of posts) {
    const moment = readMoment(id, postedAt)
    if (moment) moments.push(moment)
    else undated++
  }
  if (moments.length === 0) return undefined
  for (const division of divisions(isOfHours(moments))) {
    const parts = divide(moments, division)
    if (parts.length <= MOST_PARTS) return { unit: division.unit, parts, undated }
  }
  throw new Error('Every thread fits into one span in the end.')
}

/** Whether a part is one that posts were written in. */
export function isBar(part: Timeline['parts'][number]): part is TimelineBar {
  return 'start' in part
}

/** Of the years 1 to 9999; a day or an hour that no calendar has tells nothing. */
const TIME = /^(?!0000)(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:T([01]\d|2[0-3])|$)/

function readMoment(id: string, time: string | undefined): Moment | undefined {
  const [, year, month, day, hour] = TIME.exec(time ?? '') ?? []
  if (year === undefined) return undefined
  const at = utc(Number(year), Number(month) - 1, Number(day)) + Number(hour ?? 0) * HOUR
  return { at, id, hasHour: hour !== undefined }
}

/** As `Date.UTC`, for which the years 0 to 99 are those of the twentieth century. */
function utc(year: number, month: number, day: number): number {
  return new Date(0).setUTCFullYear(year, month, day)
}

/** Whether all was written within two days, and the hour of each is told. */
function isOfHours(moments: readonly Moment[]): boolean {
  let [first, last] = [Infinity, -Infinity]
  for (const { at, hasHour } of moments) {
    if (!hasHour) return false
    first = Math.min(first, at)
    last = Math.max(last, at)
  }
  return last - first < MOST_HOURS * HOUR
}

/** From short spans to long ones, without end. */
function* divisions(withHours: boolean): Generator<Division> {
  if (withHours) yield everySo('hour', HOUR, 0)
  yield everySo('day', DAY, 0)
  // Weeks begin on Monday; the first of 1970 was a Thursday.
  yield everySo('week', 7 * DAY, 4 * DAY)
  yield everyMonths('month', 1)
  yield everyMonths('quarter', 3)
  yield everyMonths('year', 12)
  for (let power = 1; ; power *= 10) for (const digit of [2, 5, 10]) yield everyMonths('years', 12 * digit * power)
}

function everySo(unit: TimelineUnit, length: number, first: number): Division {
  return {
    unit,
    numberOf: (moment) => Math.floor((moment - first) / length),
    startOf: (number) => number * length + first,
  }
}

function everyMonths(unit: TimelineUnit, months: number): Division {
  return {
    unit,
    numberOf: (moment) => {
      const date = new Date(moment)
      return Math.floor((date.getUTCFullYear() * 12 + date.getUTCMonth()) / months)
    },
    startOf: (number) => utc(Math.floor((number * months) / 12), (number * months) % 12, 1),
  }
}

function divide(moments: readonly Moment[], division: Division): Timeline['parts'] {
  const { unit, numberOf, startOf } = division
  const bars = new Map<number, { count: number; firstPostId: string }>()
  for (const { at, id } of moments) {
    const number = numberOf(at)
    const bar = bars.get(number)
    if (bar) bar.count++
    else bars.set(number, { count: 1, firstPostId: id })
    // No need to look at the rest: this is more than can be drawn.
    if (bars.size > MOST_PARTS) break
  }
  const write = (number: number) => writeMoment(startOf(number), unit)
  const parts: Timeline['parts'] = []
  let before: number | undefined
  for (const [number, bar] of [...bars].sort(([a], [b]) => a - b)) {
    if (before !== undefined) parts.push(...between(before, number, division))
    parts.push({ start: write(number), end: write(number + 1), ...bar })
    before = number
  }
  return parts
}

function between(before: number, after: number, { unit, startOf }: Division): (TimelineGap | TimelineRest)[] {
  const rests = after - before - 1
  if (rests <= (unit === 'hour' ? MOST_HOURS : MOST_RESTS)) return Array.from({ length: rests }, () => ({ count: 0 }))
  return [{ days: Math.round((startOf(after) - startOf(before + 1)) / DAY) }]
}

function writeMoment(moment: number, unit: TimelineUnit): string {
  const date = new Date(moment)
  // The year 10000, at which the last span may end, has a sign and six digits in ISO.
  const day = `${String(date.getUTCFullYear()).padStart(4, '0')}-${date.toISOString().slice(-19, -14)}`
  return unit === 'hour' ? `${day}T${String(date.getUTCHours()).padStart(2, '0')}` : day
}
