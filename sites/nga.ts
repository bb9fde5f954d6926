/**
 * NGA (艾泽拉斯国家地理) on all its hosts, written from facts: no whole page of it was at hand. Look at: https://bbs.nga.cn/read.php?tid=….
 * A fetched page holds the forum's own markup and leaves names to a script; the live page holds HTML; both read. Gaps:
 * attachments outside of the body and comments on floors (贴条) are not read; anonymous names are told by their key.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post, Quote } from '../core/thread.ts'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf, scopeOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { parseBbcode } from './nga/bbcode.ts'
import type { ScriptFacts } from './nga/scripts.ts'
import { readScripts } from './nga/scripts.ts'
import { idIn, isWebAddress, pageNumber } from './reading/address.ts'
import { element, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact } from './reading/thread.ts'

/** One forum under several names; the first is its own. */
const MIRRORS = ['bbs.nga.cn', 'nga.cn', 'nga.178.com', 'ngabbs.com', 'bbs.ngacn.cc']

const POST = '[id^="post1strow"]'
const NOT_OWN = '.quote, .silver.right, .collapse_btn'

export const site = defineSite({
  id: 'nga',
  name: 'NGA 玩家社区',
  hosts: MIRRORS,
  isDrawnByScript: true,
  selectors: {
    root: '#mc, #m_posts, body',
    title: 'h3[id^="postsubject"]',
    post: POST,
    body: '.postcontent, [id^="postcontent"]',
    notOwn: NOT_OWN,
    author: 'a[id^="postauthor"]',
    floor: 'a[name^="l"]',
    postId: { attribute: 'id', in: '[id^="pid"][id$="Anchor"]', pattern: /^pid(\d+)Anchor$/ },
    quote: {
      box: '.quote',
      author: { in: 'a[href*="uid="]' },
      postId: { attribute: 'href', in: 'a[href*="pid="]', pattern: /[?&]pid=(\d+)/ },
    },
  },
  isThread: (url, page) => isAddress(url) && page.querySelector(`${POST} [id^="postcontent"]`) !== null,
  linkedPostId: (url) => /^#pid(\d{1,18})Anchor$/.exec(url.hash)?.[1] ?? idIn(url, 'pid'),
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://bbs.nga.cn/read.php?tid=12345678',
    'https://nga.178.com/read.php?tid=12345678&page=2&authorid=42',
    'https://ngabbs.com/read.php?pid=456789012&opt=128',
  ],
  others: [
    'https://bbs.nga.cn/thread.php?fid=-7',
    'https://bbs.nga.cn/post.php?action=reply&tid=12345678',
    'https://bbs.nga.cn/read.php',
  ],
}

function isAddress(url: URL): boolean {
  if (!isWebAddress(url) || !url.pathname.endsWith('/read.php')) return false
  return idIn(url, 'tid') !== undefined || idIn(url, 'pid') !== undefined
}

const ZONE = '+08:00'

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  pictureAddress: ['data-srcorg', 'data-srclazy'],
  spoiler: { box: '.collapse_block', label: '.collapse_title', content: '.collapse_content' },
  replace: (found) => {
    if (found.tagName === 'b' && isReplyHead(found)) return []
    const isSmile = found.tagName === 'img' && attributeOf(found, 'class')?.startsWith('smile')
    const name = isSmile ? attributeOf(found, 'alt') : undefined
    return name ? [{ type: 'text', value: `[${name}]` }] : undefined
  },
}

const QUOTE: QuoteRules = {
  box: '.quote',
  username: (quote) => readName(quote, quote.element!),
  postId: (quote) => readTarget(quote),
}

/** `Reply to Reply Post by NAME (DATE)`: an answer without the words that it answers. */
function isReplyHead(found: Element): boolean {
  return /^Reply to (?:Reply|Topic) Post by /.test(beginOf(found, 60))
}

/** The first words of an element. All of each would cost the square of the page where a tag was never closed. */
function beginOf(found: Element, length: number): string {
  let words = ''
  const waiting: Element['children'] = [found]
  for (let next = waiting.pop(); next && words.length < length; next = waiting.pop()) {
    if (next.type === 'text') words += next.value.slice(0, length)
    else if (next.type === 'element') for (const child of next.children.toReversed()) waiting.push(child)
  }
  return words.slice(0, length).replace(/\s+/g, ' ').trim()
}

