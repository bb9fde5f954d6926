/**
 * XenForo 2. Look at: https://forums.FreeBSD.org/threads/2024-the-year-of-desktop-freebsd.91732/.
 * Gaps: of reactions only their number is read; question threads keep their best answer where it stands.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { hasNumber, isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { joinBodies, readBody, readQuotes } from './reading/body.ts'
import { countNames } from './reading/reactions.ts'
import type { Body, BodyRules, QuoteRules } from './reading/body.ts'
import { quotedName } from './reading/quoted-name.ts'
import { baseOf, buildThreadPage, compact, highestNumber, parseSize, readAttachment } from './reading/thread.ts'
import { addressesOf, linkedPostIdAt, postIdIn, threadAt } from './xenforo/address.ts'

const POST = 'article.message--post'
const NOT_OWN = '.bbCodeBlock--quote, .message-signature, .message-lastEdit, .bbCodeBlock--code > .bbCodeBlock-title'

export const site = defineSite({
  id: 'xenforo2',
  name: 'XenForo 2',
  hosts: [],
  selectors: {
    root: '.p-body',
    title: '.p-title-value',
    post: POST,
    body: '.message-body .bbWrapper',
    notOwn: NOT_OWN,
    author: '.message-name',
    postId: { attribute: 'id', pattern: /^js-post-(\d+)$/ },
    floor: '.message-attribution-opposite',
    quote: {
      box: '.bbCodeBlock--quote',
      head: '.bbCodeBlock-title, .bbCodeBlock-expandLink',
      author: { attribute: 'data-quote' },
      postId: { attribute: 'data-source', pattern: /^post: ?(\d+)$/ },
      folded: '.bbCodeBlock-expandLink',
    },
  },
  isThread: (url, page) => threadIdOf(url, page) !== undefined && page.querySelector(`#XF ${POST} .bbWrapper`) !== null,
  permalink: (postId, url, page) => {
    const id = threadIdOf(url, page)
    const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? undefined
    return id && `${addressesOf(canonical, url, id).first}post-${postId}`
  },
  linkedPostId: linkedPostIdAt,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/threads/the-year-of-desktop.91732/',
    'https://forum.example.org/threads/the-year-of-desktop.91732/page-2#post-636320',
    'https://forum.example.org/threads/91732/',
    'https://example.org/community/index.php?threads/the-year-of-desktop.91732/page-2',
  ],
  others: [
    'https://forum.example.org/forums/display-servers.38/',
    'https://forum.example.org/members/piizog.77075/',
    'https://forum.example.org/whats-new/',
  ],
}

/** The page names its thread; the address must hold that number, for a page outlives its address while it is replaced. */
function threadIdOf(url: URL, page: PageProbe): string | undefined {
  if (!isWebAddress(url)) return undefined
  const told = /^thread-(\d{1,18})$/.exec(page.querySelector('#XF')?.getAttribute('data-content-key') ?? '')?.[1]
  if (told !== undefined && hasNumber(url, told)) return told
  return threadAt(url)?.id
}

const BODY: BodyRules = {
  notOwn: `${NOT_OWN}, .hoverLink, .cv-attach-exif`,
  emoji: 'img.smilie',
  pictureAddress: ['data-url'],
  spoiler: { box: '.bbCodeSpoiler', label: '.bbCodeSpoiler-button', content: '.bbCodeBlock-content' },
  replace: (found) => {
    // The allow-list keeps one class that hides words until they are asked for.
    const classes = attributeOf(found, 'class')
    if (!classes?.includes('bbCodeInlineSpoiler')) return undefined
    return [{ ...found, tagName: 'span', properties: { className: ['spoiler'] } }]
  },
}

const QUOTE: QuoteRules = {
  box: '.bbCodeBlock--quote',
  head: '.bbCodeBlock-title, .bbCodeBlock-expandLink',
  content: '.bbCodeBlock-expandContent',
  username: (quote) =>
    attributeOf(quote.element!, 'data-quote')?.trim() || quotedName(quote.text('.bbCodeBlock-title')),
  postId: (quote) =>
    /^post: ?(\d{1,18})$/.exec(attributeOf(quote.element!, 'data-source')?.trim() ?? '')?.[1] ??
    postIdIn(quote.attribute('.bbCodeBlock-sourceJump', 'href')),
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const id = threadIdOf(url, page)
  if (id === undefined) return undefined
  const options = { base: baseOf(page, url) }
  const addresses = addressesOf(page.attribute('link[rel="canonical"]', 'href'), url, id)
  const number = pageNumber(page.text('.pageNav-page--current')) ?? threadAt(url)?.page ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address: addresses.first,
    title: readTitle(page),
    board: readBoard(page),
    posts: page.all(POST).flatMap((found) => readPost(page.within(found, POST), addresses.first, options) ?? []),
    page: number,
    pageCount: highestNumber(page, '.pageNav-page', number),
    addresses,
  })
}

