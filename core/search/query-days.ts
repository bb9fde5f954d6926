/** Milliseconds in a minute. */
const MINUTE = 60_000

/** The last minute that fits where the archive keeps them: 32 bits. */
const LAST_MINUTE = 0xffff_ffff

/**
 * Reads a day, month or year as typed (`2020`, `2020-04`, `2020/4/14`, `2020.4.14`, `20200414`, `2020年4月`) and gives
 * its first minute, as {@link wallMinute} counts; undefined for what is no date.
 */
export function parseQueryDay(typed: string): number | undefined {
  const parts =
    /^(\d{4})(?:[-/.年](\d{1,2})(?:[-/.月](\d{1,2}))?)?[年月日]?$/.exec(typed.normalize('NFKC').trim()) ??
    /^(\d{4})(\d\d)(\d\d)$/.exec(typed.normalize('NFKC').trim())
  if (!parts) return undefined
  const [year, month, day] = [Number(parts[1]), Number(parts[2] ?? 1), Number(parts[3] ?? 1)]
  return minuteOf(year, month, day, 0, 0)
}

/**
 * The minute of a time of the model on the forum's own clock, the offset left out: what a reader sees beside the post is
 * what `before:` and `after:` mean. Minutes since 1970; undefined for what is no such time.
 */
export function wallMinute(time: string | undefined): number | undefined {
  const parts = time === undefined ? undefined : /^(\d{4})-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d))?)?/.exec(time)
  if (!parts) return undefined
  const [year, month, day, hour, minute] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)))
  return minuteOf(year!, month!, day ?? 1, hour ?? 0, minute ?? 0)
}

function minuteOf(year: number, month: number, day: number, hour: number, minute: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute))
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined
  const minutes = date.getTime() / MINUTE
  // 0 stands for «not known» in the archive; nobody posted in that minute, nor before.
  return minutes > 0 && minutes <= LAST_MINUTE ? minutes : undefined
}
