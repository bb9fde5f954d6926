/**
 * PHPWind (5 to 9), written from facts: no whole page of it was at hand. Look at: read.php?tid=… with "Powered by PHPWind".
 * Since version 8 posts stand in other frames. Gaps: votes and attachments beside the body are not read; times are Beijing's only where the foot says so.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import type { TimeOptions } from '../core/dates.ts'
import { parseOffset } from '../core/dates/zone.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { idIn, isWebAddress, pageNumber, pageOf } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { ownLine } from './reading/own-line.ts'
import { baseOf, buildThreadPage, compact, highestNumber } from './reading/thread.ts'

/** Since version 8 the body stands in a frame of that class. */
const BODY_ELEMENT = '.tpc_content[id^="read_"], .tpc_content > [id^="read_"]'
const NOT_OWN = '.quote, .quote2, blockquote, .signature, .tpc_edit, .f12[id^="edit_"]'

export const site = defineSite({
  id: 'phpwind',
  name: 'PHPWind',
  hosts: [],
  selectors: {
    root: '#main, body',
    title: 'h1, [id^="subject_"]',
    post: 'table:has(> tbody > tr > .r_one), table:has(> tr > .r_one), .floot:has([id^="read_"])',
    body: BODY_ELEMENT,
    notOwn: NOT_OWN,
    author: '.r_two b, .r_name a, .readName a',
    floor: '.tiptop .s3, .tipTop .s2',
    postId: { attribute: 'id', in: BODY_ELEMENT, pattern: /^read_(\d+|tpc)$/ },
    quote: {
      box: '.quote, .quote2, blockquote',
      author: { pattern: /(?:引用|回)\s?(?:第?\d{1,7}楼|楼主)?\s?(.{1,40}?)\s?(?:于|在|的)/ },
    },
  },
  isThread: (url, page) =>
    threadAt(url) !== undefined && page.querySelector('.r_one [id^="read_"], .floot_right [id^="read_"]') !== null,
  linkedPostId: (url) => /^#(?:read_)?(\d{1,18})$/.exec(url.hash)?.[1],
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://bbs.example.org/read.php?tid=4321',
    'https://bbs.example.org/read.php?tid=4321&page=2#read_98765',
    'https://bbs.example.org/read-htm-tid-4321-page-2.html',
  ],
  others: [
    'https://bbs.example.org/thread.php?fid=7',
    'https://bbs.example.org/post.php?action=reply&tid=4321',
    'https://bbs.example.org/read.php',
  ],
}

function threadAt(url: URL): { id: string; page: number } | undefined {
  if (!isWebAddress(url)) return undefined
  const [, rewritten, page] =
    /\/read-htm-tid-(\d{1,12})(?:-[\w-]*?page-(\d{1,6}))?[\w-]*\.html$/.exec(url.pathname) ?? []
  const id = url.pathname.endsWith('/read.php') ? idIn(url, 'tid') : rewritten
  if (id === undefined) return undefined
  return { id, page: pageNumber(url.searchParams.get('page')) ?? Number(page ?? 1) }
}

const BODY: BodyRules = { notOwn: NOT_OWN, emoji: 'img[src*="/smile/"], img[src*="/post/smile"]' }

const QUOTE: QuoteRules = {
  box: '.quote, .quote2, blockquote',
  username: (quote) =>
    /(?:引用|回)\s?(?:第?\d{1,7}楼|楼主)?\s?(.{1,40}?)\s?(?:于|在|的)/.exec(quoteHead(quote))?.[1] ?? '',
}

