import { parseTime, timeFromEpoch } from '../../core/dates.ts'
import type { PageAddresses, ThreadPage } from '../../core/thread-page.ts'
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

/** A description as the heavy half of a site. */
export function readDescribed(description: SiteDescription): ReadThreadPage {
  return (page, url, { readAt }: ReadOptions = {}): ThreadPage | undefined => {
    const place = findPlace(description, url)
    if (!place) return undefined
    const addresses = addressesOf(description, place, url)
    const options = { base: baseOf(page, url) }
    const board = description.board === undefined ? '' : page.text(description.board)
    return buildThreadPage({
      site: describedSiteId(description),
      url,
      id: place.id,
      address: addresses?.first ?? url.origin + url.pathname,
      title: page.text(description.title ?? 'h1') || page.text('title'),
      board: board ? { id: board, name: board } : undefined,
      posts: page
        .all(description.post)
        .flatMap((post) => readPost(page.within(post, description.post), description, readAt, options) ?? [])
        .map(nameApart()),
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
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  const { author, body: bodySelector, floor, starter, noPostIds } = description
  const id = noPostIds ? '' : readId(post, description)
  const body = post.first(bodySelector)
  if (id === undefined || !body) return undefined
  const rules: BodyRules = { notOwn: notOwnOf(description) }
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

/**
 * Gives an id to each post that has none, made of what the post says: the same post has the same one on every visit. Of
 * posts that say the very same the second is `…-2`, so that none is taken for the other.
 */
function nameApart(): (post: Post) => Post {
  const counts = new Map<string, number>()
  return (post) => {
    if (post.id !== '') return post
    const id = digestOf([post.author.username, post.postedAt ?? '', post.text].join('\n'))
    const count = (counts.get(id) ?? 0) + 1
    counts.set(id, count)
    return { ...post, id: count === 1 ? id : `${id}-${count}` }
  }
}

/** 64 bits of a text, as two runs of FNV-1a over its UTF-16 units; the archive is nobody's to attack by collisions. */
function digestOf(text: string): string {
  let one = 0x811c9dc5
  let other = 0x9747b28c
  for (let at = 0; at < text.length; at++) {
    const unit = text.charCodeAt(at)
    one = Math.imul(one ^ unit, 0x01000193)
    other = Math.imul(other ^ unit, 0x85ebca6b)
  }
  return `w${(one >>> 0).toString(36)}${(other >>> 0).toString(36).padStart(7, '0')}`
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
