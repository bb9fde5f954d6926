/**
 * Invision Community 4 and 5. Look at:
 * https://forum.kerbalspaceprogram.com/topic/225132-if-the-forum-comes-to-an-end-soon/.
 * Gaps: the engine numbers no posts; of reactions only their number is read; what is embedded becomes a link.
 */
import { parseTime } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { element, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, readAttachment } from './reading/thread.ts'

const POST = '.ipsComment[id^="elComment_"], .ipsEntry[id^="elComment_"]'
const BODY_PART = '[data-role="commentContent"]'
const NOT_OWN = '.ipsQuote, [data-excludequote]'

export const site = defineSite({
  id: 'invision4',
  name: 'Invision Community',
  hosts: [],
  selectors: {
    root: '.ipsApp',
    title: '.ipsPageHeader, .ipsType_pageTitle',
    post: POST,
    body: BODY_PART,
    notOwn: NOT_OWN,
    author: '.cAuthorPane_author, .ipsEntry__username',
    postId: { attribute: 'id', pattern: /^elComment_(\d+)$/ },
    quote: {
      box: '.ipsQuote',
      head: '.ipsQuote_citation',
      author: { attribute: 'data-ipsquote-username' },
      postId: { attribute: 'data-ipsquote-contentcommentid', pattern: /^(\d{1,18})$/ },
      thread: 'data-ipsquote-contentid',
    },
  },
  isThread: (url, page) =>
    topicAt(url) !== undefined && page.querySelector(`.ipsApp [id^="elComment_"] ${BODY_PART}`) !== null,
  linkedPostId: (url) =>
    /^#(?:find)?comment-(\d{1,18})$/i.exec(url.hash)?.[1] ?? parseId(url.searchParams.get('comment')),
  permalink: (postId, url) => {
    const at = topicAt(url)
    return at && postAddress(new URL(`${at.path}/`, url).href, postId)
  },
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/topic/225132-if-the-forum-comes-to-an-end/',
    'https://forum.example.org/topic/225132-if-the-forum-comes-to-an-end/page/2/#comment-4398546',
    'https://example.org/community/index.php?/topic/225132-if-the-forum/&do=findComment&comment=4398546',
  ],
  others: [
    'https://forum.example.org/forum/46-kerbal-network/',
    'https://forum.example.org/profile/211123-coldj/',
    'https://forum.example.org/topic/',
  ],
}

/** Address up to the topic's title, and its number; below `index.php?` where the server cannot rewrite. */
function topicAt(url: URL): { path: string; id: string; page: number } | undefined {
  if (!isWebAddress(url)) return undefined
  const match = /^(.{0,200}?[/?]topic\/(\d{1,12})-[^/?&]{0,300})(?:\/page\/(\d{1,6}))?(?:[/?&]|$)/.exec(
    `${url.pathname}${url.search}`,
  )
  return match ? { path: match[1]!, id: match[2]!, page: Number(match[3] ?? 1) } : undefined
}

function postAddress(address: string, id: string): string {
  return `${address}${address.includes('?') ? '&' : '?'}do=findComment&comment=${id}`
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img[data-emoticon], .ipsEmoji',
  spoiler: { box: '.ipsSpoiler', label: '.ipsSpoiler_header', content: '.ipsSpoiler_contents' },
  replace: (found) => {
    if (found.tagName !== 'iframe') return undefined
    const address = attributeOf(found, 'data-embed-src') ?? attributeOf(found, 'src')
    if (!address) return undefined
    return [{ ...element('a', [{ type: 'text', value: address }]), properties: { href: address } }]
  },
}

/** Quotes of other topics name no post of this one. */
function quoteRules(topicId: string): QuoteRules {
  return {
    box: '.ipsQuote',
    head: '.ipsQuote_citation',
    content: '.ipsQuote_contents',
    username: (quote) => attributeOf(quote.element!, 'data-ipsquote-username')?.trim(),
    postId: (quote) => {
      const isHere = (attributeOf(quote.element!, 'data-ipsquote-contentid') ?? topicId) === topicId
      return isHere ? parseId(attributeOf(quote.element!, 'data-ipsquote-contentcommentid')) : undefined
    },
  }
}

/** Reads one page of a topic. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const at = topicAt(url)
  if (!at) return undefined
  const address = new URL(`${at.path}/`, url).href
  const options = { base: baseOf(page, url) }
  const active = page.first('.ipsPagination__active a') ?? page.first('.ipsPagination_active a')
  const number = pageNumber(active && attributeOf(active, 'data-page')) ?? at.page
  return buildThreadPage({
    site: site.id,
    url,
    id: at.id,
    address,
    title: page.text('.ipsPageHeader__title h1') || page.text('.ipsType_pageTitle') || page.text('h1'),
    board: readBoard(page),
    posts: page.all(POST).flatMap((found) => readPost(page.within(found, POST), at.id, address, options) ?? []),
    page: number,
    pageCount: Math.max(number, pageNumber(page.attribute('.ipsPagination', 'data-pages')) ?? 1),
    addresses: { first: address, before: `${address}page/`, after: '/', start: 1, step: 1 },
  })
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.ipsBreadcrumb a[href*="/forum/"]').at(-1)
  const id = /[/?]forum\/(\d{1,9})-/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, topicId: string, address: string, options: AddressOptions): Post | undefined {
  const id = /^elComment_(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first(BODY_PART)
  if (id === undefined || !body) return undefined
  const frame = post.within(post.element!, BODY_PART)
  const counts = post.all('.ipsReact_reactCount').map((count) => pageNumber(lineOf(count)) ?? 0)
  const up = counts.reduce((sum, count) => sum + count, 0)
  return compact<Post>({
    id,
    author: readAuthor(post),
    url: postAddress(address, id),
    postedAt: parseTime(frame.attribute('time', 'datetime') ?? ''),
    editedAt: parseTime(post.attribute('[data-excludequote] time', 'datetime') ?? ''),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, quoteRules(topicId), BODY, options),
    attachments: readAttachments(post.within(body), options),
    votes: up === 0 ? undefined : { up },
  })
}

/** Guests have a name and no page of their own. */
function readAuthor(post: Scope): Author {
  const link = post.first('.cAuthorPane_author a[href]') ?? post.first('.ipsEntry__username a[href]')
  const id = /[/?]profile\/(\d{1,12})-/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  const username = link ? lineOf(link) : post.text('.cAuthorPane_author') || post.text('.ipsEntry__username')
  return { username, ...(id !== undefined && { id }) }
}

/** Files are links in the words; pictures stand there themselves. */
function readAttachments(body: Scope, options: AddressOptions): Attachment[] {
  return body.all('.ipsAttachLink:not(.ipsAttachLink_image)').flatMap((link) => {
    return readAttachment(link, { name: lineOf(link), kind: 'file' }, options) ?? []
  })
}
