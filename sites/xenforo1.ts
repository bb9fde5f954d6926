/**
 * XenForo 1. Look at: https://forums.digitalpoint.com/threads/do-forums-still-have-a-role-in-the-age-of-social-media.2880547/.
 * Gaps: where times have no figure for machines the page does not tell its zone, and they are read without offset.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress, pageNumber } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import { countNames } from './reading/reactions.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, parseSize, readAttachment } from './reading/thread.ts'
import { addressesOf, linkedPostIdAt, postIdIn, threadAt } from './xenforo/address.ts'

const POST = 'li.message[id^="post-"]'
const NOT_OWN = '.bbCodeQuote, .messageTextEndMarker, .bbCodeCode > .type'

export const site = defineSite({
  id: 'xenforo1',
  name: 'XenForo 1',
  hosts: [],
  selectors: {
    root: '#content, #XenForo',
    title: '.titleBar h1',
    post: POST,
    body: 'blockquote.messageText',
    notOwn: NOT_OWN,
    author: '.messageUserInfo .username',
    floor: 'a.postNumber, a.hashPermalink',
    postId: { attribute: 'id', pattern: /^post-(\d+)$/ },
    quote: {
      box: '.bbCodeQuote',
      head: '.attribution, .quoteExpand',
      author: { attribute: 'data-author' },
      postId: { attribute: 'href', in: '.AttributionLink', pattern: /(?:post\?id=|posts\/|#post-)(\d+)/ },
      folded: '.quoteExpand',
    },
  },
  isThread: (url, page) =>
    isWebAddress(url) &&
    threadAt(url) !== undefined &&
    page.querySelector(`#XenForo ${POST} blockquote.messageText`) !== null,
  permalink: (postId, url, page) => {
    const id = threadAt(url)?.id
    const canonical = page.querySelector('link[rel="canonical"]')?.getAttribute('href') ?? undefined
    return id && `${addressesOf(canonical, url, id).first}post-${postId}`
  },
  linkedPostId: linkedPostIdAt,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forums.example.org/threads/do-forums-still-have-a-role.2880547/',
    'https://forums.example.org/threads/marsh-cm13.405700/page-5#post-14016085',
    'https://example.org/community/index.php?threads/marsh-cm13.405700/',
  ],
  others: [
    'https://forums.example.org/forums/social-networks.118/',
    'https://forums.example.org/members/ajayjunkies.1075434/',
    'https://forums.example.org/conversations/hello.405700/',
  ],
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  emoji: 'img.mceSmilie, img.mceSmilieSprite',
  pictureAddress: ['data-url'],
  spoiler: { box: '.bbCodeSpoilerContainer', label: '.bbCodeSpoilerButton', content: '.bbCodeSpoilerText' },
}

const QUOTE: QuoteRules = {
  box: '.bbCodeQuote',
  head: '.attribution, .quoteExpand',
  content: '.quote',
  username: (quote) =>
    attributeOf(quote.element!, 'data-author')?.trim() || quote.text('.attribution').replace(/ [^ ]{1,20}: ?↑?$/, ''),
  postId: (quote) => postIdIn(quote.attribute('.AttributionLink', 'href')),
}

/** Reads one page of a thread. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const thread = threadAt(url)
  if (!thread) return undefined
  const options = { base: baseOf(page, url) }
  const addresses = addressesOf(page.attribute('link[rel="canonical"]', 'href'), url, thread.id)
  const number = pageNumber(page.attribute('.PageNav', 'data-page')) ?? thread.page
  return buildThreadPage({
    site: site.id,
    url,
    id: thread.id,
    address: addresses.first,
    title: readTitle(page),
    board: readBoard(page),
    posts: page
      .all(POST)
      .flatMap((found) => readPost(page.within(found, POST), addresses.first, readAt, options) ?? []),
    page: number,
    pageCount: pageNumber(page.attribute('.PageNav', 'data-last')) ?? number,
    addresses,
  })
}

/** Skins put the page bar, the prefix and the date into the heading; then the title has an element of its own. */
function readTitle(page: Scope): string {
  const own = page.text('.titleBar h1 .title')
  if (own) return own
  const title = page.text('.titleBar h1') || page.text('h1') || page.text('title')
  const label = page.text('.titleBar h1 .prefix')
  return label && title.startsWith(label) ? title.slice(label.length).trim() : title
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb =
    page.first('#pageDescription a[href*="forums/"]') ?? page.all('.breadcrumb a.crumb[href*="forums/"]').at(-1)
  const id = /forums\/(?:[^/?&]{0,200}\.)?(\d{1,9})(?:\/|$)/.exec((crumb && attributeOf(crumb, 'href')) ?? '')?.[1]
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, address: string, readAt: Date | undefined, options: AddressOptions): Post | undefined {
  const id = /^post-(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first('blockquote.messageText')
  if (id === undefined || !body) return undefined
  const label = post.text('a.postNumber') || post.text('a.hashPermalink')
  const floor = /^#(\d{1,7})$/.exec(label.replace(/[,.]/g, ''))?.[1]
  const up = countNames(post, '.likesSummary .LikeText', 'a.username')
  return compact<Post>({
    id,
    floor: floor === undefined ? undefined : Number(floor),
    author: readAuthor(post),
    url: `${address}post-${id}`,
    postedAt:
      readTime(post, '.messageMeta .DateTime', readAt) ??
      readTime(post, '.datePermalink .DateTime', readAt) ??
      readTime(post, '.DateTime', readAt),
    editedAt: readTime(post, '.editDate .DateTime', readAt),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: readAttachments(post, options),
    votes: up === undefined ? undefined : { up },
  })
}

function readAuthor(post: Scope): Author {
  const link = post.first('.messageUserInfo a.username') ?? post.first('.messageMeta a.username')
  const username = attributeOf(post.element!, 'data-author')?.trim() || (link ? lineOf(link) : post.text('.username'))
  const id = /members\/(?:[^/]{0,200}\.)?(\d{1,12})(?:\/|$)/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  return { username, ...(id !== undefined && { id }) }
}

/** `abbr[data-time]` of recent posts holds seconds, `span[title]` of older ones the wall clock. */
function readTime(post: Scope, selector: string, readAt: Date | undefined): string | undefined {
  const found = post.first(selector)
  if (!found) return undefined
  const options = { readAt }
  return (
    timeFromEpoch(attributeOf(found, 'data-time')) ??
    parseTime(attributeOf(found, 'title') ?? '', options) ??
    parseTime(lineOf(found), options)
  )
}

function readAttachments(post: Scope, options: AddressOptions): Attachment[] {
  return post.all('.attachedFiles .attachment').flatMap((item) => {
    const part = post.within(item)
    const link = part.first('.filename a') ?? part.first('a[href*="attachments/"]')
    const kind = part.first('.thumbnail img') ? 'image' : 'file'
    const size = parseSize(lineOf(item))
    const attachment = readAttachment(link, { name: link && lineOf(link), kind, size }, options)
    return attachment ? [attachment] : []
  })
}
