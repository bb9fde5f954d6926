import { findDateOrder, parseTime } from '../../core/dates.ts'
import type { TimeOptions } from '../../core/dates.ts'
import { parseOffset } from '../../core/dates/zone.ts'
import type { Author } from '../../core/thread.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { idIn } from '../reading/address.ts'

/** What pages of vBulletin 3 and 4 have in common around and in their posts. */

/** `All times are GMT -5. The time now is 09:42 PM.`; the German edition calls it WEZ. */
const ZONE = /(?:GMT|UTC|WEZ) ?([+-] ?\d{1,2}(?:[:.]\d{1,2})?)?/

/**
 * The zone that the page's foot tells, as `±hh:mm`: the line that holds the last clock of the page. One offset for all
 * its times, summer or winter, as the engine has it.
 */
export function readZone(page: Scope): string | undefined {
  const clock = page.all('span.time').at(-1)
  const line =
    page.first('#footer_time, .footer_time, #footer-current-datetime') ?? (clock && page.closest(clock, 'div'))
  const words = line ? lineOf(line) : ''
  const match = words.length > 300 ? null : ZONE.exec(words)
  return match ? parseOffset(`GMT${match[1] ?? ''}`) : undefined
}

/**
 * How a page's times are to be read. Its dates tell the order of day and month together; where none does, the engine's
 * own form is month first, but only with its own 12-hour clock: who changed one, changed the other as well.
 */
export function timesOf(texts: readonly string[], zone: string | undefined, readAt: Date | undefined): TimeOptions {
  const order = findDateOrder(texts) ?? (texts.some((text) => /\d ?[AP]M\b/i.test(text)) ? 'mdy' : undefined)
  return { readAt, zone, order }
}

/** `Last edited by NAME; DATE at TIME. Reason: …` */
export function readEdit(note: string, times: TimeOptions): string | undefined {
  const [, told] = /;([^;]{4,60}?\d[:.]\d{2}(?: ?[AP]M)?)/i.exec(note.slice(0, 300)) ?? []
  return told === undefined ? undefined : parseTime(told, times)
}

/** `#661` or `661`. */
export function readFloor(label: string): number | undefined {
  const digits = /^#? ?(\d{1,7})$/.exec(label)?.[1]
  return digits === undefined ? undefined : Number(digits)
}

/** A member's link (`member.php?u=7`, `members/7_name.html`, `members/7-name`), else the name that stands alone. */
export function readAuthor(post: Scope, link: string, otherwise: string): Author {
  const found = post.first(link)
  const href = found && attributeOf(found, 'href')
  const id = idIn(href, 'u') ?? /member(?:s\/|\.php\?)(\d{1,12})[-_]/.exec(href ?? '')?.[1]
  return { username: found ? lineOf(found) : post.text(otherwise), ...(id !== undefined && { id }) }
}
