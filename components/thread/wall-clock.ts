import { uiLocale } from '../ui-locale.ts'

/**
 * Writes a time of the model as the site's own clock showed it, to the minute: `2020-04-14 22:27`. The reader's time
 * zone is left out on purpose: a thread's times are compared with each other and with the forum. What is no time of the
 * model is given back as it is.
 */
export function wallClock(time: string): string {
  const parts = /^(\d{4,6}-\d\d-\d\d)T(\d\d:\d\d)/.exec(time)
  return parts ? `${parts[1]} ${parts[2]}` : time
}

/** Writes a time of the day on the reader's own clock, for what will happen to them: `22:05`. */
export function clockTime(time: string): string {
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) return time
  return moment.toLocaleTimeString(uiLocale() || undefined, { timeStyle: 'short' })
}

/** Made when first needed: making one takes longer than writing a whole page of days. */
let dayFormat: Intl.DateTimeFormat | undefined

/** Writes a day on the reader's own calendar, for what the reader did: `2026年11月22日`. */
export function ownDay(time: string): string {
  const moment = new Date(time)
  if (Number.isNaN(moment.getTime())) return time
  dayFormat ??= new Intl.DateTimeFormat(uiLocale() || undefined, { dateStyle: 'medium' })
  return dayFormat.format(moment)
}