function readName(part: Scope, found: Element): string {
  return part.text('a[href*="uid="]') || (/Post by (.{1,60}?) ?\(\d{4}-/.exec(beginOf(found, 200))?.[1] ?? '')
}

/** An answer to the opening post names its thread instead. */
function readTarget(part: Scope): string | undefined {
  return idIn(part.attribute('a[href*="pid="]', 'href'), 'pid') ?? (part.first('a[href*="tid="]') ? '0' : undefined)
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  if (!isAddress(url)) return undefined
  const facts = readScripts(page)
  const id = idIn(url, 'tid') ?? facts.threadId
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const address = new URL(`/read.php?tid=${id}`, url).href
  const number = facts.page ?? pageNumber(url.searchParams.get('page')) ?? 1
  const crumb = page.all('#m_nav a[href*="thread.php?fid="], .nav_link[href*="thread.php?fid="]').at(-1)
  const board = facts.boardId ?? /fid=(-?\d{1,12})/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return buildThreadPage({
    site: site.id,
    url,
    mirrors: MIRRORS,
    id,
    address,
    title: page.text('#postsubject0') || page.text('title').replace(/[ -]*NGA玩家社区.*$/, ''),
    board: board === undefined ? undefined : { id: board, name: crumb ? lineOf(crumb) : '' },
    posts: page.all(POST).flatMap((found) => {
      const post = readPost(page.within(found, POST), facts, { readAt, base })
      return post ? [{ ...post, url: `${address}&page=${number}#pid${post.id}Anchor` }] : []
    }),
    page: number,
    pageCount: facts.pageCount ?? number,
    addresses: { first: address, before: `${address}&page=`, after: '', start: 1, step: 1 },
  })
}

function readPost(
  post: Scope,
  facts: ScriptFacts,
  { readAt, base }: AddressOptions & { readAt: Date | undefined },
): Post | undefined {
  const row = /^post1strow(\d{1,7})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body =
    post.first('[id^="postcontent"].postcontent') ?? post.first('.postcontent') ?? post.first('span[id^="postcontent"]')
  if (row === undefined || !body) return undefined
  const call = facts.posts.get(row)
  const anchor = post.attribute('[id^="pid"][id$="Anchor"]', 'id')
  const id = /^pid(\d{1,18})Anchor$/.exec(anchor ?? '')?.[1] ?? call?.pid ?? (row === '0' ? '0' : undefined)
  if (id === undefined) return undefined
  const own = sourceBody(body)
  const scope = own ? scopeOf({ type: 'root', children: [own] }) : post
  const options = { ...(base !== undefined && { base }) }
  return compact<Post>({
    id,
    // Floors count from 0 for the opening post; the model leaves that one without a number.
    floor: row === '0' ? undefined : Number(row),
    author: readAuthor(post, facts, call?.uid),
    isStarter: row === '0' ? true : undefined,
    postedAt:
      timeFromEpoch(call?.seconds, ZONE) ??
      parseTime(post.text('[id^="postdate"]'), { readAt, zone: ZONE, order: 'ymd' }),
    ...readBody(scope, own ?? body, BODY, options),
    quotes: readAnswers(scope, own ?? body, options),
    attachments: [],
    votes: call && { up: call.up, down: call.down },
  })
}

/** The forum's markup as a tree, where the body holds nothing but text: on the live page the script has been at work. */
function sourceBody(body: Element): Element | undefined {
  if (body.children.some((child) => child.type === 'element' && child.tagName !== 'br')) return undefined
  const lines = body.children.map((child) =>
    child.type === 'text' ? child.value.replace(/\s+/g, ' ') : child.type === 'element' ? '\n' : '',
  )
  return element('div', parseBbcode(lines.join('')))
}

function readAnswers(scope: Scope, body: Element, options: AddressOptions): Quote[] {
  const quotes = readQuotes(scope, body, QUOTE, BODY, options).map((quote) => ({
    ...quote,
    excerpt: quote.excerpt.replace(/^(?:(?:Reply|Topic) ?)?Post by .{1,60}? ?\(\d{4}-[\d :-]{5,20}\) ?:?\s{0,9}/, ''),
  }))
  const heads = scope.within(body).all('b').filter(isReplyHead)
  const answers = heads.map((head): Quote => {
    const part = scope.within(head)
    const postId = readTarget(part)
    return { username: readName(part, head), excerpt: '', ...(postId !== undefined && { postId }) }
  })
  return [...answers, ...quotes]
}

/** The name beside the floor, else the one that the scripts know for its author. */
function readAuthor(post: Scope, facts: ScriptFacts, told: string | undefined): Author {
  const href = post.attribute('a[id^="postauthor"]', 'href')
  const uid = /[?&]uid=(-?\d{1,18})/.exec(href ?? '')?.[1] ?? told
  const name = post.text('a[id^="postauthor"]') || (uid === undefined ? '' : (facts.names.get(uid) ?? ''))
  const key = /^#anony_([\da-f]{6})/i.exec(name)?.[1]
  if (key !== undefined) return { username: `匿名-${key}` }
  return { username: name, ...(uid !== undefined && !uid.startsWith('-') && { id: uid }) }
}
