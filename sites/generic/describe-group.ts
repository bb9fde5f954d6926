import type { SiteDescription } from '../../core/site-description.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { parseTime } from '../../core/dates.ts'
import { matchAddress, parseAddressTemplate } from '../described/address-template.ts'
import { parseSiteDescription } from '../described/description.ts'
import { baseOf } from '../reading/thread.ts'
import { findAddresses, type PageLink } from './addresses.ts'
import type { Candidate } from './find-posts.ts'
import { isPlainValue, isStableName } from './names.ts'
import { wordsOf, type Outline } from './outline.ts'
import { findPostId } from './post-id.ts'
import type { PageClock, TimeMark } from './times.ts'

/** Writes down how a group is read, as a reader would by hand; undefined where the page's address names nothing. */
export function describeGroup(
  outline: Outline,
  scope: Scope,
  candidate: Candidate,
  markAt: ReadonlyMap<number, TimeMark>,
  clock: PageClock,
  url: URL,
): SiteDescription | undefined {
  const { table, times, author, body, isMixed } = candidate
  const base = new URL(baseOf(scope, url))
  const isInPost = insideOf(outline, candidate.group.members)
  const links = pageLinks(outline, base, isInPost)
  const addresses = findAddresses(
    url,
    links.map(({ link }) => link),
  )
  if (!addresses) return undefined
  const selector = ({ key }: { key: number }) => outline.selectors[key]!
  const attribute = commonAttribute(times.cells.map((at) => markAt.get(at)))
  const title = findTitle(outline, scope, isInPost)
  const templates = addresses.addresses.flatMap((text) => parseAddressTemplate(text) ?? [])
  const own = templates.map((template) => matchAddress(template, url)?.id).find((id) => id !== undefined)
  const isOwn = (target: URL) => templates.some((template) => matchAddress(template, target)?.id === own)
  const pages = findPages(
    outline,
    links.filter(({ link }) => isOwn(link.url)).map(({ at }) => at),
  )
  const bodyElements = body.cells.filter((at) => at >= 0)
  const quotes = hasQuotes(outline, bodyElements)
  const notOwn = isMixed ? `${selector(author)}, ${selector(times)}` : undefined
  const order = clock.order ?? findShortOrder(outline, times, attribute, clock)
  const description = {
    name: siteName(scope, url),
    hosts: [url.hostname],
    ...addresses,
    ...(title !== undefined && { title }),
    post: postSelector(outline, candidate),
    ...findPostId(outline, table),
    author: selector(author),
    time: selector(times),
    ...(attribute && { timeAttribute: attribute }),
    ...(order && { dateOrder: order }),
    body: selector(body),
    ...(notOwn !== undefined && { notOwn }),
    ...(quotes && { quote: 'blockquote' }),
    ...(pages !== undefined && { pages }),
  }
  // What the page's own names made of it must pass as what a reader writes does.
  const parsed = parseSiteDescription(description)
  return 'description' in parsed ? parsed.description : undefined
}

/** Tells whether a position lies inside of one of these members, by halving what may be around it. */
function insideOf(outline: Outline, members: readonly number[]): (at: number) => boolean {
  const starts: number[] = []
  const ends: number[] = []
  for (const member of members) {
    if (member < (ends.at(-1) ?? 0)) continue
    starts.push(member)
    ends.push(outline.ends[member]!)
  }
  return (at) => {
    let low = 0
    let high = starts.length
    while (low < high) {
      const middle = (low + high) >> 1
      if (starts[middle]! < at) low = middle + 1
      else high = middle
    }
    return low > 0 && at < ends[low - 1]!
  }
}

/** The page's own name, else its host. */
function siteName(scope: Scope, url: URL): string {
  const told = scope.attribute('meta[property="og:site_name"]', 'content')?.replace(/\s+/g, ' ').trim()
  return told ? told.slice(0, 60) : url.hostname
}

function commonAttribute(marks: readonly (TimeMark | undefined)[]): TimeMark['attribute'] {
  const found = marks.filter((mark) => mark !== undefined)
  const [first] = found
  return first?.attribute && found.every(({ attribute }) => attribute === first.attribute) ? first.attribute : undefined
}

/** `12-17 22:40` is read only where the month is known to come first. */
function findShortOrder(
  outline: Outline,
  { cells }: Candidate['times'],
  attribute: TimeMark['attribute'],
  { readAt }: PageClock,
): 'ymd' | undefined {
  const words = cells.flatMap((at) => {
    if (at < 0) return []
    const element = outline.elements[at]!
    return [attribute ? (attributeOf(element, attribute) ?? '') : wordsOf(element, 160)]
  })
  const unread = words.filter((each) => parseTime(each, { readAt }) === undefined)
  const isHelped = unread.some((each) => parseTime(each, { readAt, order: 'ymd' }) !== undefined)
  return isHelped ? 'ymd' : undefined
}

