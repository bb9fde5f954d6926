/**
 * vBulletin 4, stock and reskinned. Look at: https://www.webhostingtalk.com/showthread.php?t=1930933.
 * Gaps: thumbs and thanks are add-ons of many kinds, of which two are read.
 */
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
import { readThanks } from './vbulletin/thanks.ts'
import { baseOf, buildThreadPage, compact, kindOf, parseSize, readAttachment } from './reading/thread.ts'
import { addressesOf, linkedPostIdAt, postAddress, quotedPostId, rootOf, threadIdAt } from './vbulletin/address.ts'
import { readAuthor, readEdit, readFloor, readZone, timesOf } from './vbulletin/page.ts'

const POST = 'li.postcontainer[id^="post_"]'
const NOT_OWN = '.bbcode_quote, .bbcode_description, .signature, .lastedited'

export const site = defineSite({
  id: 'vbulletin4',
  name: 'vBulletin 4',
  hosts: [],
  selectors: {
    root: '#content, #vbulletin_html',
    title: '.threadtitle, #pagetitle h1, h1',
    post: POST,
    body: 'blockquote.postcontent',
    notOwn: NOT_OWN,
    author: '.username_container .username, .username',
    floor: '.postcounter',
    postId: { attribute: 'id', pattern: /^post_(\d+)$/ },
    quote: {
      box: '.bbcode_quote',
      head: '.bbcode_postedby',
      author: { in: '.bbcode_postedby strong' },
      postId: { attribute: 'href', in: '.bbcode_postedby a[href]', pattern: /(?:#post|[?&]p=)(\d+)$/ },
    },
  },
  isThread: (url, page) =>
    threadIdAt(url, page) !== undefined && page.querySelector(`#vbulletin_html ${POST} .postcontent`) !== null,
  permalink: (postId, url, page) => postAddress(rootOf(page, baseIn(page, url)), postId),
  linkedPostId: linkedPostIdAt,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/showthread.php?t=1930933',
    'https://forum.example.org/showthread.php?1930933-What-do-you-pay/page2',
    'https://example.org/forum/showthread.php/1930933-What-do-you-pay?p=10465146',
    'https://forum.example.org/threads/1930933-What-do-you-pay/page2',
    'https://www.example.org/windows-phone/122760-microsoft-beginnt-34.html?s=22c09551c71c1a6b64e4364ca45cbf28',
  ],
  others: [
    'https://forum.example.org/forumdisplay.php?f=1',
    'https://forum.example.org/newreply.php?do=newreply&p=10465146',
    'https://forum.example.org/threads/',
  ],
}

const BODY: BodyRules = {
  // What phones sign posts with; the app's own class for it.
  notOwn: `${NOT_OWN}, .tapatalkSignatur`,
  emoji: 'img.inlineimg, img[smilieid]',
  spoiler: { box: '.spoiler, .bbcode_spoiler' },
}

const QUOTE: QuoteRules = {
  box: '.bbcode_quote',
  head: '.bbcode_postedby',
  content: '.message',
  username: (quote) => quote.text('.bbcode_postedby strong'),
  postId: (quote) => quotedPostId(quote.attribute('.bbcode_postedby a[href*="#post"]', 'href')),
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadIdAt(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const root = rootOf(page, base)
  const options = { base, mapAddress: (address: string) => withoutSession(address, 's') }
  const found = page.all(POST).map((post) => page.within(post, POST))
  const times = timesOf(found.flatMap(timeTexts), readZone(page), readAt)
  const place = pageOf(page.text('.pagination .popupctrl'))
  const number = place?.page ?? pageNumber(page.text('.pagination .selected')) ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address: addressesOf(root, id).first,
    title: readTitle(page),
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

/** Skins without a heading still end their breadcrumbs in the title. */
function readTitle(page: Scope): string {
  return (
    page.text('.threadtitle a') ||
    page.text('.threadtitle') ||
    page.text('#breadcrumb .lastnavbit') ||
    page.text('#pagetitle h1') ||
    page.text('h1') ||
    page.text('title')
  )
}

/** Title of the heading. The last breadcrumb with a link is the board. */
function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('#breadcrumb .navbit a[href]').at(-1)
  const href = crumb && attributeOf(crumb, 'href')
  const id = idIn(href, 'f') ?? /(?:forumdisplay\.php[?/]|\/)(\d{1,9})-[^/]*\/?(?:\?.*)?$/.exec(href ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

/** `.postdate` in the stock skin; others put the time among the author's figures, without a mark. */
function timeTexts(post: Scope): string[] {
  const told = post.text('.postdate .date') || post.text('.postdate') || post.text('.posthead .date')
  return told
    ? [told]
    : post
        .all('.userstats dd')
        .map(lineOf)
        .filter((line) => /\d[:.]\d{2}/.test(line))
}

function readPost(post: Scope, times: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^post_(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first('[id^="post_message_"] blockquote.postcontent') ?? post.first('blockquote.postcontent')
  if (id === undefined || !body) return undefined
  return compact<Post>({
    id,
    floor: readFloor(post.text('.postcounter')),
    author: readAuthor(post, 'a.username', '.username_container .username, .username_container'),
    postedAt: timeTexts(post)
      .map((text) => parseTime(text, times))
      .find((time) => time !== undefined),
    editedAt: readEdit(post.text('.lastedited'), times),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
    votes: readThanks(post),
  })
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.attachments li').flatMap((item) => {
    const part = post.within(item)
    const link = part.first('a[href*="attachment.php"]')
    const picture = part.first('a[href*="attachment.php"] img.attach, a[href*="attachment.php"] img.thumbnail')
    const name = link && (lineOf(link) || (picture && attributeOf(picture, 'alt')?.replace(/^[^:]{1,20}:\s*/, '')))
    const kind = picture ? 'image' : kindOf(name)
    const attachment = readAttachment(link, { name, kind, size: parseSize(lineOf(item)) }, options)
    return attachment ? [attachment] : []
  })
}
