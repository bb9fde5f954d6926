import type { Element } from 'hast'
import { attributeOf } from '../../dom/attributes.ts'
import { holdsAny, median, wordsIn, type Column, type Table } from './columns.ts'
import type { Outline } from './outline.ts'

/** Longest name of a person, with a title before it. In characters. */
const LONGEST = 40

const STRONG =
  /author|user-?_?name|screen-?_?name|nick|poster|byline|hnuser|commenter|member-?_?name|display-?_?name|fn\b|creator|p_author|\bby\b|\bwho\b|\bfrom\b|sender|writer|uname/i
const WEAK = /user|member|profile|name|person|owner|people|identity/i
const AGAINST =
  /title|subject|rank|level|status|group|info|stat|count|avatar|sign|date|time|badge|role|location|reply|quote|tools|menu|action|button|share|vote|score|custom|extra|field|\bip\b|_ip\b|edit|post(?:s|count)|message|since|join|hidden|\bsr\b|visible-sr|sr-only/i
const PROFILE =
  /(?:^|[/?&=._-])(?:u|uid|user|users|member|members|profile|profiles|people|author|authors|account|space|home|getuser|showuser|memberlist)(?:[/?=&._-]|$)|\/[@~]|space-uid/i
/** A floor, a date, a number, a word of the page's own. */
const NOBODY =
  /^[\p{L} ]{2,20}[:：]\s*[\d,.]+$|^[\s\d#№.,:楼層层FLfl/|·\-–—[\]()]*$|^(?:re|posted|by|says?|on|作者|发表于|发信人)[:：]?$/iu

/** A column that may name who wrote each post, with how much speaks for it. */
export interface AuthorColumn {
  column: Column
  score: number
}

/** The likeliest such columns, the best first. */
export function findAuthors(
  outline: Outline,
  table: Table,
  times: Column,
  isTime: (at: number) => boolean,
): AuthorColumn[] {
  const found: AuthorColumn[] = []
  for (const column of table.columns) {
    if (median(column.cells.map((at) => (at < 0 ? 0 : outline.textIn(at)))) > LONGEST) continue
    if (column.cells.some((at) => at >= 0 && isTime(at)) || holdsAny(outline, column, [times])) continue
    const score = scoreOf(outline, table, column)
    if (score > 1) found.push({ column, score })
  }
  return found.sort((a, b) => b.score - a.score).slice(0, 5)
}

function scoreOf(outline: Outline, table: Table, column: Column): number {
  const words = wordsIn(outline, column, 48).filter(Boolean)
  if (words.length < column.cells.length * 0.6) return 0
  const long = words.filter((each) => each.length > LONGEST || NOBODY.test(each)).length
  if (long > words.length * 0.15) return 0
  const names = new Set(words).size
  const hints = hintsOf(outline, table, column)
  // The same words in each post are a button's, unless the page says that it is a name.
  if (names === 1 && hints < 3) return 0
  const average = words.reduce((sum, each) => sum + each.split(' ').length, 0) / words.length
  return hints + (average > 3 ? -1.5 : 0) + column.share * 1.5 + Math.min(1, (names / words.length) * 1.5)
}

/** What the page says of a column by its names, those around it, and where its links lead. */
function hintsOf(outline: Outline, { members }: Table, { cells }: Column): number {
  const sample = [...cells.entries()].filter(([, at]) => at >= 0).slice(0, 8)
  let sum = 0
  for (const [row, at] of sample) {
    sum += hintOf(outline.elements[at]!)
    let above = outline.parents[at]!
    // One who is spoken to in a sentence.
    if (outline.elements[above]!.tagName === 'p' && outline.textIn(above) > outline.textIn(at) + 40) sum -= 3
    for (let steps = 0; steps < 2 && above > members[row]!; steps++, above = outline.parents[above]!)
      sum += namedHint(namesOf(outline.elements[above]!)) * 0.4
  }
  return sample.length > 0 ? sum / sample.length : 0
}

function namedHint(names: string): number {
  return (STRONG.test(names) ? 2.5 : WEAK.test(names) ? 1 : 0) - (AGAINST.test(names) ? 2.5 : 0)
}

/** What a page calls an element. */
function namesOf(element: Element): string {
  return [
    element.properties['className'],
    attributeOf(element, 'itemprop'),
    attributeOf(element, 'rel'),
    attributeOf(element, 'data-testid'),
  ]
    .flat()
    .filter((each) => typeof each === 'string')
    .join(' ')
}

function hintOf(element: Element): number {
  const link =
    element.tagName === 'a'
      ? element
      : element.children.find((child) => child.type === 'element' && child.tagName === 'a')
  const href = link?.type === 'element' ? attributeOf(link, 'href') : undefined
  let score = namedHint(namesOf(element))
  if (href !== undefined && PROFILE.test(href)) score += 2
  else if (element.tagName === 'a') score += 0.3
  if (['b', 'strong', 'cite', 'h3', 'h4', 'dt'].includes(element.tagName)) score += 0.4
  // The name itself, not what it stands in.
  if (!element.children.some((child) => child.type === 'element')) score += 0.5
  return score
}
