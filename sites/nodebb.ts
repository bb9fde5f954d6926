/**
 * NodeBB 1 to 4. Look at: https://community.nodebb.org/topic/18427/rc1-of-nodebb-v4.
 * The server writes the posts of the address's page; the live page gets more as the reader scrolls and is read again.
 * Gaps: which post a post answers without quoting it is not read; of reactions only the votes are.
 */
import type { Element } from 'hast'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post, Quote } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, votesOf } from './reading/thread.ts'

const POST = '[component="post"][data-pid]'
const CONTENT = '[component="post/content"]'

export const site = defineSite({
  id: 'nodebb',
  name: 'NodeBB',
  hosts: [],
  isDrawnByScript: true,
  selectors: {
    root: '#content, body',
    title: 'h1[component="post/header"], .topic-header',
    post: POST,
    body: CONTENT,
    notOwn: 'blockquote',
    author: 'a[data-username], a[href*="/user/"]',
    floor: '.post-index',
    postId: { attribute: 'data-pid' },
    quote: { box: 'blockquote' },
  },
  isThread: (url, page) =>
    topicAt(url) !== undefined && page.querySelector(`.template-topic ${POST} ${CONTENT}`) !== null,
  permalink: (postId, url) => new URL(`/post/${encodeURIComponent(postId)}`, url).href,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/topic/18427/rc1-of-nodebb-v4',
    'https://forum.example.org/topic/18427/rc1-of-nodebb-v4/7?page=2',
    'https://example.org/forum/topic/18427',
  ],
  others: [
    'https://forum.example.org/category/30/activitypub',
    'https://forum.example.org/user/julian/topics',
    'https://forum.example.org/recent',
  ],
}

/** Path up to the topic's title, and its number. */
function topicAt(url: URL): { path: string; id: string } | undefined {
  const match = /^((?:\/[\w-]{1,40}){0,3}\/topic\/(\d{1,12})(?:\/[^/]+)?)(?:\/\d{1,9})?\/?$/.exec(
    isWebAddress(url) ? url.pathname : '',
  )
  return match ? { path: match[1]!, id: match[2]! } : undefined
}

const BODY: BodyRules = {
  notOwn: 'blockquote',
  emoji: 'img.emoji',
  spoiler: { box: '.plugin-spoiler, .ns-spoiler', content: '.ns-spoiler-content' },
}

/** Reads one page of a topic. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const at = topicAt(url)
  if (!at) return undefined
  const address = new URL(at.path, url).href
  const options = { base: baseOf(page, url) }
  const posts = page.all(POST).flatMap((found) => readPost(page.within(found, POST), options) ?? [])
  const { number, count } = readPaging(page, url, posts)
  return buildThreadPage({
    site: site.id,
    url,
    id: at.id,
    address,
    title: page.text('[component="topic/title"]') || page.text('h1') || page.text('title'),
    board: readBoard(page),
    isPart: posts[0]?.floor !== 1,
    posts: withLogins(posts),
    page: number,
    pageCount: count,
    addresses: { first: address, before: `${address}?page=`, after: '', start: 1, step: 1 },
  })
}

/** Quotes name people as they are shown; who wrote a post of this page is known by login. */
function withLogins(posts: readonly Post[]): Post[] {
  const authors = new Map(posts.map(({ id, author }) => [id, author]))
  const withLogin = (quote: Quote): Quote => {
    const author = quote.postId === undefined ? undefined : authors.get(quote.postId)
    if (!author) return quote
    const { username, nickname } = author
    return { ...quote, username, ...(nickname !== undefined && { nickname }) }
  }
  return posts.map((post) => ({ ...post, quotes: post.quotes.map(withLogin) }))
}

const POSTS_A_PAGE = 20

