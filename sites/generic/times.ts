import type { Element } from 'hast'
import { findDateOrder, parseTime, timeFromEpoch, type DateOrder } from '../../core/dates.ts'
import { attributeOf, propertyForm } from '../../dom/attributes.ts'
import type { Outline } from './outline.ts'

/** Where an element of the page tells a time, and in what: its words, or one of its attributes. */
export interface TimeMark {
  at: number
  attribute?: (typeof ATTRIBUTES)[number]
  /** ISO 8601, see `parseTime`. */
  time: string
}

/** What the page's times are read with. */
export interface PageClock {
  readAt: Date
  order?: DateOrder
}

/** Attributes in which pages tell times, the exact ones first. */
const ATTRIBUTES = [
  'datetime',
  'title',
  'data-time',
  'data-timestamp',
  'data-tippy-content',
  'data-original-title',
] as const

/** Texts that are tried; each costs some microseconds. */
const MOST_TEXTS = 12_000

/** Longest words that tell a time: «Posted by Ann on Sunday, 17 December 2023 at 11:23 am». */
const LONGEST = 90

/** Two numbers apart, or a word that tells a time by its distance: all else is not worth a try. */
const LIKELY =
  /\d\D{1,12}\d|\d.{0,12}ago\b|\d.{0,3}(?:前|전)|昨天|今天|前天|昨日|刚刚|剛剛|yesterday|today|just now|hier|gestern|ayer|hace|vor \d|назад|vor ein|an? (?:minute|hour|day|week|month|year) ago/i

/** Every element that tells a time, in page order, and the order of day and month that the page's dates show. */
export function findTimes(outline: Outline, readAt: Date): { marks: TimeMark[]; clock: PageClock } {
  const texts: { at: number; words: string }[] = []
  for (const [at, element] of outline.elements.entries()) {
    if (texts.length >= MOST_TEXTS) break
    const words = element.tagName === 'time' ? shortWords(element, true) : shortWords(element, false)
    if (words !== '' || ATTRIBUTES.some((name) => Object.hasOwn(element.properties, propertyForm(name).name)))
      texts.push({ at, words })
  }
  const order = findDateOrder(texts.map(({ words }) => words))
  const clock: PageClock = { readAt, ...(order && { order }) }
  return { marks: texts.flatMap(({ at, words }) => readMark(outline.elements[at]!, at, words, clock) ?? []), clock }
}

function readMark(element: Element, at: number, words: string, clock: PageClock): TimeMark | undefined {
  let found: TimeMark | undefined
  for (const attribute of ATTRIBUTES) {
    const told = attributeOf(element, attribute)
    if (told === undefined || told.length > LONGEST || !(LIKELY.test(told) || /^\d{10}$/.test(told))) continue
    const time = parseTime(told, clock) ?? timeFromEpoch(told)
    if (time === undefined) continue
    found ??= { at, attribute, time }
    // One that tells its zone is better than one that does not.
    if (/[+-]\d\d:\d\d$/.test(time)) return { at, attribute, time }
  }
  if (found) return found
  const time = words === '' ? undefined : readWords(words, clock)
  return time === undefined ? undefined : { at, time }
}

/** Where nothing tells the order of a page's dates, what looks like a date is one all the same. */
function readWords(words: string, { readAt, order }: PageClock): string | undefined {
  const short = /(?<![\d-])\d{1,2}-\d{1,2} \d{1,2}:\d\d/.test(words) ? 'ymd' : undefined
  return parseTime(words, { readAt, order: order ?? short ?? 'mdy' })
}

/** What stands right in an element, where that may tell a time; empty where not. */
function shortWords({ children }: Element, isTime: boolean): string {
  let words = ''
  for (const child of children) {
    if (child.type !== 'text') continue
    words += ` ${child.value}`
    if (words.length > LONGEST * 3) return ''
  }
  words = words.replace(/\s+/g, ' ').trim()
  return words.length >= 3 && words.length <= LONGEST && (isTime || LIKELY.test(words)) ? words : ''
}
