import type { SiteDescription } from '../../core/site-description.ts'
import { parseTime } from '../../core/dates.ts'
import { findAddresses, type PageLink } from './addresses.ts'
import { commonPrefix, ID_ATTRIBUTES } from './id-prefix.ts'
import { selectorsIn, selectorsOf } from './live-selectors.ts'

/** What the reader showed of one post, and of the page. */
export interface Picks {
  author?: Element
  time?: Element
  body?: Element
  post?: Element
  title?: Element
}

/** The same parts in every post of the page. */
export interface Generalised {
  posts: readonly Element[]
  post: string
  /** By part: the selector, and what it finds in each post. */
  parts: Readonly<Partial<Record<'author' | 'time' | 'body', { selector: string; found: readonly (Element | null)[] }>>>
}

/** Elements around the parts that are tried as the post. */
const MOST_AROUND = 10
/** Posts that a selector is tried on. */
const MOST_POSTS = 400

/**
 * From the parts of one post, the selectors that find them in all: of those in question the ones that find the most posts
 * whole. Undefined while nothing repeats.
 */
export function generalise(picks: Picks): Generalised | undefined {
  const parts = (['author', 'time', 'body'] as const).flatMap((name) => {
    const element = picks[name]
    return element ? [{ name, element }] : []
  })
  const [first] = parts
  if (!first) return undefined
  let best: { result: Generalised; score: number } | undefined
  for (const post of postsAround(
    picks,
    parts.map(({ element }) => element),
  )) {
    for (const selector of selectorsOf(post)) {
      const all = [...post.ownerDocument.querySelectorAll(selector)].slice(0, MOST_POSTS)
      if (all.length < 2 || !all.includes(post)) continue
      const found = parts.map(({ name, element }) => ({ name, part: findPart(post, element, all) }))
      if (found.some(({ part }) => !part)) continue
      const isWhole = (index: number) => found.every(({ name, part }) => name === 'time' || part!.found[index])
      // A part that two of the elements hold is one post's: the outer of them is no post.
      const held = new Set(all.flatMap((_, index) => (isWhole(index) ? [found[0]!.part!.found[index]] : [])))
      const whole = held.size
      const score = whole - (all.length - whole) * 0.5 + (hasId(all) ? 0.3 : 0)
      if (whole < 2 || (best && score <= best.score)) continue
      const entries = found.map(({ name, part }) => [name, part!])
      best = { result: { posts: all, post: selector, parts: Object.fromEntries(entries) }, score }
    }
  }
  return best?.result
}

/** The element that holds all parts, and those around it; the one that the reader showed, where they did. */
function postsAround({ post }: Picks, parts: readonly Element[]): Element[] {
  if (post) return parts.every((part) => post.contains(part)) ? [post] : []
  const found: Element[] = []
  let around = parts.length > 1 ? parts[0]! : parts[0]!.parentElement
  for (; around && around.tagName !== 'BODY' && found.length < MOST_AROUND; around = around.parentElement) {
    if (parts.every((part) => around!.contains(part) && around !== part)) found.push(around)
  }
  return found
}

/** The selector that finds the part first in its own post, and anything in the most others. */
function findPart(post: Element, part: Element, all: readonly Element[]) {
  let best: { selector: string; found: (Element | null)[]; count: number } | undefined
  for (const selector of selectorsIn(part, post)) {
    if (post.querySelector(selector) !== part) continue
    const found = all.map((each) => each.querySelector(selector))
    const count = found.filter(Boolean).length
    if (!best || count > best.count) best = { selector, found, count }
  }
  return best
}

function hasId(posts: readonly Element[]): boolean {
  return ID_ATTRIBUTES.some((name) => prefixOf(posts, name) !== undefined)
}

function prefixOf(elements: readonly (Element | null)[], name: string): string | undefined {
  return commonPrefix(elements.map((element) => element?.getAttribute(name) ?? undefined))
}

