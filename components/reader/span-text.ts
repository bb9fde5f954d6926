import { i18n } from '#i18n'
import type { Timeline, TimelineBar } from '../../core/thread-timeline.ts'
import { formatCount } from '../../locales/format-length.ts'

const DAY = 86_400_000

/** Writes the span of a bar as the forum's calendar has it: `2020-04-14`, `2020-04`, `2020-04 – 2020-06`. */
export function spanText({ start, end }: TimelineBar, unit: Timeline['unit']): string {
  if (unit === 'hour') return `${start.replace('T', ' ')}:00`
  if (unit === 'day') return start
  const last = new Date(Date.parse(end) - DAY).toISOString().slice(0, 10)
  if (unit === 'month') return start.slice(0, 7)
  if (unit === 'year') return start.slice(0, 4)
  const digits = unit === 'week' ? 10 : unit === 'quarter' ? 7 : 4
  return `${start.slice(0, digits)} – ${last.slice(0, digits)}`
}

/** Writes where the first of some bars begins and where the last ends. */
export function spanEnds(first: TimelineBar, last: TimelineBar, unit: Timeline['unit']): [from: string, to: string] {
  return [spanText(first, unit).split(' – ')[0]!, spanText(last, unit).split(' – ').at(-1)!]
}

/** Writes how long nobody wrote, in the unit that says it in few words. */
export function gapText(days: number): string {
  if (days >= 700) return i18n.t('overview.years', Math.round(days / 365.25), [formatCount(days / 365.25)])
  if (days >= 60) return i18n.t('overview.months', Math.round(days / 30.44), [formatCount(days / 30.44)])
  return i18n.t('overview.days', days, [formatCount(days)])
}
