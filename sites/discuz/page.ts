import { parseOffset } from '../../core/dates/zone.ts'
import type { Board } from '../../core/thread.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { idIn, pageNumber, pageOf } from '../reading/address.ts'
import { ownLine } from '../reading/own-line.ts'

/** What stands around the posts of a Discuz! page. */

/**
 * The heading holds the title alone; touch pages put the kind of thread before it, in words of the same text or an
 * element of its own, and a link behind it. Their window's title begins with the thread's, and has more.
 */
export function readTitle(page: Scope): string {
  const whole = page.text('title')
  const heading = page.first('.postlist > h2') ?? page.first('.postlist h2') ?? page.first('.view_tit')
  const touch = heading ? ownLine(heading) : ''
  const bare = touch.replace(/^(?:\[[^\]]{1,40}\] ?)+/, '')
  const own = bare && whole.startsWith(bare) && !whole.startsWith(touch) ? bare : touch
  return page.text('#thread_subject') || own || page.text('.viewthread h1') || page.text('h1') || whole.split(' - ')[0]!
}

/** The last step of the way to the thread that leads to a board; touch pages may have a picture for its link. */
export function readBoard(page: Scope): Board | undefined {
  const steps = ['#pt', '#nav', '.header'].flatMap((bar) => [`${bar} a[href*="forum-"]`, `${bar} a[href*="fid="]`])
  for (const crumb of page.all(steps.join(', ')).toReversed()) {
    const href = attributeOf(crumb, 'href') ?? ''
    const id = /(?:^|\/)forum-(\d{1,9})-/.exec(href)?.[1] ?? (/forumdisplay/.test(href) ? idIn(href, 'fid') : undefined)
    if (id !== undefined) return { id, name: lineOf(crumb) || page.text('.header .name') }
  }
  return undefined
}

/**
 * The bar's own number, and of the counts it gives the highest: `/ 12 页`, `... 12`. On touch pages a script makes a list
 * to choose from of it.
 */
export function readPlace(page: Scope, url: URL): { page: number; pageCount: number } {
  const list = page.first('.page select')
  const bar = page.first('.pg') ?? page.first('.pages') ?? (list && page.closest(list, '.page'))
  const parts = bar && page.within(bar)
  const asked = pageNumber(url.searchParams.get('page')) ?? pageNumber(/\/thread-\d+-(\d{1,6})/.exec(url.pathname)?.[1])
  const shown = pageNumber(parts?.text('strong')) ?? pageNumber(parts?.text('option[selected]'))
  const number = shown ?? (bar ? asked : undefined) ?? 1
  const counts = [
    pageNumber(parts?.attribute('label span[title]', 'title')),
    pageNumber(parts?.text('label span')),
    ...(parts?.all('a').map((link) => pageNumber(lineOf(link))) ?? []),
    ...(parts?.all('select option').map((option) => pageOf(`1 / ${lineOf(option)}`)?.pageCount) ?? []),
  ]
  return { page: number, pageCount: counts.reduce<number>((most, count) => Math.max(most, count ?? 1), number) }
}

/** `GMT+8, 2024-1-2 03:04` at the page's foot. */
export function readZone(page: Scope): string | undefined {
  for (const foot of page.all('#frt p, #ft p, #ft .xs0, .footer p, #footer p').slice(-10)) {
    const match = /GMT ?[+-] ?\d{1,2}(?:\.\d{1,2})?|GMT(?=,)/.exec(lineOf(foot).slice(0, 400))
    if (match) return parseOffset(match[0])
  }
  return undefined
}