/** Writes down as data how the site is read; undefined where a part is missing or the page's address names nothing. */
export function describePicks(picks: Picks, document: Document, url: URL): SiteDescription | undefined {
  const found = generalise(picks)
  const { author, time, body } = found?.parts ?? {}
  if (!found || !author || !body) return undefined
  const addresses = findAddresses(url, numberedLinks(document, found.posts))
  if (!addresses) return undefined
  const bodies = body.found.filter((each) => each !== null)
  const hasQuotes = bodies.some((each) => each.querySelector('blockquote')) && !isQuoteAlone(bodies)
  const isMixed = bodies[0]!.contains(picks.author ?? null)
  return {
    name:
      document.querySelector('meta[property="og:site_name"]')?.getAttribute('content')?.trim().slice(0, 60) ||
      url.hostname,
    hosts: [url.hostname],
    ...addresses,
    title: titleOf(picks, document),
    post: found.post,
    ...idOf(found.posts),
    author: author.selector,
    ...(time && { time: time.selector, ...timeForm(time.found) }),
    body: body.selector,
    ...(isMixed && { notOwn: [author.selector, ...(time ? [time.selector] : [])].join(', ') }),
    ...(hasQuotes && { quote: 'blockquote' }),
  }
}

function isQuoteAlone(bodies: readonly Element[]): boolean {
  const lengthOf = (text: string | null) => text?.trim().length ?? 0
  let quoted = 0
  let whole = 0
  for (const body of bodies) {
    whole += lengthOf(body.textContent)
    for (const quote of body.querySelectorAll('blockquote')) quoted += lengthOf(quote.textContent)
  }
  return quoted > whole * 0.7
}

function titleOf({ title }: Picks, document: Document): string {
  const shown = title && selectorsOf(title).find((selector) => document.querySelector(selector) === title)
  return shown ?? (document.querySelector('h1')?.textContent?.trim() ? 'h1' : 'title')
}

function idOf(
  posts: readonly Element[],
): Pick<SiteDescription, 'postIdAttribute' | 'postIdPrefix' | 'postIdIn' | 'noPostIds'> {
  for (const postIdAttribute of ID_ATTRIBUTES) {
    const postIdPrefix = prefixOf(posts, postIdAttribute)
    if (postIdPrefix !== undefined) return { postIdAttribute, postIdPrefix }
  }
  for (const [postIdIn, postIdAttribute] of [
    ['[id]', 'id'],
    ['a[name]', 'name'],
    ['[data-id]', 'data-id'],
  ] as const) {
    const postIdPrefix = prefixOf(
      posts.map((post) => post.querySelector(postIdIn)),
      postIdAttribute,
    )
    if (postIdPrefix !== undefined) return { postIdIn, postIdAttribute, postIdPrefix }
  }
  return { noPostIds: true }
}

/** The attribute that tells the time better than the words do, and the order that its dates need. */
function timeForm(elements: readonly (Element | null)[]): Pick<SiteDescription, 'timeAttribute' | 'dateOrder'> {
  const found = elements.filter((element) => element !== null)
  const readAt = new Date()
  for (const timeAttribute of ['datetime', 'title', 'data-time', 'data-timestamp']) {
    const isRead = (element: Element) => {
      const told = element.getAttribute(timeAttribute) ?? ''
      return /^\d{10}$/.test(told) || parseTime(told, { readAt }) !== undefined
    }
    if (found.length > 0 && found.every(isRead)) return { timeAttribute }
  }
  const words = found.map((element) => element.textContent ?? '')
  const isUnread = words.some((each) => parseTime(each, { readAt }) === undefined)
  const isHelped = isUnread && words.every((each) => parseTime(each, { readAt, order: 'ymd' }) !== undefined)
  return isHelped ? { dateOrder: 'ymd' } : {}
}

/** Links outside of the posts that bear a number alone. */
function numberedLinks(document: Document, posts: readonly Element[]): PageLink[] {
  const links: PageLink[] = []
  for (const link of document.querySelectorAll('a[href]')) {
    const words = link.textContent?.trim() ?? ''
    const href = (link as HTMLAnchorElement).href
    if (!/^\d{1,5}$/.test(words) || !URL.canParse(href) || posts.some((post) => post.contains(link))) continue
    links.push({ number: Number(words), url: new URL(href) })
    if (links.length >= 200) break
  }
  return links
}
