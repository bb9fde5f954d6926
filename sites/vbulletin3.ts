/**
 * vBulletin 3, stock and the edition that Internet Brands runs. Look at: https://forum.doom9.org/showthread.php?t=186269.
 * Gaps: a guest's "new posts" address names no thread and is not read; ratings are not read.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import type { TimeOptions } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { baseIn, idIn, pageNumber, pageOf, withoutSession } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, kindOf, lineReader, parseSize, readAttachment } from './reading/thread.ts'
import { addressesOf, linkedPostIdAt, postAddress, quotedPostId, rootOf, threadIdAt } from './vbulletin/address.ts'
import { readAuthor, readEdit, readFloor, readZone, timesOf } from './vbulletin/page.ts'
import { readThanks } from './vbulletin/thanks.ts'

const POST = 'div[id^="edit"]'
const BODY_ELEMENT = '[id^="post_message_"]'
/** Quotes with the `Quote:` above them; code boxes stand in the same frame and lose their label alone. */
const NOT_OWN =
  'td.alt2, div.panel.alt2, div[style*="margin"] > table, div[style*="margin"] > .smallfont, div[style*="margin"] > div > label'

export const site = defineSite({
  id: 'vbulletin3',
  name: 'vBulletin 3',
  hosts: [],
  selectors: {
    root: 'body',
    title: 'td.navbar strong, h1',
    post: POST,
    body: BODY_ELEMENT,
    notOwn: NOT_OWN,
    author: '[id^="postmenu_"] .bigusername, [id^="postmenu_"]',
    floor: 'a[id^="postcount"]',
    starter: '.threadstarter',
    postId: { attribute: 'id', pattern: /^edit(\d+)$/ },
    quote: {
      box: 'td.alt2:has(> div[style*="italic"]), div.panel.alt2:has(> div[style*="italic"])',
      head: 'div:has(> strong)',
      author: { in: 'div > strong' },
      postId: { attribute: 'href', in: 'div > a[href*="#post"]', pattern: /#post(\d+)$/ },
    },
  },
  isThread: (url, page) =>
    threadIdAt(url, page) !== undefined && page.querySelector(`[id^="td_post_"] ${BODY_ELEMENT}`) !== null,
  permalink: (postId, url, page) => postAddress(rootOf(page, baseIn(page, url)), postId),
  linkedPostId: linkedPostIdAt,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/showthread.php?t=186269',
    'https://forum.example.org/showthread.php?s=e3c94620532c949b2327d48f00d1bda8&t=186269&page=2',
    'https://example.org/forum/showthread.php?p=2017066#post2017066',
    'https://example.org/forum/trip-reports/2212958-scenic-sights-2.html',
  ],
  others: [
    'https://forum.example.org/forumdisplay.php?f=16',
    'https://forum.example.org/newreply.php?do=newreply&p=2017066',
    'https://example.org/forum/trip-reports/',
  ],
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.inlineimg, img[src*="/smilies/"]',
  spoiler: { box: '.spoiler' },
}

const QUOTE: QuoteRules = {
  box: 'td.alt2, div.panel.alt2',
  content: 'div[style*="italic"]',
  username: (quote) => (quote.first('div[style*="italic"]') ? quote.text('div > strong') : ''),
  postId: (quote) => quotedPostId(quote.attribute('div > a[href*="#post"]', 'href')),
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadIdAt(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const root = rootOf(page, base)
  const options = { base, mapAddress: (address: string) => withoutSession(address, 's') }
  const found = page.all(POST).map((post) => page.within(post, POST))
  const times = timesOf(found.map(timeText), readZone(page), readAt)
  const place =
    pageOf(page.text('.pagenav td.vbmenu_control')) ??
    pageOf(page.text('.pagenav .vbmenu_control')) ??
    pageOf(page.text('.pagenav'))
  const number = place?.page ?? pageNumber(url.searchParams.get('page')) ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address: addressesOf(root, id).first,
    title: page.text('td.navbar strong') || page.text('h1') || page.text('title'),
    board: readBoard(page),
    posts: found.flatMap((post) => {
      const one = readPost(post, times, options)
      return one ? [{ ...one, url: postAddress(root, one.id) }] : []
    }),
    page: number,
    pageCount: place?.pageCount ?? number,
    addresses: addressesOf(root, id),
  })
}

/** The bar above a post begins with its time, after the mark of what is new. */
function timeText(post: Scope): string {
  const anchor = post.first('a[name^="post"]')
  const cell = anchor && post.closest(anchor, 'td, .tcell')
  return cell ? lineOf(cell) : ''
}

/** Breadcrumbs lead from the forum to the board; only the last is the thread's own. */
function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.navbar a[href*="forumdisplay.php"]').at(-1)
  const id =
    crumb && (idIn(attributeOf(crumb, 'href'), 'f') ?? /\?(\d{1,9})/.exec(attributeOf(crumb, 'href') ?? '')?.[1])
  if (id !== undefined) return { id, name: lineOf(crumb!) }
  const rewritten = page.all('[itemtype$="BreadcrumbList"] a[itemprop="item"]').at(-1)
  const folder = /\/([\w.-]{1,80})\/?$/.exec((rewritten && attributeOf(rewritten, 'href')) ?? '')?.[1]
  const number = /-(\d{1,9})$/.exec(folder ?? '')?.[1]
  return folder === undefined || /\.(?:php|html)$/.test(folder)
    ? undefined
    : { id: number ?? folder, name: lineOf(rewritten!) }
}

function readPost(post: Scope, times: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^edit(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first(BODY_ELEMENT)
  if (id === undefined || !body) return undefined
  return compact<Post>({
    id,
    floor: readFloor(post.text('a[id^="postcount"]')),
    author: readAuthor(post, '[id^="postmenu_"] a.bigusername', '[id^="postmenu_"]'),
    isStarter: post.first('.threadstarter') ? true : undefined,
    postedAt: parseTime(timeText(post), times),
    editedAt: readEdit(post.text('.smallfont em'), times),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, body, options),
    votes: readThanks(post),
  })
}

/** Files in the frame below the body; pictures of the body itself are its words. */
function readAttachments(post: Scope, body: Element, options: AddressOptions): Attachment[] {
  const inBody = new Set(post.within(body).all('a'))
  const readLine = lineReader()
  return post.all('a[href*="attachment.php"]').flatMap((link) => {
    if (inBody.has(link) || /[?&]do=/.test(attributeOf(link, 'href') ?? '')) return []
    const row = post.closest(link, 'tr')
    const picture = post.within(link).first('img')
    const name = picture ? attributeOf(picture, 'alt')?.replace(/^[^:]{1,20}:\s*/, '') : lineOf(link)
    const size = row && parseSize(readLine(row))
    const kind = picture ? 'image' : kindOf(name)
    const attachment = readAttachment(link, { name, kind, size }, options)
    return attachment ? [attachment] : []
  })
}