/** Where a frame holds another, the first line is the head: `引用第3楼NAME于2010-01-02 03:04发表的：`. */
function quoteHead(quote: Scope): string {
  return quote.element ? lineOf(quote.element).slice(0, 120) : ''
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const thread = threadAt(url)
  if (!thread) return undefined
  const base = baseOf(page, url)
  const address = new URL(`read.php?tid=${thread.id}`, base).href
  const zone = parseOffset(/GMT ?[+-] ?\d{1,2}/.exec(page.text('#footer') || page.text('.bottom'))?.[0] ?? '')
  const place = pageOf(/\d+ ?\/ ?\d+/.exec(page.text('.pages'))?.[0])
  const number = place?.page ?? pageNumber(page.text('.pages b')) ?? thread.page
  const bodies = page.all(BODY_ELEMENT)
  return buildThreadPage({
    site: site.id,
    url,
    id: thread.id,
    address,
    title: readTitle(page),
    board: readBoard(page),
    posts: bodies.flatMap((body) => {
      const frame = page.closest(body, 'table') ?? page.closest(body, 'tr')
      const post = frame && readPost(page.within(frame), address, number, { readAt, zone, order: 'ymd' }, { base })
      return post ? [post] : []
    }),
    page: number,
    pageCount: highestNumber(page, '.pages a', Math.max(number, place?.pageCount ?? 1)),
    addresses: { first: address, before: `${address}&page=`, after: '', start: 1, step: 1 },
  })
}

/** Since version 8 the kind of thread stands before the title, as a link. */
function readTitle(page: Scope): string {
  const heading = page.first('#subject_tpc') ?? page.first('h1')
  return (heading && (ownLine(heading) || lineOf(heading))) || page.text('title')
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  // Links with more than the board lead to one kind of its threads, or away from it.
  const crumbs = page.all('a[href*="thread.php?fid"], a[href*="thread-htm-fid-"]')
  const crumb = crumbs.findLast((link) => !/[&-]type[=-]/.test(attributeOf(link, 'href') ?? ''))
  const id = /fid[=-](\d{1,9})/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(
  post: Scope,
  address: string,
  page: number,
  time: TimeOptions,
  options: AddressOptions,
): Post | undefined {
  const body = post.first(BODY_ELEMENT)
  const key = /^read_(\d{1,18}|tpc)$/.exec((body && attributeOf(body, 'id')) ?? '')?.[1]
  if (!body || key === undefined) return undefined
  const line = post.text('.tiptop') || post.text('.tipTop') || post.text('.tipad')
  const label = /(?:^|\s)(\d{1,7}) ?(?:楼|#)|(楼主|沙发|板凳|地板)/.exec(post.text('.tipTop a.s2') || line)
  // Replies are counted from 1; the first three have names as well, and the opening post has a name alone.
  const named = ['楼主', '沙发', '板凳', '地板'].indexOf(label?.[2] ?? '')
  const floor = label?.[1] === undefined ? named : Number(label[1])
  return compact<Post>({
    id: key,
    floor: floor > 0 ? floor : undefined,
    author: readAuthor(post),
    isStarter: key === 'tpc' ? true : undefined,
    url: key === 'tpc' ? address : `${address}&page=${page}#${key}`,
    postedAt: parseTime(
      TIME.exec(
        post
          .all('.tipTop span[title]')
          .map((each) => attributeOf(each, 'title'))
          .join(' '),
      )?.[0] ??
        TIME.exec(`${line} ${post.text('.tipad')}`)?.[0] ??
        '',
      time,
    ),
    editedAt: parseTime(
      /此帖被.{1,60}?[在于] ?(\d{4}-[\d :-]{6,20}?) ?(?:重新|最后)?编辑/.exec(post.text('.gray'))?.[1] ?? '',
      time,
    ),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options).map((quote) => ({
      ...quote,
      excerpt: quote.excerpt.replace(/^(?:引用|回)[^\n]{0,120}?[:：]\n/, ''),
    })),
    attachments: [],
  })
}

const TIME = /\d{4}-\d{1,2}-\d{1,2} \d{1,2}:\d{2}(?::\d{2})?/

/** Members are links, beside a mark of who is there; guests are words. */
function readAuthor(post: Scope): Author {
  const frame = post.first('.r_name') ?? post.first('.readName')
  const link = frame ? post.within(frame).first('a') : post.first('.r_two a[href*="uid"]')
  const id = /uid[=-](\d{1,12})/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  const username = frame ? (link ? lineOf(link) : ownLine(frame)) : post.text('.r_two b')
  return { username, ...(id !== undefined && { id }) }
}
