/** A forum that asks for more than a day is asked again after a day: its clock may be wrong. In milliseconds. */
const LONGEST_WAIT = 24 * 3600 * 1000

/** The longest pause that we choose by ourselves, in milliseconds. */
const LONGEST_BACKOFF = 10 * 60 * 1000

/**
 * How long a `Retry-After` header asks to wait, in milliseconds from `now`, at most a day: seconds, or a date of HTTP.
 * Undefined where the header is missing or says nothing.
 */
export function parseRetryAfter(value: string | null, now: number): number | undefined {
  const text = value?.trim() ?? ''
  // A date of HTTP begins with the day's name; `Date.parse` takes much that is none.
  const wait = /^\d{1,12}$/.test(text)
    ? Number(text) * 1000
    : /^[A-Z][a-z]{2,8},? .{10,40}$/.test(text)
      ? Date.parse(text) - now
      : Number.NaN
  return Number.isNaN(wait) ? undefined : Math.min(LONGEST_WAIT, Math.max(0, wait))
}

/** The pause after some failures in succession (1 or more), doubling from twice the usual `spacing`. All in milliseconds. */
export function backoffTime(failures: number, spacing: number): number {
  return Math.min(LONGEST_BACKOFF, spacing * 2 ** Math.min(failures, 20))
}
