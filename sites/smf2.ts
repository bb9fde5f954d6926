/**
 * Simple Machines Forum 2.0 and 2.1. Look at: https://www.simplemachines.org/community/index.php?topic=589061.0.
 * Gaps: no page tells its zone, so times are without one; polls are not read.
 */
import type { Element } from 'hast'
import { findDateOrder, parseTime } from '../core/dates.ts'
import type { TimeOptions } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, upToClock } from './reading/thread.ts'
import { mapAddress, readAttachments, readPaging } from './smf2/page.ts'

const POST = '.post_wrapper'
const NOT_OWN = '.bbc_standard_quote, .bbc_alternate_quote, .quoteheader, .quotefooter, .codeheader'

export const site = defineSite({
  id: 'smf2',
  name: 'Simple Machines',
  hosts: [],
  selectors: {
    root: '#forumposts',
    title: '#display_head, #forumposts .cat_bar',
    post: POST,
    body: '.inner',
    notOwn: NOT_OWN,
    author: '.poster h4',
    floor: '.page_number',
    postId: { attribute: 'id', in: '.inner', pattern: /^msg_(\d+)$/ },
    quote: {
      box: '.bbc_standard_quote, .bbc_alternate_quote',
      head: 'cite',
      author: {
        in: 'cite',
        pattern: /^[^:：]{1,40}[:：] ?(.*) (?:on|am|le|el|em|op|il|den|dne|w dniu|от|于|於) \D{0,20}\d/i,
      },
      postId: { attribute: 'href', in: 'cite a', pattern: /(?:[?;&]msg=|\.msg|#msg)(\d+)/ },
    },
  },
  isThread: (url, page) => topicAt(url) !== undefined && page.querySelector(`#forumposts ${POST} .keyinfo`) !== null,
  linkedPostId: ({ hash }) => /^#msg_?(\d{1,18})$/.exec(hash)?.[1],
  permalink: (postId, url) => `${scriptOf(url)}?topic=${topicAt(url)}.msg${postId}#msg${postId}`,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/index.php?topic=589061.0',
    'https://example.org/smf/index.php?topic=589061.msg4175227#msg4175227',
    'https://example.org/smf/index.php/topic,589061.15.html',
  ],
  others: [
    'https://forum.example.org/index.php?board=60.0',
    'https://forum.example.org/index.php?action=profile;u=261870',
    'https://forum.example.org/index.php?action=printpage;topic=589061.0',
  ],
}

/** `topic=ID.START`, where START is an offset, a message or `new`. */
function topicAt(url: URL): string | undefined {
  const { pathname, search } = url
  if (!isWebAddress(url) || search.includes('action=')) return undefined
  return /(?:[?;&]topic=|\/topic,)(\d{1,12})(?![^.;&])/.exec(`${pathname}${search}`)?.[1]
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.smiley',
  spoiler: { box: '.sp-wrap, .bbc_spoiler', label: '.sp-head, .spoiler_header', content: '.sp-body, .spoiler_body' },
}

/** Reads one page of a topic. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = topicAt(url)
  if (id === undefined) return undefined
  const options = { base: baseOf(page, url), mapAddress }
  const found = page.all(POST).map((post) => page.within(post, POST))
  const time: TimeOptions = { readAt, order: findDateOrder(found.map(timeText)) }
  const { number, count, step } = readPaging(page)
  const script = scriptOf(url)
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address: `${script}?topic=${id}.0`,
    title: readTitle(page),
    board: readBoard(page),
    posts: found.flatMap((post) => readPost(post, `${script}?topic=${id}`, time, options) ?? []),
    page: number,
    pageCount: count,
    addresses: { first: `${script}?topic=${id}.0`, before: `${script}?topic=${id}.`, after: '', start: 0, step },
  })
}

/** The forum's one script; short addresses stand below it. */
function scriptOf(url: URL): string {
  const path = /^(.*?\/)(?:index\.php|topic,)/.exec(url.pathname)?.[1] ?? url.pathname.replace(/[^/]*$/, '')
  return new URL(`${path}index.php`, url).href
}

/** The older template holds author, label and readers in its heading; the breadcrumb has the title alone. */
function readTitle(page: Scope): string {
  const crumb = page.all('.navigate_section a').at(-1)
  return page.text('#top_subject') || page.text('.display_title') || (crumb && lineOf(crumb)) || page.text('title')
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.navigate_section a[href*="board"]').at(-1)
  const id = /[?;&/]board[=,](\d{1,9})/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, address: string, time: TimeOptions, options: AddressOptions): Post | undefined {
  const body = post.first('.inner')
  const id = /^msg_(\d{1,18})$/.exec((body && attributeOf(body, 'id')) ?? '')?.[1]
  if (id === undefined || !body) return undefined
  const answer = pageNumber(/#\s?([\d,]{1,9})/.exec(post.text('.keyinfo .smalltext strong'))?.[1])
  const up = pageNumber(/\d[\d,]{0,8}/.exec(post.text('.smflikes_count') || post.text('.like_count'))?.[0])
  return compact<Post>({
    id,
    // Answers are counted, and the opening post is none.
    floor: pageNumber(post.text('.page_number')) ?? answer,
    author: readAuthor(post),
    url: `${address}.msg${id}#msg${id}`,
    postedAt: parseTime(timeText(post), time),
    editedAt: parseTime(upToClock(post.text('.modified').replace(/^[^:]{1,40}:/, '')), time),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, quoteRules(post.within(body)), BODY, options),
    attachments: readAttachments(post, options),
    votes: up === undefined ? undefined : { up },
  })
}

function readAuthor(post: Scope): Author {
  const id = /[;?&]u=(\d{1,12})/.exec(post.attribute('.poster h4 a[href*="action=profile"]', 'href') ?? '')?.[1]
  const username = post.text('.poster h4 a[href*="action=profile"]') || post.text('.poster h4')
  return { username, ...(id !== undefined && { id }) }
}

/** `June 04, 2024, 11:23:55 AM`; in the older template `« Reply #1 on: DATE »`, its words in bold as `Today` is. */
function timeText(post: Scope): string {
  const line =
    post.text('.postinfo a.smalltext') || post.text('.postinfo .smalltext') || post.text('.keyinfo .smalltext')
  const label = post.text('.keyinfo .smalltext strong')
  const at = /[:：]$/.test(label) ? line.indexOf(label) : -1
  return (at < 0 ? line : line.slice(at + label.length)).replace(/[«»]/g, '')
}

/** In the older template what is said about a quote stands before it, once for each. */
function quoteRules(body: Scope): QuoteRules {
  const box = '.bbc_standard_quote, .bbc_alternate_quote'
  const heads = body.all('.quoteheader')
  const headOf = new Map<Element, Element>()
  const boxes = body.all(box)
  if (heads.length === boxes.length) boxes.forEach((quote, index) => headOf.set(quote, heads[index]!))
  const link = (quote: Scope) => {
    const head = headOf.get(quote.element!)
    return head ? body.within(head).first('a') : quote.first('cite a')
  }
  return {
    box,
    head: 'cite, .quoteheader, .quotefooter',
    username: (quote) => quotedName(lineOf(link(quote) ?? headOf.get(quote.element!) ?? quote.first('cite') ?? EMPTY)),
    postId: (quote) => {
      const found = link(quote)
      return /(?:[?;&]msg=|\.msg|#msg)(\d{1,18})/.exec((found && attributeOf(found, 'href')) ?? '')?.[1]
    },
  }
}

const EMPTY: Element = { type: 'element', tagName: 'cite', properties: {}, children: [] }

/** `Quote from: NAME on DATE`, in the board's language. */
function quotedName(line: string): string {
  const [, rest = ''] = /^[^:：]{1,40}[:：] ?(.*)$/.exec(line.slice(0, 300)) ?? []
  return /^(.*) (?:on|am|le|el|em|op|il|den|dne|w dniu|от|于|於) \D{0,20}\d/i.exec(rest)?.[1] ?? rest
}
