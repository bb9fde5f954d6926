/**
 * Lemmy, in its own dress (lemmy-ui). Look at: https://lemmy.ml/post/21018364.
 * Gaps: comments that the page has not loaded yet are read as they come; those deeper than it shows, on their branch's
 * own page. Aids attach to comments alone.
 */
import type { Element } from 'hast'
import { parseTime } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress } from './reading/address.ts'
import { joinBodies, linkBody, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact } from './reading/thread.ts'
import { NAMELESS_QUOTE, nameQuoted } from './reading/tree.ts'

const POST = '.comment-node[id^="comment-"]'

export const site = defineSite({
  id: 'lemmy',
  name: 'Lemmy',
  hosts: [],
  isDrawnByScript: true,
  selectors: {
    root: '#root, body',
    title: '.post-listing',
    post: POST,
    body: '.comment-content',
    notOwn: 'blockquote',
    author: '.person-listing',
    postId: { attribute: 'id', pattern: /^comment-(\d+)$/ },
    quote: { box: 'blockquote' },
  },
  isThread: (url, page) => postAt(url) !== undefined && page.querySelector('.post-listing .person-listing') !== null,
  linkedPostId: (url) => postAt(url)?.comment,
  permalink: (postId, url) => new URL(`/post/${postAt(url)?.id}${/^\d/.test(postId) ? `/${postId}` : ''}`, url).href,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: ['https://lemmy.example.org/post/21018364', 'https://lemmy.example.org/post/21018364/14089718'],
  others: [
    'https://lemmy.example.org/c/announcements',
    'https://lemmy.example.org/u/dessalines',
    'https://lemmy.example.org/comment/14089718',
  ],
}

function postAt(url: URL): { id: string; comment: string | undefined } | undefined {
  const match = /^\/post\/(\d{1,15})(?:\/(\d{1,15}))?\/?$/.exec(isWebAddress(url) ? url.pathname : '')
  return match ? { id: match[1]!, comment: match[2] } : undefined
}

const BODY: BodyRules = { notOwn: 'blockquote' }

/** Reads the page of a post, or of one branch of its comments; the post stands on both. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const id = postAt(url)?.id
  const listing = page.first('.post-listing')
  if (id === undefined || !listing) return undefined
  const options = { base: baseOf(page, url) }
  const address = new URL(`/post/${id}`, url).href
  const opening = readOpening(page.within(listing), page, id, address, options)
  const comments = page.all(POST).flatMap((found) => readComment(page, found, address, options) ?? [])
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.text('.post-title h1') || page.text('.post-title') || page.text('title'),
    board: readBoard(page.within(listing)),
    posts: nameQuoted([opening, ...comments], opening),
    page: 1,
    pageCount: 1,
    addresses: { first: address, before: address, after: '', start: 1, step: 1 },
  })
}

/** The heading is in the page twice, for narrow and wide windows: the first of each part is read. */
function readOpening(listing: Scope, page: Scope, id: string, address: string, options: AddressOptions): Post {
  const link = listing.attribute('.post-title a', 'href')
  const words = page.first('#postContent .md-div')
  return compact<Post>({
    // Comments are counted apart from posts.
    id: `post-${id}`,
    author: readAuthor(listing),
    url: address,
    postedAt: readTime(listing),
    ...joinBodies([
      // The heading of a post without an address leads to the post itself.
      linkBody(link?.includes(`/post/${id}`) ? undefined : link, options),
      ...(words ? [readBody(page, words, BODY, options)] : []),
    ]),
    quotes: words ? readQuotes(page, words, NAMELESS_QUOTE, BODY, options) : [],
    attachments: [],
    votes: readVotes(listing),
  })
}

function readComment(page: Scope, found: Element, address: string, options: AddressOptions): Post | undefined {
  const comment = page.within(found, POST)
  const id = /^comment-(\d{1,15})$/.exec(attributeOf(found, 'id') ?? '')?.[1]
  const body = comment.first('.comment-content .md-div') ?? comment.first('.comment-content')
  if (id === undefined || !body) return undefined
  return compact<Post>({
    id,
    author: readAuthor(comment),
    url: `${address}/${id}`,
    parentId: findParent(page, found),
    postedAt: readTime(comment),
    ...readBody(comment, body, BODY, options),
    quotes: readQuotes(comment, body, NAMELESS_QUOTE, BODY, options),
    attachments: [],
    votes: readVotes(comment),
  })
}

/** Answers stand in a list beside what they answer. */
function findParent(page: Scope, found: Element): string | undefined {
  const list = page.closest(found, 'ul.comments')
  const branch = list && page.closest(list, 'li.comment')
  const above = branch && page.within(branch).first(POST)
  return above === undefined ? undefined : /^comment-(\d{1,15})$/.exec(attributeOf(above, 'id') ?? '')?.[1]
}

/** The name in the profile's address, with the server of those from another; what is shown may be a nickname. */
function readAuthor(part: Scope): Author {
  const link = part.first('.person-listing')
  const username = /\/u\/([^/?#]{1,200})$/.exec((link && attributeOf(link, 'href')) ?? '')?.[1]
  const shown = link ? lineOf(link) : ''
  const nickname = (link && attributeOf(link, 'title'))?.trim()
  const name = username ?? shown
  return { username: name, ...(nickname && name.split('@')[0] !== nickname && { nickname }) }
}

/** `Friday, October 4th, 2024 at 3:43:10 PM GMT+03:00`. */
function readTime(part: Scope): string | undefined {
  return parseTime(part.attribute('.moment-time', 'data-tippy-content') ?? part.attribute('time', 'datetime') ?? '')
}

function readBoard(listing: Scope): { id: string; name: string } | undefined {
  const id = /\/c\/([^/?#]{1,200})$/.exec(listing.attribute('.community-link', 'href') ?? '')?.[1]
  return id === undefined ? undefined : { id, name: listing.text('.community-link') }
}

/** `95 Upvotes · 2 Downvotes` of a post, each by itself of a comment; zero is not told. */
function readVotes(part: Scope): Post['votes'] {
  const lines = part.all('[data-tippy-content]').map((each) => attributeOf(each, 'data-tippy-content') ?? '')
  const numberOf = (kind: RegExp) => lines.map((line) => kind.exec(line)?.[1]).find((number) => number !== undefined)
  const up = numberOf(/^(\d{1,7}) upvotes?\b/i)
  const down = numberOf(/^(?:\d{1,7} upvotes? · )?(\d{1,7}) downvotes?$/i)
  if (up === undefined && down === undefined) return undefined
  return { ...(up !== undefined && { up: Number(up) }), ...(down !== undefined && { down: Number(down) }) }
}
