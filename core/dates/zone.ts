/** Offsets from UTC, fixed (`+08:00`) or of a named zone (`America/Detroit`), as pages state them. */

/** Offset in a page's words (`GMT +1`, `UTC-04:00`, `GMT+8`, `UTC`, `+0800`) as `±hh:mm`; undefined for anything else. */
export function parseOffset(text: string): string | undefined {
  const [, zone, sign, hours = '0', digits = '0', part = ''] =
    /(gmt|utc|z)?\s?(?:([+\-\u2212])\s?(\d{1,2})(?::?(\d{2})|\.(\d{1,2}))?)?/i.exec(text.trim().slice(0, 40)) ?? []
  const minutes = part ? (PARTS[part] ?? part) : digits
  if (zone === undefined && sign === undefined) return undefined
  if (Number(hours) > 14 || Number(minutes) > 59) return undefined
  const isEast = sign === undefined || sign === '+' || (Number(hours) === 0 && Number(minutes) === 0)
  return `${isEast ? '+' : '-'}${pad(hours)}:${pad(minutes)}`
}

/** Parts of an hour as forums write them: `GMT +5.5` is half past; `+05.30` is as well. */
const PARTS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  '0': '00',
  '25': '15',
  '5': '30',
  '50': '30',
  '75': '45',
}

/** True for what `offsetAt` understands. */
export function isZone(zone: string): boolean {
  return /^[+-]\d\d:\d\d$/.test(zone) || formatOf(zone) !== undefined
}

/** Minutes east of UTC that a zone has at an instant (milliseconds); undefined for a zone that is not known. */
export function offsetAt(zone: string, instant: number): number | undefined {
  const fixed = /^([+-])(\d\d):(\d\d)$/.exec(zone)
  if (fixed) return (fixed[1] === '-' ? -1 : 1) * (Number(fixed[2]) * 60 + Number(fixed[3]))
  const format = formatOf(zone)
  if (!format) return undefined
  const parts = Object.fromEntries(format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]))
  const { year, month, day, hour, minute, second } = parts as Record<string, number>
  const local = Date.UTC(year!, month! - 1, day, hour, minute, second)
  return Math.round((local - Math.floor(instant / 1000) * 1000) / 60_000)
}

/** Minutes east of UTC at a wall-clock time (milliseconds as if it were UTC). */
export function offsetOfLocal(zone: string, local: number): number | undefined {
  const guess = offsetAt(zone, local)
  return guess === undefined ? undefined : offsetAt(zone, local - guess * 60_000)
}

/** `±hh:mm` of minutes east of UTC. */
export function formatOffset(minutes: number): string {
  const size = Math.abs(minutes)
  return `${minutes < 0 ? '-' : '+'}${pad(Math.floor(size / 60))}:${pad(size % 60)}`
}

const formats = new Map<string, Intl.DateTimeFormat | undefined>()
const MAX_FORMATS = 50

function formatOf(zone: string): Intl.DateTimeFormat | undefined {
  if (!/^[A-Z][A-Za-z_]{2,20}\/[A-Za-z_/+-]{2,40}$/.test(zone)) return undefined
  if (formats.has(zone)) return formats.get(zone)
  let format: Intl.DateTimeFormat | undefined
  try {
    const numeric = { year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric' } as const
    format = new Intl.DateTimeFormat('en-u-ca-gregory', {
      ...numeric,
      minute: 'numeric',
      second: 'numeric',
      hourCycle: 'h23',
      timeZone: zone,
    })
  } catch {
    format = undefined // A name that no zone has: the page made it up.
  }
  if (formats.size < MAX_FORMATS) formats.set(zone, format)
  return format
}

function pad(number: number | string): string {
  return String(number).padStart(2, '0')
}
