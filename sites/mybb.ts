/**
 * MyBB 1.6 and 1.8. Look at: https://community.mybb.com/thread-222085.html.
 * Gaps: no page tells its zone, so times are without one; polls are not read, nor the threaded view.
 */
import type { Element, ElementContent } from 'hast'
import { findDateOrder, parseTime } from '../core/dates.ts'
import type { TimeOptions } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { hasClass, lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { baseIn, idIn, isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { element, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { quotedName } from './reading/quoted-name.ts'
import { baseOf, buildThreadPage, compact, kindOf, readAttachment, upToClock } from './reading/thread.ts'

const POST = '.post[id^="post_"], table[id^="post_"]'
const BODY_PART = '.post_body[id^="pid_"]'
const NOT_OWN = 'blockquote, .post_edit, .codeblock .title'

export const site = defineSite({
  id: 'mybb',
  name: 'MyBB',
  hosts: [],
  selectors: {
    root: '#posts, body',
    title: '.navigation',
    post: POST,
    body: BODY_PART,
    notOwn: NOT_OWN,
    author: '.author_information .largetext, .largetext, .author_information strong',
    floor: '.post_head .float_right',
    postId: { attribute: 'id', pattern: /^post_(\d+)$/ },
    quote: {
      box: 'blockquote',
      head: 'cite',
      author: { in: 'cite', pattern: /^(?:\([^()]*\) ?)?(.*?) ?[^ ]{1,20}[:：](?: ?\([^()]*\))?$/ },
      postId: { attribute: 'href', in: 'cite a[href*="pid"]', pattern: /(?:#pid|[?&]pid=)(\d+)/ },
    },
  },
  isThread: (url, page) => threadIdOf(url, page) !== undefined && page.querySelector(BODY_PART) !== null,
  linkedPostId: (url) => /^#pid(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'pid'),
  permalink: (postId, url, page) => {
    const id = threadIdOf(url, page)
    return new URL(`showthread.php?tid=${id}&pid=${postId}#pid${postId}`, baseIn(page, url)).href
  },
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/showthread.php?tid=222085',
    'https://example.org/board/showthread.php?tid=222085&pid=1324979#pid1324979',
    'https://forum.example.org/thread-222085.html',
    'https://forum.example.org/thread-222085-page-2.html',
    'https://forum.example.org/thread-222085-post-1324873.html#pid1324873',
  ],
  others: [
    'https://forum.example.org/forumdisplay.php?fid=11',
    'https://forum.example.org/forum-11-page-5.html',
    'https://forum.example.org/newreply.php?tid=222085',
  ],
}

/** By the address, else (`/Thread-some-title`) by the link to answer. */
function threadIdOf(url: URL, page: PageProbe): string | undefined {
  if (!isWebAddress(url)) return undefined
  const { pathname } = url
  if (pathname.endsWith('/showthread.php')) return idIn(url, 'tid')
  const id = /\/thread-(\d{1,12})(?:-(?:page|post)-\d{1,12}|-lastpost|-newpost)?\.html$/i.exec(pathname)?.[1]
  if (id !== undefined || !/\/thread-[^/]+$/i.test(pathname)) return id
  return idIn(
    page.querySelector('a[href*="newreply.php?tid="], a[href*="printthread.php?tid="]')?.getAttribute('href'),
    'tid',
  )
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.smilie',
  code: { box: '.codeblock', content: 'code' },
  spoiler: { box: '.spoiler, .spoiler_wrap', label: '.spoiler_header', content: '.spoiler_body' },
}

const QUOTE: QuoteRules = {
  box: 'blockquote',
  head: 'cite',
  username: readQuoted,
  postId: (quote) => {
    const href = quote.attribute('cite a.quick_jump', 'href') ?? quote.attribute('cite a[href*="pid"]', 'href')
    return /#pid(\d{1,18})$/.exec(href ?? '')?.[1] ?? idIn(href, 'pid')
  },
}

/** `(DATE) NAME Wrote:`, in the board's language; the date has a frame of its own. */
function readQuoted(quote: Scope): string {
  const cite = quote.first('cite')
  const line = cite
    ? lineOf(
        element(
          'cite',
          cite.children.filter((child) => child.type === 'text'),
        ),
      )
    : ''
  return quotedName(line)
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadIdOf(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const address = new URL(`showthread.php?tid=${id}`, base).href
  const found = page.all(POST).map((post) => page.within(post, POST))
  // Months stand first where nothing else is set.
  const time: TimeOptions = { readAt, order: findDateOrder(found.map(timeText)) ?? 'mdy' }
  const { number, count } = readPaging(page, url)
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.text('.navigation .active') || page.text('title'),
    board: readBoard(page),
    posts: found.flatMap((post) => readPost(post, address, time, { base }) ?? []),
    page: number,
    pageCount: Math.max(number, count),
    addresses: { first: address, before: `${address}&page=`, after: '', start: 1, step: 1 },
  })
}

/** The breadcrumb may hold a bar of its own: that of the board. */
function readPaging(page: Scope, url: URL): { number: number; count: number } {
  const isOwn = (found: Element) => page.closest(found, '.navigation') === undefined
  const current = page.all('.pagination_current').find(isOwn)
  const numbers = page.all('.pagination_page, .pagination_last').filter(isOwn)
  const told = idIn(url, 'page') ?? /-page-(\d{1,9})\.html$/.exec(url.pathname)?.[1]
  const number = pageNumber(current && lineOf(current)) ?? pageNumber(told) ?? 1
  return { number, count: numbers.reduce((most, link) => Math.max(most, pageNumber(lineOf(link)) ?? 1), 1) }
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.navigation a[href*="forum"]').findLast((link) => boardIdIn(link))
  return crumb && { id: boardIdIn(crumb)!, name: lineOf(crumb) }
}

function boardIdIn(link: Element): string | undefined {
  const href = attributeOf(link, 'href') ?? ''
  const classes = attributeOf(link, 'class')
  if (classes?.includes('pagination')) return undefined
  return idIn(href, 'fid') ?? /forum-(\d{1,9})(?:-page-\d{1,9})?\.html$/.exec(href)?.[1]
}

function readPost(post: Scope, address: string, time: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^post_(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first(BODY_PART)
  if (id === undefined || !body) return undefined
  const floor = post.all('.post_head a, .float_right a').find((link) => /^#[\d,.]{1,9}$/.test(lineOf(link)))
  return compact<Post>({
    id,
    floor: floor && pageNumber(lineOf(floor)),
    author: readAuthor(post),
    url: `${address}&pid=${id}#pid${id}`,
    postedAt: parseTime(timeText(post), time),
    editedAt: parseTime(upToClock(post.text('.edited_post').replace(/^[^:]{1,60}:/, '')), time),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
  })
}

function readAuthor(post: Scope): Author {
  const link = post.first('.author_information a[href*="user-"]') ?? post.first('a[href*="action=profile"]')
  const href = (link && attributeOf(link, 'href')) ?? ''
  const id = /\/?user-(\d{1,12})\.html$/.exec(href)?.[1] ?? parseId(idIn(href, 'uid'))
  const username = (link && lineOf(link)) || post.text('.largetext') || post.text('.author_information strong')
  return { username, ...(id !== undefined && { id }) }
}

/** The date without the note about the last edit; where it is told as a span, its title tells it in full. */
function timeText(post: Scope): string {
  const found = post.first('.post_date')
  const parts = (found?.children ?? []).flatMap((child): ElementContent[] => {
    if (child.type !== 'element') return [child]
    if (hasClass(child, 'post_edit') || hasClass(child, 'edited_post')) return []
    const title = attributeOf(child, 'title')
    return title === undefined ? [child] : [{ type: 'text', value: title }]
  })
  return lineOf(element('span', parts))
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('a[href*="attachment.php?aid="]').flatMap((link) => {
    const name = lineOf(link)
    if (!name) return []
    return readAttachment(link, { name, kind: kindOf(name) }, options) ?? []
  })
}
