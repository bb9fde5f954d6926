/**
 * vBulletin 5 and 6. Look at: https://forum.simplydiscus.com/forum/main-discus-topics/discus-basics-for-beginners/86044-inquiries-about-new-discus-setup.
 * Gaps: comments below posts are read as posts where the page shows them; polls are not read.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import { formatOffset } from '../core/dates/zone.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { idIn, isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, kindOf, parseSize, readAttachment } from './reading/thread.ts'
import { quotedPostId } from './vbulletin/address.ts'
import { readFloor } from './vbulletin/page.ts'

const POST = 'li.b-post.js-post'
const NOT_OWN = '.bbcode_quote, .bbcode_description, .b-bbcode__description, .post-signature'

/** `/forum/board/86044-title-of-thread/page2`: boards and members have no number before their names, or another folder. */
const THREAD = /^((?:\/[^/]+)*?\/(\d{1,18})-[^/]+?)(?:\/page(\d{1,6}))?\/?$/

export const site = defineSite({
  id: 'vbulletin5',
  name: 'vBulletin 5',
  hosts: [],
  selectors: {
    root: '#vb-page-body',
    title: '.js-main-title, h1',
    post: POST,
    body: '.js-post__content-text',
    notOwn: NOT_OWN,
    author: '.b-userinfo .author',
    floor: '.b-post__count',
    postId: { attribute: 'id', in: 'a.anchor', pattern: /^post(\d+)$/ },
    quote: {
      box: '.bbcode_quote',
      head: '.bbcode_postedby',
      author: { in: '.bbcode_postedby strong' },
      postId: { attribute: 'href', in: '.bbcode_postedby a[href]', pattern: /(?:#post|[?&]p=)(\d+)$/ },
    },
  },
  isThread: (url, page) =>
    threadAt(url) !== undefined && page.querySelector(`#vb-page-body ${POST} .js-post__content-text`) !== null,
  linkedPostId: (url) => /^#post(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'p'),
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/forum/discus-basics/86044-inquiries-about-setup',
    'https://forum.example.org/forum/discus-basics/86044-inquiries-about-setup/page2#post86050',
    'https://forum.example.org/forum/discus-basics/86044-inquiries-about-setup?p=1523611',
  ],
  others: [
    'https://forum.example.org/forum/discus-basics',
    'https://forum.example.org/member/51842-mrez5',
    'https://forum.example.org/',
  ],
}

function threadAt(url: URL): { id: string; path: string; page: number } | undefined {
  const [, path, id, page] = THREAD.exec(url.pathname) ?? []
  if (!isWebAddress(url) || path === undefined || id === undefined || /\/member\//.test(path)) return undefined
  return { id, path, page: Number(page ?? 1) }
}

const BODY: BodyRules = { notOwn: NOT_OWN, emoji: 'img[smilieid], img.inlineimg', spoiler: { box: '.bbcode_spoiler' } }

const QUOTE: QuoteRules = {
  box: '.bbcode_quote',
  head: '.bbcode_postedby',
  content: '.message',
  username: (quote) => quote.text('.bbcode_postedby strong'),
  postId: (quote) => quotedPostId(quote.attribute('.bbcode_postedby a[href]', 'href')),
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const thread = threadAt(url)
  if (!thread) return undefined
  const address = new URL(thread.path, url).href
  const options = { base: baseOf(page, url) }
  const number = pageNumber(page.attribute('input.js-pagenum', 'value')) ?? thread.page
  return buildThreadPage({
    site: site.id,
    url,
    id: thread.id,
    address,
    title: page.text('.js-main-title') || page.text('h1') || page.text('title'),
    board: readBoard(page, address, options.base),
    posts: page.all(POST).flatMap((found) => readPost(page.within(found, POST), address, options) ?? []),
    page: number,
    pageCount: pageNumber(page.text('.pagetotal')) ?? number,
    addresses: { first: address, before: `${address}/page`, after: '', start: 1, step: 1 },
  })
}

/** The breadcrumb that the thread's own address begins with; its folder is all the id that a page tells. */
function readBoard(page: Scope, address: string, base: string): { id: string; name: string } | undefined {
  const folder = new URL('.', address).pathname.replace(/\/$/, '')
  const id = folder.split('/').at(-1)
  if (!id) return undefined
  const crumb = page.all('#breadcrumbs a.crumb-link').find((link) => {
    const href = attributeOf(link, 'href') ?? ''
    return URL.canParse(href, base) && new URL(href, base).pathname.replace(/\/$/, '') === folder
  })
  return { id, name: crumb ? lineOf(crumb) : id }
}

function readPost(post: Scope, address: string, options: AddressOptions): Post | undefined {
  const id =
    /^post(\d{1,18})$/.exec(post.attribute('a.anchor', 'id') ?? '')?.[1] ??
    parseId(attributeOf(post.element!, 'data-node-id'))
  const body = post.first('.js-post__content-text')
  if (id === undefined || !body) return undefined
  const up = pageNumber(post.text('.js-post__vote-count'))
  const postedAt = parseTime(post.attribute('.b-post__timestamp time', 'datetime') ?? '')
  return compact<Post>({
    id,
    floor: readFloor(post.text('.b-post__count')),
    author: readAuthor(post),
    url: `${address}?p=${id}#post${id}`,
    postedAt,
    editedAt: readEdit(post, postedAt),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
    votes: up === undefined ? undefined : { up },
  })
}

/**
 * `Last edited by NAME; 03-16-2014, 08:08 PM.`, by the same clock and in the same order as the post's own time in words,
 * which a machine's form stands beside. Without a zone where those two do not tell it.
 */
function readEdit(post: Scope, postedAt: string | undefined): string | undefined {
  const exact = parseTime(post.attribute('.b-post__edit-date time', 'datetime') ?? '')
  const edited = post.text('.b-post__edit .time')
  if (exact !== undefined || !edited) return exact
  const shown = post.text('.b-post__timestamp time')
  for (const order of ['mdy', 'dmy'] as const) {
    const minutes = minutesBetween(postedAt, parseTime(shown, { order }))
    if (minutes !== undefined) return parseTime(edited, { order, zone: formatOffset(minutes) })
  }
  return parseTime(edited)
}

/** By how much a wall clock is ahead of an instant, in quarters of an hour; undefined for more than zones differ. */
function minutesBetween(instant: string | undefined, wall: string | undefined): number | undefined {
  if (instant === undefined || wall === undefined) return undefined
  const minutes = Math.round((Date.parse(`${wall}Z`) - Date.parse(instant)) / 900_000) * 15
  return Math.abs(minutes) <= 14 * 60 ? minutes : undefined
}

function readAuthor(post: Scope): Author {
  const href = post.attribute('.b-userinfo .author a[href]', 'href')
  const id = /\/member\/(\d{1,12})-/.exec(href ?? '')?.[1]
  const username = post.text('.b-userinfo [itemprop="name"]') || post.text('.b-userinfo .author strong')
  return { username: username || post.text('.author'), ...(id !== undefined && { id }) }
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.js-post__attachments .b-post-attachments__item, .post-attachments li').flatMap((item) => {
    const link = post.within(item).first('a[href]')
    const name = link && lineOf(link)
    const attachment = readAttachment(link, { name, kind: kindOf(name), size: parseSize(lineOf(item)) }, options)
    return attachment ? [attachment] : []
  })
}
