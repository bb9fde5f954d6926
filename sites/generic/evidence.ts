import type { Element } from 'hast'
import type { Certainty, Evidence } from '../../core/page-guess.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { isInside, median, wordsIn, type Column, type Table } from './columns.ts'
import { wordsOf, type Outline } from './outline.ts'

/** Why a group is no thread although author, time and words repeat. */
export type Refusal = 'titles' | 'links' | 'few-words' | 'same-words'

/** Looks for what lists of threads, articles, goods and answers of a search have, and threads have not. */
export function findRefusal(
  outline: Outline,
  table: Table,
  { author, body, times }: { author: Column; body: Column; times: Column },
  url: URL,
): Refusal | undefined {
  const rows = table.members.length
  const bodies = [...body.cells.entries()].filter(([, at]) => at >= 0)
  if (median(bodies.map(([row, at]) => table.textIn(row, at))) < 3) return 'few-words'
  const linked = bodies.filter(([row, at]) => table.linkTextIn(row, at) > table.textIn(row, at) * 0.6).length
  if (linked > bodies.length * 0.5) return 'links'
  const words = wordsIn(outline, body, 400)
  // Numbers alone make no other words of those of a form: `12 posts`, `Room 3`.
  const forms = words.map((each) => each.replace(/\d+/g, ''))
  const different = new Set(median(forms.map(({ length }) => length)) < SHORT ? forms : words).size
  if (rows > 2 && different < rows * 0.5) return 'same-words'
  // A table of people: who met whom.
  const names = new Set(wordsIn(outline, author, 48))
  if (words.filter((each) => names.has(each)).length > rows * 0.5) return 'same-words'
  if (hasTitles(outline, table, [author, times], body, url)) return 'titles'
  return leadsOn(outline, table, url) ? 'titles' : undefined
}

/** Words of a form are few. In characters. */
const SHORT = 30

/** What stands at the end of a text of which there is more on a page of its own. */
const MORE =
  /^(?:read|show|see|view|learn|continue)(?: (?:more|on|reading|full|the full))|^more\b|^(?:阅读|查看|閱讀|查看)(?:全文|更多|原文)|^(?:全文|详情|更多|详细|続きを読む|もっと見る)|^weiterlesen|^mehr\b|^lire la suite|^leer más|^leggi tutto|^читать далее|^подробнее|^lees (?:meer|verder)/i

/** True where each block leads on to the rest of its words. */
function leadsOn(outline: Outline, table: Table, url: URL): boolean {
  return table.columns.some(({ cells }) => {
    const links = cells.filter((at) => at >= 0 && outline.elements[at]!.tagName === 'a')
    if (links.length < table.members.length * 0.6) return false
    const leading = links.filter((at) => MORE.test(wordsOf(outline.elements[at]!, 40)))
    const targets = new Set(leading.map((at) => targetOf(outline.elements[at]!, url)))
    return leading.length >= table.members.length * 0.6 && targets.size >= leading.length * 0.8
  })
}

/** True where each block is headed by words of its own that lead to a page of their own: a list of such pages. */
function hasTitles(outline: Outline, table: Table, apart: readonly Column[], body: Column, url: URL): boolean {
  return table.columns.some((column) => {
    const first = column.cells.find((at) => at >= 0)!
    if (column.share < 0.7 || apart.includes(column)) return false
    if (outline.elements[first]!.tagName !== 'a') return false
    const leading = new Set<string>()
    const titles = new Set<string>()
    let heading = 0
    for (const [row, at] of column.cells.entries()) {
      if (at < 0 || at > body.cells[row]! || apart.some(({ cells }) => isNear(outline, at, cells[row]!))) continue
      const words = wordsOf(outline.elements[at]!, 80).replace(/^(?:re|回复|答复|aw|antw)[:：]\s*/i, '')
      const target = targetOf(outline.elements[at]!, url)
      if (target === undefined || !isTitle(words)) continue
      heading++
      leading.add(target)
      titles.add(words)
    }
    const different = Math.min(leading.size, titles.size)
    return heading >= table.members.length * 0.6 && different >= heading * 0.8
  })
}

function isNear(outline: Outline, at: number, other: number): boolean {
  return other >= 0 && (isInside(outline, at, other) || isInside(outline, other, at))
}

/** Words as long as a title's; in Chinese and its like half as many letters say as much. */
function isTitle(words: string): boolean {
  const wide = words.match(/[\u3040-\u9fff\uac00-\ud7af]/g)?.length ?? 0
  return words.length + wide >= 12 && /\p{L}.*\p{L}/su.test(words)
}

/** Where a link leads, where that is another page of the site or of another one; undefined within this thread. */
function targetOf(link: Element, url: URL): string | undefined {
  const href = attributeOf(link, 'href')
  if (href === undefined || href.startsWith('#') || !URL.canParse(href, url)) return undefined
  const target = new URL(href, url)
  if (!/^https?:$/.test(target.protocol)) return undefined
  if (target.origin === url.origin && target.pathname === url.pathname && target.hash) return undefined
  target.hash = ''
  return target.href
}

/** How sure that makes; undefined where it is too little to say anything. False alarms are worse than misses. */
export function weigh(evidence: Evidence): Certainty | undefined {
  const { posts, authors, times, bodies, text, isNamed, hasIds, isOrdered, hasHours, authorScore } = evidence
  const least = Math.min(authors, times, bodies)
  if (posts < 2 || least < 0.6 || authorScore < 2) return undefined
  const points =
    (least >= 0.95 ? 2 : least >= 0.85 ? 1 : 0) +
    (posts >= 4 ? 1 : 0) +
    (text >= 0.4 ? 2 : text >= 0.25 ? 1 : text < 0.12 ? -2 : 0) +
    (isNamed ? 1 : 0) +
    (hasIds ? 1 : 0) +
    (isOrdered ? 1 : 0) +
    (hasHours ? 1 : -1) +
    (authorScore >= 4 ? 1 : authorScore < 3 ? -1 : 0)
  if (points >= 8 && text >= 0.2) return 'sure'
  if (points >= 5 && text >= 0.15) return 'likely'
  return points >= 3 ? 'unsure' : undefined
}