/** The group's selector, narrowed by a second name where it finds much else on the page. */
function postSelector(outline: Outline, { group }: Candidate): string {
  const plain = outline.selectors[group.key]!
  const all = outline.counts[group.key]!
  if (all <= group.members.length * 1.1) return plain
  const shared = new Map<number, number>()
  for (const member of group.members) {
    for (const key of outline.keys[member]!) shared.set(key, (shared.get(key) ?? 0) + 1)
  }
  const others = [...shared]
    .filter(([key, count]) => key !== group.key && count >= group.members.length)
    .map(([key]) => ({ key, all: outline.counts[key]! }))
    .sort((a, b) => a.all - b.all)
  const [best] = others
  const narrowed = best && best.all < all ? outline.selectors[best.key]! : plain
  if ((best?.all ?? all) <= group.members.length * 1.1) return narrowed
  const around = commonAncestor(outline, group.members)
  return around === undefined ? narrowed : `${around} ${narrowed}`
}

/** The nearest named element that holds all members. */
function commonAncestor(outline: Outline, members: readonly number[]): string | undefined {
  const last = members.at(-1)!
  for (let at = outline.parents[members[0]!]!; at >= 0; at = outline.parents[at]!) {
    if (outline.ends[at]! <= last) continue
    const { tagName, properties } = outline.elements[at]!
    if (tagName === 'body' || tagName === 'html') return undefined
    const { id, className } = properties
    if (typeof id === 'string' && isStableName(id)) return `#${id}`
    const name = Array.isArray(className) ? className.find((each) => isStableName(String(each))) : undefined
    if (name !== undefined) return `${tagName}.${name}`
  }
  return undefined
}

/** In characters. */
const LONGEST_TITLE = 1000

/** The heading outside of the posts that the window's title repeats. */
function findTitle(outline: Outline, scope: Scope, isInPost: (at: number) => boolean): string | undefined {
  const window = scope.text('title').slice(0, LONGEST_TITLE).toLowerCase()
  let best: { selector: string; length: number } | undefined
  for (const [at, element] of outline.elements.entries()) {
    if (!/^h[1-4]$/.test(element.tagName)) continue
    const words = wordsOf(element, 200)
    if (words.length < 2 || isInPost(at) || !window.includes(words.toLowerCase())) continue
    const selector = outline.keys[at]!.map((key) => outline.selectors[key]!).find(
      (each) => scope.first(each) === element,
    )
    if (selector !== undefined && (!best || words.length > best.length)) best = { selector, length: words.length }
  }
  return best?.selector ?? (scope.first('h1') ? undefined : 'title')
}

/** Links outside of the posts that bear a number alone, and where they lead. */
function pageLinks(outline: Outline, base: URL, isInPost: (at: number) => boolean): { at: number; link: PageLink }[] {
  const found: { at: number; link: PageLink }[] = []
  for (const [at, element] of outline.elements.entries()) {
    if (element.tagName !== 'a' || outline.textIn(at) > 6) continue
    const words = wordsOf(element, 8)
    const href = attributeOf(element, 'href')
    if (!/^\d{1,5}$/.test(words) || href === undefined || href.startsWith('#') || !URL.canParse(href, base)) continue
    const target = new URL(href, base)
    if (target.origin === base.origin && !isInPost(at)) found.push({ at, link: { number: Number(words), url: target } })
    if (found.length >= 200) break
  }
  return found
}

/** The links of the bar that leads to other pages: those that stand together in one element. */
function findPages(outline: Outline, links: readonly number[]): string | undefined {
  const [first] = links
  if (first === undefined) return undefined
  for (let at = outline.parents[first]!, steps = 0; at >= 0 && steps < 5; at = outline.parents[at]!, steps++) {
    const { id, className } = outline.elements[at]!.properties
    const tag = outline.elements[at]!.tagName
    const name = Array.isArray(className) ? className.find((each) => isStableName(String(each))) : undefined
    if (name !== undefined && /pag/i.test(String(name))) return `${tag}.${name} a`
    if (typeof id === 'string' && isPlainValue(id) && isStableName(id) && /pag/i.test(id)) return `#${id} a`
  }
  return undefined
}

/** True where bodies hold quotes; where nearly all of their words stand in such elements, these are the posts' own. */
function hasQuotes(outline: Outline, bodies: readonly number[]): boolean {
  let quoted = 0
  let whole = 0
  for (const body of bodies) {
    if (outline.elements[body]!.tagName === 'blockquote') continue
    whole += outline.textIn(body)
    for (let at = body + 1; at < Math.min(outline.ends[body]!, body + 2000); at++) {
      if (outline.elements[at]!.tagName !== 'blockquote') continue
      quoted += outline.textIn(at)
      at = outline.ends[at]! - 1
    }
  }
  return quoted > 0 && quoted < whole * 0.7
}
