/**
 * FluxBB and PunBB. Look at: https://bbs.archlinux.org/viewtopic.php?id=298271.
 * Gaps: no page tells its zone, so times are without one; a quote tells no post, and no name where none was written.
 */
import { findDateOrder, parseTime } from '../core/dates.ts'
import type { TimeOptions } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { baseIn, idIn, isWebAddress, pageNumber, parseId } from './reading/address.ts'
import { readBody, readQuotes } from './reading/body.ts'
import type { BodyRules, QuoteRules } from './reading/body.ts'
import { quotedName } from './reading/quoted-name.ts'
import { baseOf, buildThreadPage, compact, highestNumber } from './reading/thread.ts'

const POST = '.blockpost[id^="p"]'
const BODY_PART = '.postright .postmsg'
const NOT_OWN = '.quotebox, .postedit'

export const site = defineSite({
  id: 'fluxbb',
  name: 'FluxBB',
  hosts: [],
  selectors: {
    root: '#brdmain, body',
    title: '.linkst, .crumbs',
    post: POST,
    body: BODY_PART,
    notOwn: NOT_OWN,
    author: '.postleft dt strong',
    floor: '.conr',
    postId: { attribute: 'id', pattern: /^p(\d+)$/ },
    quote: {
      box: '.quotebox',
      head: 'cite',
      author: { in: 'cite', pattern: /^(.*?) [^ ]{1,20} ?[:：]$/ },
      postId: { attribute: 'href', in: 'cite a[href*="pid="]', pattern: /[?&]pid=(\d+)/ },
    },
  },
  isThread: (url, page) => topicId(url, page) !== undefined && page.querySelector(`${POST} ${BODY_PART}`) !== null,
  linkedPostId: (url) => /^#p(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'pid'),
  permalink: (postId, url, page) => new URL(`viewtopic.php?pid=${postId}#p${postId}`, baseIn(page, url)).href,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/viewtopic.php?id=298271',
    'https://example.org/punbb/viewtopic.php?id=298271&p=2',
    'https://forum.example.org/viewtopic.php?pid=2187941#p2187941',
  ],
  others: [
    'https://forum.example.org/viewforum.php?id=20',
    'https://forum.example.org/profile.php?id=4',
    'https://forum.example.org/viewtopic.php?t=298271',
  ],
}

/** By the address, else by the breadcrumb: an address can name a post alone. */
function topicId(url: URL, page: PageProbe): string | undefined {
  if (!isWebAddress(url) || !url.pathname.endsWith('/viewtopic.php')) return undefined
  const id = idIn(url, 'id')
  if (id !== undefined || idIn(url, 'pid') === undefined) return id
  return idIn(page.querySelector('.crumbs a[href*="viewtopic.php?id="]')?.getAttribute('href'), 'id')
}

const BODY: BodyRules = {
  notOwn: NOT_OWN,
  replace: (found) => {
    // Smilies have a name for their text.
    const isSmiley = found.tagName === 'img' && attributeOf(found, 'src')?.includes('/smilies/')
    const name = isSmiley ? attributeOf(found, 'alt')?.trim() : undefined
    return name ? [{ type: 'text', value: /^\p{L}/u.test(name) ? `[${name}]` : name }] : undefined
  },
}

/** `NAME wrote:`, in the board's language, where the writer gave a name. */
const QUOTE: QuoteRules = {
  box: '.quotebox',
  head: 'cite',
  content: 'blockquote',
  username: (quote) => quotedName(quote.text('cite')),
  postId: (quote) => idIn(quote.attribute('cite a[href*="pid="]', 'href'), 'pid'),
}

/** Reads one page of a topic. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = topicId(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const address = new URL(`viewtopic.php?id=${id}`, base).href
  const found = page.all(POST).map((post) => page.within(post, POST))
  const time: TimeOptions = { readAt, order: findDateOrder(found.map((post) => post.text('h2 a'))) }
  const number = pageNumber(page.text('.pagelink strong')) ?? pageNumber(url.searchParams.get('p')) ?? 1
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.text('.crumbs strong') || page.text('title'),
    board: readBoard(page),
    posts: found.flatMap((post) => readPost(post, time, { base }) ?? []),
    page: number,
    pageCount: highestNumber(page, '.pagelink a', number),
    addresses: { first: address, before: `${address}&p=`, after: '', start: 1, step: 1 },
  })
}

function readBoard(page: Scope): { id: string; name: string } | undefined {
  const crumb = page.all('.crumbs a[href*="viewforum.php?id="]').at(-1)
  const id = crumb && idIn(attributeOf(crumb, 'href'), 'id')
  return id === undefined ? undefined : { id, name: lineOf(crumb!) }
}

function readPost(post: Scope, time: TimeOptions, options: AddressOptions): Post | undefined {
  const id = /^p(\d{1,18})$/.exec(attributeOf(post.element!, 'id') ?? '')?.[1]
  const body = post.first(BODY_PART)
  if (id === undefined || !body) return undefined
  const edited = /\(([^()]{1,60})\)$/.exec(post.text('.postedit').slice(-80))?.[1]
  return compact<Post>({
    id,
    floor: pageNumber(post.text('.conr')),
    author: readAuthor(post),
    url: new URL(`viewtopic.php?pid=${id}#p${id}`, options.base).href,
    postedAt: parseTime(post.text('h2 a'), time),
    editedAt: parseTime(edited ?? '', time),
    ...readBody(post, body, BODY, options),
    quotes: readQuotes(post, body, QUOTE, BODY, options),
    attachments: [],
  })
}

function readAuthor(post: Scope): Author {
  const id = parseId(idIn(post.attribute('.postleft a[href*="profile.php"]', 'href'), 'id'))
  return { username: post.text('.postleft dt strong'), ...(id !== undefined && { id }) }
}
