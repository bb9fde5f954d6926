/**
 * V2EX, desktop and phone layout. Look at: https://www.v2ex.com/t/906733.
 * Gaps: the opening post has no element of its own, so aids attach to replies alone; an answer is a name in the text
 * (`@name #12`) and stays there.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import { parseTime } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber } from './reading/address.ts'
import { readBody } from './reading/body.ts'
import type { BodyRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, highestNumber } from './reading/thread.ts'

const MIRRORS = ['v2ex.com']
const POST = '.cell[id^="r_"]'

export const site = defineSite({
  id: 'v2ex',
  name: 'V2EX',
  hosts: MIRRORS,
  selectors: {
    root: '#Wrapper, body',
    title: '.header h1',
    post: POST,
    body: '.reply_content',
    notOwn: '.badge',
    author: 'strong a[href^="/member/"]',
    starter: '.badge.op',
    floor: '.no',
    postId: { attribute: 'id', pattern: /^r_(\d+)$/ },
  },
  isThread: (url, page) => topicAt(url) !== undefined && isTopic(page),
  linkedPostId: ({ hash }) => /^#r_(\d{1,18})$/.exec(hash)?.[1],
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://www.v2ex.com/t/906733',
    'https://v2ex.com/t/906733?p=2#r_12539779',
    'https://global.v2ex.com/t/906733#reply90',
  ],
  others: ['https://www.v2ex.com/go/life', 'https://www.v2ex.com/member/yunqian', 'https://www.v2ex.com/t/'],
}

function topicAt(url: URL): string | undefined {
  return isWebAddress(url) ? /^\/t\/(\d{1,12})\/?$/.exec(url.pathname)?.[1] : undefined
}

/** A topic may have neither text nor replies; its heading names who wrote it. */
function isTopic(page: PageProbe): boolean {
  return (
    page.querySelector(`${POST} .reply_content`) !== null ||
    page.querySelector('.header small a[href^="/member/"]') !== null
  )
}

const ZONE = '+08:00'

const BODY: BodyRules = { notOwn: '.badge, .subtle > .fade' }

/** Reads one page of a topic; the opening post stands on every page and is read on every page. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = topicAt(url)
  if (id === undefined) return undefined
  const address = new URL(`/t/${id}`, url).href
  const options = { base: baseOf(page, url) }
  const number =
    pageNumber(page.attribute('input.page_input', 'value')) ??
    pageNumber(page.text('a.page_current')) ??
    pageNumber(url.searchParams.get('p')) ??
    1
  const opening = readOpening(page, id, address, readAt, options)
  const replies = page
    .all(POST)
    .flatMap((found) => readReply(page.within(found, POST), `${address}?p=${number}`, readAt, options) ?? [])
  const last = page
    .all('.cell .gray')
    .map(lineOf)
    .find((line) => /^\d+ (?:条回复|repl)/.test(line))
  const lastAt = parseTime(last?.replace(/^\d+ \S+/, '') ?? '', { readAt, zone: ZONE })
  const told = pageNumber(page.attribute('input.page_input', 'max'))
  const board = page.first('.header a[href^="/go/"]')
  const boardId = /^\/go\/([\w-]{1,60})/.exec((board && attributeOf(board, 'href')) ?? '')?.[1]
  return buildThreadPage({
    site: site.id,
    url,
    mirrors: MIRRORS,
    id,
    address,
    title: page.text('.header h1') || page.text('title').replace(/ - V2EX$/, ''),
    board: boardId === undefined ? undefined : { id: boardId, name: lineOf(board!) },
    author: opening?.author,
    createdAt: opening?.postedAt,
    lastReply: lastAt === undefined ? undefined : { at: lastAt },
    posts: [...(opening ? [opening] : []), ...replies],
    page: number,
    pageCount: highestNumber(page, 'a.page_normal, a.page_current', Math.max(number, told ?? 1)),
    addresses: { first: address, before: `${address}?p=`, after: '', start: 1, step: 1 },
  })
}

/** The topic itself, with what its author added to it later. */
function readOpening(
  page: Scope,
  id: string,
  address: string,
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  const author = readAuthor(page.first('.header small a[href^="/member/"]'))
  if (!author) return undefined
  const parts = page.all('.topic_content').map((part) => readBody(page, part, BODY, options))
  const time = page.attribute('.header small span[title]', 'title') ?? page.text('.header small').split('·')[0]
  const up = /\d{1,7}/.exec(page.text('.header .votes'))?.[0]
  return compact<Post>({
    id: `topic-${id}`,
    author,
    url: address,
    postedAt: parseTime(withoutName(time ?? '', author), { readAt, zone: ZONE }),
    html: parts.map(({ html }) => html).join('<hr>'),
    text: parts.map(({ text }) => text).join('\n\n'),
    quotes: [],
    attachments: [],
    votes: up === undefined ? undefined : { up: Number(up) },
  })
}

function withoutName(text: string, { username }: Author): string {
  const at = text.indexOf(username)
  return at < 0 ? text : text.slice(at + username.length)
}

function readReply(reply: Scope, address: string, readAt: Date | undefined, options: AddressOptions): Post | undefined {
  const id = /^r_(\d{1,18})$/.exec(attributeOf(reply.element!, 'id') ?? '')?.[1]
  const body = reply.first('.reply_content')
  const author = readAuthor(reply.first('strong a[href^="/member/"]'))
  if (id === undefined || !body) return undefined
  // Thanks and, in the older layout, the time share their classes: a time is no bare number.
  const small = reply.all('.fade.small').map(lineOf)
  const thanks = small.map((line) => /^(?:[♥❤]\S? ?)?(\d{1,6})$/.exec(line)?.[1]).find((digits) => digits !== undefined)
  const time = reply.attribute('.ago', 'title') ?? (reply.text('.ago') || small.find((line) => /\D{2}/.test(line)))
  const floor = pageNumber(reply.text('.no'))
  return compact<Post>({
    id,
    floor,
    author: author ?? { username: '' },
    isStarter: reply.first('.badge.op') ? true : undefined,
    url: `${address}#r_${id}`,
    postedAt: parseTime(time ?? '', { readAt, zone: ZONE }),
    ...readBody(reply, body, BODY, options),
    quotes: [],
    attachments: [],
    votes: thanks === undefined ? undefined : { up: Number(thanks) },
  })
}

function readAuthor(link: Element | undefined): Author | undefined {
  const username = /^\/member\/([\w-]{1,60})/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  return username === undefined ? undefined : { username }
}
