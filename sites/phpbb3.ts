/**
 * phpBB 3, stock (prosilver) and themes made from it. Look at: https://forums.raspberrypi.com/viewtopic.php?t=361697.
 * Gaps: prosilver prints no floors, they are counted from the address; polls are not read.
 */
import type { Element } from 'hast'
import type { PageAddresses, ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import { isZone, parseOffset } from '../core/dates/zone.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { baseIn, idIn, isWebAddress, pageNumber, pageOf, parseId, withoutSession } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { quotedName } from './reading/quoted-name.ts'
import { baseOf, buildThreadPage, compact, highestNumber, parseSize, readAttachment } from './reading/thread.ts'

const POST = '.post[id^="p"]'
const NOT_OWN = 'blockquote, .signature, .notice, .attachbox, .inline-attachment, .codebox > p'

export const site = defineSite({
  id: 'phpbb3',
  name: 'phpBB',
  hosts: [],
  selectors: {
    root: '#phpbb',
    title: '.topic-title',
    post: POST,
    body: '.content',
    notOwn: NOT_OWN,
    author: '.author .username, .author .username-coloured, .postprofile .username, .postprofile .username-coloured',
    postId: { attribute: 'id', pattern: /^p(\d+)$/ },
    quote: {
      box: 'blockquote',
      head: 'cite',
      author: { in: 'cite', pattern: /^(.*?)(?: (?:\S{1,12} )?\S{1,16}[:：]|[:：])/ },
      postId: { attribute: 'href', in: 'cite a[href*="p="]', pattern: /[?&]p=(\d+)/ },
    },
  },
  isThread: (url, page) => topicId(url, page) !== undefined && page.querySelector(`${POST} .content`) !== null,
  permalink: (postId, url, page) => new URL(`viewtopic.php?p=${postId}#p${postId}`, baseIn(page, url)).href,
  linkedPostId: (url) => /^#p(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'p'),
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/viewtopic.php?t=1658',
    'https://forum.example.org/viewtopic.php?f=8&t=1658&start=30',
    'https://example.org/forum/viewtopic.php?p=327468#p327468',
  ],
  others: [
    'https://forum.example.org/viewforum.php?f=8',
    'https://forum.example.org/posting.php?mode=reply&t=1658',
    'https://forum.example.org/viewtopic.php?id=1658',
  ],
}

/** By the address, else by the heading's link: an address can name a post alone, and rewritten ones name neither. */
function topicId(url: URL, page: PageProbe): string | undefined {
  if (!isWebAddress(url)) return undefined
  const isStock = url.pathname.endsWith('/viewtopic.php')
  if (isStock && idIn(url, 't') !== undefined) return idIn(url, 't')
  const isRewritten = /(?:^|[-/])t(?:opic)?-?\d{1,18}(?:-\d{1,9})?(?:\.html|\/)?$/.test(url.pathname)
  if (!(isStock ? idIn(url, 'p') !== undefined : isRewritten)) return undefined
  if (!page.querySelector('#phpbb, .section-viewtopic, #page-body')) return undefined
  const links = [
    'link[rel="canonical"]',
    '.topic-title a[href*="t="]',
    'a[href*="mode=reply"][href*="t="]',
    'a[href*="view=print"]',
  ]
  for (const link of links) {
    const id = idIn(page.querySelector(link)?.getAttribute('href'), 't')
    if (id !== undefined) return id
  }
  return parseId(page.querySelector('input[name="t"]')?.getAttribute('value'))
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.smilies',
  spoiler: { box: '.spoiler, .sp-wrap', label: '.spoiler-header, .sp-head', content: '.spoiler-body, .sp-body' },
}

const QUOTE: QuoteRules = {
  box: 'blockquote',
  head: 'cite',
  username: readQuoted,
  postId: (quote) =>
    parseId(quote.attribute('cite a[data-post-id]', 'data-post-id')) ??
    idIn(quote.attribute('cite a[href*="p="]', 'href'), 'p'),
}

/** `NAME wrote: ↑ DATE`, the name a link where the author is known; the verb is in the board's language. */
function readQuoted(quote: Scope): string {
  const name = quote.text('cite a[href*="memberlist.php"]') || quote.text('cite a[href*="mode=viewprofile"]')
  return name || quotedName(quote.text('cite'))
}

/** Reads one page of a topic. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = topicId(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const mapAddress = (address: string) => withoutSession(address, 'sid')
  const options = { base, mapAddress }
  const paging = readPaging(page, url)
  const time = { readAt, zone: readZone(page) }
  const posts = page.all(POST).flatMap((found) => {
    const post = readPost(page.within(found, POST), found, time, options)
    return post ? [post] : []
  })
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address: addressesOf(base, id, paging.step).first,
    title:
      page.text('.topic-title a') ||
      page.text('.topic-title') ||
      page.text('h2 a[href*="viewtopic"]') ||
      page.text('title'),
    board: readBoard(page),
    posts: posts.map((post) => ({ ...post, url: new URL(`viewtopic.php?p=${post.id}#p${post.id}`, base).href })),
    page: paging.page,
    pageCount: paging.pageCount,
    addresses: addressesOf(base, id, paging.step),
  })
}

function addressesOf(base: string, id: string, step: number): PageAddresses {
  const first = new URL(`viewtopic.php?t=${id}`, base).href
  return { first, before: `${first}&start=`, after: '', start: 0, step }
}

/** `Page 3 of 4` or the bar's numbers; how many posts a page holds is told by the links to other pages. */
function readPaging(page: Scope, url: URL): { page: number; pageCount: number; step: number } {
  const bar = page.first('.action-bar .pagination') ?? page.first('.pagination')
  const parts = bar && page.within(bar)
  const links = parts?.all('a[href*="start="]') ?? []
  const starts = links.map((link) => Number(idIn(attributeOf(link, 'href'), 'start') ?? 0)).filter((start) => start > 0)
  const start = Number(idIn(url, 'start') ?? 0)
  const told = pageOf(parts?.all('strong').map(lineOf).join(' / '))
  const number = told?.page ?? pageNumber(parts?.text('li.active')) ?? 1
  const least = Math.max(number, told?.pageCount ?? 1)
  // Neighbouring pages stand one page's posts apart; where the first page shows none, its own length is as good.
  const step = number > 1 && start > 0 ? Math.round(start / (number - 1)) : (starts.toSorted((a, b) => a - b)[0] ?? 10)
  return { page: number, pageCount: parts ? highestNumber(parts, 'li', least) : least, step }
}

/** `All times are UTC-04:00`: the title may name the zone, which knows about summer time. */
function readZone(page: Scope): string | undefined {
  for (const found of page.all('#page-footer span[title], .navbar span[title], #footer span[title], li span[title]')) {
    const [name = '', line] = [attributeOf(found, 'title'), lineOf(found)]
    if (!/^(?:UTC|GMT)(?: ?[+-]\d{1,2}(?::?\d{2})?)?$/.test(line)) continue
    return isZone(name) ? name : parseOffset(line)
  }
  return undefined
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page
    .all('.crumb a[href*="viewforum"], .navlinks a[href*="viewforum"], #breadcrumbs a[href*="viewforum"]')
    .at(-1)
  const id = crumb && idIn(attributeOf(crumb, 'href'), 'f')
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

type Time = { readAt: Date | undefined; zone: string | undefined }

function readPost(post: Scope, found: Element, time: Time, options: AddressOptions): Post | undefined {
  const id = /^p(\d{1,18})$/.exec(attributeOf(found, 'id') ?? '')?.[1]
  const body = post.first('.content')
  if (id === undefined || !body) return undefined
  const { html, text } = readBody(post, body, BODY, options)
  return compact<Post>({
    id,
    author: readAuthor(post),
    postedAt: readTime(post, time),
    editedAt: parseTime(afterVerb(post.text('.notice')), time),
    html,
    text,
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
  })
}

/** Guests have a name and no page of their own. */
function readAuthor(post: Scope): Author {
  const link =
    post.first('.author .username, .author .username-coloured') ??
    post.first('.postprofile .username, .postprofile .username-coloured')
  const id = link && idIn(attributeOf(link, 'href'), 'u')
  const username = link ? lineOf(link) : post.text('.postprofile dt strong') || post.text('.author strong')
  return { username, ...(id !== undefined && { id }) }
}

/** Since 3.2 in a machine's form; before that in words after `»`, or alone. */
function readTime(post: Scope, time: Time): string | undefined {
  return (
    parseTime(post.attribute('.author time', 'datetime') ?? '') ??
    parseTime(post.text('.author').split('»').at(-1)!, time)
  )
}

/** `Last edited by NAME on DATE, edited 2 times in total.`: the date stands after the last name. */
function afterVerb(notice: string): string {
  return (
    notice
      .slice(0, 300)
      .replace(/, [^,\d]{3,30} \d+ [^,]{3,40}$/, '')
      .split(/ on | am | le | el /)
      .at(-1) ?? ''
  )
}

/** Files below the body, and pictures that stand in it, which are the post's words already. */
function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.attachbox .file, .inline-attachment .file, .attachbox .thumbnail').flatMap((file) => {
    const part = post.within(file)
    const picture = part.first('img.postimage')
    const link = picture ?? part.first('a[href*="download/file.php"]') ?? part.first('a.postlink')
    const name = picture ? attributeOf(picture, 'alt') : part.text('a.postlink')
    const kind = picture ? 'image' : 'file'
    const attachment = readAttachment(link, { name, kind, size: parseSize(lineOf(file)) }, options)
    return attachment ? [attachment] : []
  })
}