/** The bar of pages stands in the page also where the reader scrolls instead, for readers without scripts. */
function readPaging(page: Scope, url: URL, posts: readonly Post[]): { number: number; count: number } {
  const bar = page.first('[component="pagination"]')
  const links = bar ? page.within(bar).all('[data-page]') : []
  const numbers = links.map((link) => pageNumber(attributeOf(link, 'data-page')) ?? 1)
  const told = pageNumber(url.searchParams.get('page')) ?? pageNumber(bar && page.within(bar).text('.page.active'))
  const number = told ?? Math.ceil((posts[0]?.floor ?? 1) / POSTS_A_PAGE)
  return { number, count: numbers.reduce((most, each) => Math.max(most, each), number) }
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.breadcrumb a[href*="/category/"]').at(-1)
  const id = /\/category\/(\d{1,9})(?:\/|$)/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, options: AddressOptions): Post | undefined {
  const element = post.element!
  const id = ID.exec(attributeOf(element, 'data-pid') ?? '')?.[0]
  const body = post.first(CONTENT)
  if (id === undefined || !body) return undefined
  const index = parseIndex(attributeOf(element, 'data-index'))
  const milliseconds = attributeOf(element, 'data-timestamp') ?? ''
  const time = /^\d{12,14}$/.test(milliseconds) ? timeFromEpoch(Number(milliseconds) / 1000) : undefined
  const votes =
    post.attribute('[component="post/vote-count"]', 'data-votes') ?? post.text('[component="post/vote-count"]')
  const heads = headsOf(post.within(body), body)
  const rules = withoutHeads(heads)
  return compact<Post>({
    id,
    floor: index === undefined ? undefined : index + 1,
    author: readAuthor(post),
    url: new URL(`/post/${encodeURIComponent(id)}`, options.base).href,
    postedAt: time ?? parseTime(post.attribute('meta[itemprop="datePublished"]', 'content') ?? ''),
    editedAt: parseTime(post.attribute('[component="post/editor"] .timeago', 'title') ?? ''),
    ...readBody(post, body, rules, options),
    quotes: readAnswered(post, readQuotes(post, body, quoteRules(post.within(body), heads), rules, options), options),
    attachments: [],
    votes: /^-?\d{1,7}$/.test(votes) ? votesOf(Number(votes)) : undefined,
  })
}

/** Posts from other servers have their address for a number. */
const ID = /^[\w.:/%-]{1,300}$/

/** Above its words an answer shows what it is to; told once more where the words quote the same. */
function readAnswered(post: Scope, quotes: readonly Quote[], options: AddressOptions): Quote[] {
  const parent = post.first('[component="post/parent"]')
  const postId = ID.exec((parent && attributeOf(parent, 'data-parent-pid')) ?? '')?.[0]
  if (!parent || postId === undefined || quotes.some((quote) => quote.postId === postId)) return [...quotes]
  const part = post.within(parent)
  const content = part.first('[component="post/parent/content"]')
  const username = part.text('a.fw-semibold')
  // The whole post stands there, and the page shows its first line.
  const rules = content ? withoutHeads(headsOf(part.within(content), content)) : BODY
  const [line = ''] = content ? readBody(part, content, rules, options).text.split('\n') : []
  return line && username ? [{ username, excerpt: line, postId }, ...quotes] : [...quotes]
}

function parseIndex(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,7}$/.test(text) ? Number(text) : undefined
}

/** Guests have number 0. */
function readAuthor(post: Scope): Author {
  const shown = post.text('a[data-username]')
  const username = attributeOf(post.element!, 'data-username')?.trim() || shown
  const id = parseId(attributeOf(post.element!, 'data-uid'))
  return {
    username,
    ...(shown && shown !== username && { nickname: shown }),
    ...(id !== undefined && id !== '0' && { id }),
  }
}

/** `@NAME said in TITLE:` is a paragraph of its own right before a quote, with a link to the quoted post. */
function headsOf(body: Scope, element: Element): Map<Element, Element> {
  const heads = new Map<Element, Element>()
  let before: Element | undefined
  for (const child of element.children) {
    if (child.type !== 'element') continue
    if (child.tagName === 'blockquote' && before && isHead(body, before)) heads.set(child, before)
    before = child
  }
  return heads
}

function withoutHeads(heads: ReadonlyMap<Element, Element>): BodyRules {
  const isHead = new Set(heads.values())
  return { ...BODY, replace: (found) => (isHead.has(found) ? [] : undefined) }
}

function isHead(body: Scope, paragraph: Element): boolean {
  return paragraph.tagName === 'p' && /[:：]$/.test(lineOf(paragraph)) && linkToPost(body, paragraph) !== undefined
}

function linkToPost(body: Scope, paragraph: Element): Element | undefined {
  return body.within(paragraph).first('a[href*="/post/"], a[href*="/topic/"]')
}

function quoteRules(body: Scope, heads: ReadonlyMap<Element, Element>): QuoteRules {
  const headOf = (quote: Scope) => heads.get(quote.element!)
  return {
    box: 'blockquote',
    username: (quote) => {
      const line = lineOf(headOf(quote) ?? { type: 'text', value: '' })
      return /^@?(.{1,80}?) (?:said|wrote)(?: |:)/.exec(line)?.[1] ?? /^@(\S{1,80})/.exec(line)?.[1] ?? ''
    },
    postId: (quote) => {
      const head = headOf(quote)
      const link = head && linkToPost(body, head)
      return /\/post\/(\d{1,18})$/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
    },
  }
}
