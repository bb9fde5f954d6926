import type { Element } from 'hast'
import { parseTime, timeFromEpoch } from '../../core/dates.ts'
import type { PageAddresses, ThreadPage } from '../../core/thread-page.ts'
import { idOfNameless, nthId, WORDLESS } from '../../core/nameless-post.ts'
import type { SiteDescription } from '../../core/site-description.ts'
import type { Post } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import type { ReadOptions, ReadThreadPage } from '../define-site.ts'
import { readBody, readQuotes, type BodyRules } from '../reading/body.ts'
import { baseOf, buildThreadPage, compact, highestNumber } from '../reading/thread.ts'
import { fillTemplate, hasPage } from './address-template.ts'
import { describedSiteId } from './description.ts'
import { findPlace, idPattern, notOwnOf, type Place } from './site.ts'

/** As much of a post's words goes into its id, as in live-id.ts. In UTF-16 units. */
const MOST_TEXT = 4000

/** A description as the heavy half of a site. */
export function readDescribed(description: SiteDescription): ReadThreadPage {
  return (page, url, { readAt }: ReadOptions = {}): ThreadPage | undefined => {
    const place = findPlace(description, url)
    if (!place) return undefined
    const addresses = addressesOf(description, place, url)
    const options = { base: baseOf(page, url) }
    const posts = new Set(page.all(description.post))
    const board = description.board === undefined ? '' : page.text(description.board)
    return buildThreadPage({
      site: describedSiteId(description),
      url,
      id: place.id,
      address: addresses?.first ?? url.origin + url.pathname,
      title: page.text(description.title ?? 'h1') || page.text('title'),
      board: board ? { id: board, name: board } : undefined,
      posts: [...posts]
        .flatMap((post) => readPost(page.within(post, description.post), description, posts, readAt, options) ?? [])
        .map(description.noPostIds ? nameApart() : (post) => post),
      page: place.page,
      pageCount: readPageCount(page, description, place.page),
      addresses,
    })
  }
}

/** The first template names the thread; one with a place for it, its other pages. */
function addressesOf(
  { firstPage = 1, pageStep = 1 }: SiteDescription,
  { templates, ...parts }: Place,
  url: URL,
): PageAddresses | undefined {
  const numbered = templates.find(hasPage)
  const plain = templates.find((template) => !hasPage(template))
  const filled =
    numbered && fillTemplate(numbered, parts).map((half, index) => (index === 0 ? url.origin + half : half))
  const [before, after] = filled ?? []
  const first = plain ? url.origin + fillTemplate(plain, parts)[0] : `${before}${firstPage}${after}`
  if (before === undefined || after === undefined) return { first, before: `${first}#`, after: '', start: 1, step: 1 }
  return { first, before, after, start: firstPage, step: pageStep }
}

function readPost(
  post: Scope,
  description: SiteDescription,
  posts: ReadonlySet<Element>,
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  const { author, body: bodySelector, floor, starter, noPostIds } = description
  const body = post.first(bodySelector)
  const id = body && (noPostIds ? idOf(post, body, description, posts) : readId(post, description))
  if (id === undefined || !body) return undefined
  // Answers that stand in the words of what they answer are posts of their own.
  const replace = (element: Element) => (posts.has(element) ? [] : undefined)
  const rules: BodyRules = { notOwn: notOwnOf(description), replace }
  const { quote, quoteAuthor } = description
  const quoteRules = quote !== undefined && {
    box: quote,
    ...(quoteAuthor !== undefined && { head: quoteAuthor }),
    username: (box: Scope) => (quoteAuthor === undefined ? '' : box.text(quoteAuthor)),
  }
  const label = floor === undefined ? undefined : /\d{1,7}/.exec(post.text(floor))?.[0]
  return compact<Post>({
    id,
    floor: label === undefined ? undefined : Number(label),
    author: { username: post.text(author) },
    isStarter: starter !== undefined && post.first(starter) ? true : undefined,
    postedAt: readTime(post, description, readAt),
    ...readBody(post, body, rules, options),
    quotes: quoteRules ? readQuotes(post, body, quoteRules, rules, options) : [],
    attachments: [],
  })
}

function readId(
  post: Scope,
  { postIdAttribute = 'id', postIdPrefix = '', postIdIn }: SiteDescription,
): string | undefined {
  const holder = postIdIn === undefined ? post.element! : post.first(postIdIn)
  const value = holder && attributeOf(holder, postIdAttribute)
  return value === undefined ? undefined : idPattern(postIdPrefix).exec(value)?.[1]
}

/** The id of a post that bears none, see live-id.ts. */
function idOf(
  post: Scope,
  body: Element,
  { author, time, timeAttribute, floor }: SiteDescription,
  posts: ReadonlySet<Element>,
): string {
  const raw = (selector: string | undefined) =>
    rawTextOf(selector === undefined ? undefined : post.first(selector), posts)
  const told = timeAttribute === undefined || time === undefined ? raw(time) : post.attribute(time, timeAttribute)
  return idOfNameless({ author: raw(author), time: told ?? '', floor: raw(floor), words: rawTextOf(body, posts) })
}

/** The characters of an element in their order, without those of posts within. */
function rawTextOf(element: Element | undefined, posts: ReadonlySet<Element>): string {
  let text = ''
  const waiting: Element['children'] = element ? [...element.children].reverse() : []
  for (let next = waiting.pop(); next && text.length < MOST_TEXT; next = waiting.pop()) {
    if (next.type === 'text') text += next.value
    if (next.type !== 'element' || WORDLESS.has(next.tagName) || posts.has(next)) continue
    for (let at = next.children.length - 1; at >= 0; at--) waiting.push(next.children[at]!)
  }
  return text
}

function nameApart(): (post: Post) => Post {
  const counts = new Map<string, number>()
  return (post) => {
    const count = (counts.get(post.id) ?? 0) + 1
    counts.set(post.id, count)
    return { ...post, id: nthId(post.id, count) }
  }
}

function readTime(
  post: Scope,
  { time, timeAttribute, zone, dateOrder }: SiteDescription,
  readAt: Date | undefined,
): string | undefined {
  if (time === undefined) return undefined
  const told = timeAttribute === undefined ? post.text(time) : post.attribute(time, timeAttribute)
  return timeFromEpoch(told, zone) ?? parseTime(told ?? '', { readAt, zone, order: dateOrder })
}

function readPageCount(page: Scope, { pages }: SiteDescription, least: number): number {
  return pages === undefined ? least : highestNumber(page, pages, least)
}