/** The heading without the prefix that stands in it as a label. */
function readTitle(page: Scope): string {
  const title = page.text('.p-title-value')
  const label = page.text('.p-title-value .label')
  return (label && title.startsWith(label) ? title.slice(label.length).trim() : title) || page.text('title')
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.p-breadcrumbs a[itemprop="item"]').at(-1) ?? page.all('.p-breadcrumbs a').at(-1)
  const id =
    /^node-(\d{1,9})$/.exec(page.attribute('#XF', 'data-container-key') ?? '')?.[1] ??
    /[./](\d{1,9})\/?$/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: crumb ? lineOf(crumb) : '' }
}

function readPost(post: Scope, address: string, options: AddressOptions): Post | undefined {
  const key = attributeOf(post.element!, 'data-content') ?? attributeOf(post.element!, 'id') ?? ''
  const id = /post-(\d{1,18})$/.exec(key)?.[1]
  const body = post.first('.message-body .bbWrapper')
  if (id === undefined || !body) return undefined
  const floor = post.all('.message-attribution-opposite li').map((item) => /^#([\d,.]{1,9})$/.exec(lineOf(item))?.[1])
  const number = floor.findLast((digits) => digits !== undefined)?.replace(/[,.]/g, '')
  const up = countReactions(post)
  return compact<Post>({
    id,
    floor: number === undefined ? undefined : Number(number),
    author: readAuthor(post),
    url: `${address}post-${id}`,
    postedAt: readTime(post, '.message-attribution-main time'),
    editedAt: readTime(post, '.message-lastEdit time'),
    ...joinBodies([
      ...readFields(post, '.message-fields--before', options),
      readBody(post, body, BODY, options),
      ...readFields(post, '.message-fields--after', options),
    ]),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
    votes: up === undefined ? undefined : { up },
  })
}

/** What a forum asks authors for besides their words (a summary, a model's name) stands above or below them. */
function readFields(post: Scope, selector: string, options: AddressOptions): Body[] {
  return post.all(selector).map((fields) => readBody(post, fields, BODY, options))
}

/** A figure for machines stands at answers alone; an add-on counts each kind; else the bar names who reacted. */
function countReactions(post: Scope): number | undefined {
  const figure = post.attribute('[itemprop="userInteractionCount"]', 'content')
  if (figure !== undefined && /^\d{1,9}$/.test(figure)) return Number(figure)
  const counts = post.all('.sv-rating__count').map((count) => pageNumber(lineOf(count)) ?? 0)
  if (counts.length > 0) return counts.reduce((sum, count) => sum + count)
  return countNames(post, '.reactionsBar-link', 'bdi') ?? countNames(post, '.reactionsBar-reactors', 'bdi')
}

function readAuthor(post: Scope): Author {
  const shown = post.text('.message-name .username') || post.text('.message-name')
  const username = attributeOf(post.element!, 'data-author')?.trim() || shown
  const id = parseId(post.attribute('.message-name [data-user-id]', 'data-user-id'))
  // Guests are members number 0.
  return { username, ...(id !== undefined && id !== '0' && { id }) }
}

function readTime(post: Scope, selector: string): string | undefined {
  const time = parseTime(post.attribute(selector, 'datetime') ?? '')
  return time ?? timeFromEpoch(post.attribute(selector, 'data-timestamp') ?? post.attribute(selector, 'data-time'))
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.message-attachments .file').flatMap((file) => {
    const part = post.within(file)
    const link = part.first('a.file-preview') ?? part.first('a[href*="attachments/"]')
    const name = part.attribute('.file-name', 'title') ?? part.text('.file-name')
    const kind = part.first('.file-preview img') ? 'image' : 'file'
    const attachment = readAttachment(link, { name, kind, size: parseSize(part.text('.file-meta')) }, options)
    return attachment ? [attachment] : []
  })
}
