/**
 * Reddit in its old dress (old.reddit.com, and www.reddit.com for those who chose it). Look at:
 * https://old.reddit.com/r/science/comments/1rku5x9/fully_functional_hair_follicles_have_been_grown/.
 * Gaps: the new dress is drawn by scripts in parts of its own and not read; of long threads the branches behind
 * `load more comments` are read when the page has loaded them; of polls and galleries the address alone is read.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Attachment, Author, Post } from '../core/thread.ts'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { cleanAddress } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { Scope } from '../dom/query.ts'
import { hasClass, lineOf } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress } from './reading/address.ts'
import { joinBodies, linkBody, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, fileName, votesOf } from './reading/thread.ts'
import { NAMELESS_QUOTE, nameQuoted } from './reading/tree.ts'

const MIRRORS = ['reddit.com']
const POST = '.thing.comment'

export const site = defineSite({
  id: 'oldreddit',
  name: 'Reddit',
  hosts: MIRRORS,
  selectors: {
    root: '.content',
    title: '#siteTable',
    post: POST,
    body: '.md',
    notOwn: 'blockquote',
    author: '.tagline .author, .tagline em',
    starter: '.tagline .submitter',
    postId: { attribute: 'data-fullname' },
    quote: { box: 'blockquote' },
  },
  isThread: (url, page) => threadAt(url) !== undefined && page.querySelector('.comments-page .thing.link') !== null,
  linkedPostId: (url) => {
    const id = threadAt(url)?.commentId
    return id && `t1_${id}`
  },
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://old.reddit.com/r/science/comments/1rku5x9/fully_functional_hair_follicles/',
    'https://www.reddit.com/r/science/comments/1rku5x9/fully_functional_hair_follicles/o8n5jvy/?context=3',
    'https://old.reddit.com/comments/1rku5x9',
    'https://old.reddit.com/user/ada/comments/1rku5x9/my_own_page/',
  ],
  others: [
    'https://old.reddit.com/r/science/',
    'https://old.reddit.com/user/InsaneSnow45/comments/',
    'https://old.reddit.com/r/science/comments/',
  ],
}

/** Ids are numbers in base 36. */
function threadAt(url: URL): { id: string; commentId: string | undefined } | undefined {
  if (!isWebAddress(url)) return undefined
  const path = /^(?:\/(?:r|u|user)\/[\w-]{1,60})?\/comments\/([a-z\d]{4,13})(?:\/[^/]*(?:\/([a-z\d]{4,13}))?)?\/?$/i
  const [, id, commentId] = path.exec(url.pathname) ?? []
  return id === undefined ? undefined : { id: id.toLowerCase(), commentId: commentId?.toLowerCase() }
}

const BODY: BodyRules = {
  notOwn: 'blockquote',
  replace: (found) =>
    isSpoiler(found) ? [{ ...found, tagName: 'span', properties: { className: ['spoiler'] } }] : undefined,
}

/** The site's own spoilers, and the links by which communities made theirs before. */
function isSpoiler(found: Element): boolean {
  if (found.tagName === 'a') return /^[#/](?:s|spoilers?)$/.test(attributeOf(found, 'href') ?? '')
  return attributeOf(found, 'class')?.split(' ').includes('md-spoiler-text') === true
}

/** Reads the page of a thread, or of one branch of it; the opening post stands on both. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadAt(url)?.id
  const link = page.first('.thing.link')
  if (id === undefined || !link) return undefined
  const options = { base: baseOf(page, url) }
  const top = page.within(link)
  const address = addressIn(link, url, id) ?? new URL(`/comments/${id}/`, url).href
  const opening = readOpening(top, id, address, readAt, options)
  const comments = page
    .all(POST)
    .flatMap((found) => readComment(page, found, addressIn(found, url, id), readAt, options) ?? [])
  const board = attributeOf(link, 'data-subreddit')?.trim()
  return buildThreadPage({
    site: site.id,
    url,
    mirrors: MIRRORS,
    id,
    address,
    title: top.text('a.title') || page.text('title'),
    board: board ? { id: board, name: attributeOf(link, 'data-subreddit-prefixed')?.trim() || board } : undefined,
    posts: nameQuoted([opening, ...comments], opening),
    page: 1,
    pageCount: 1,
    addresses: { first: address, before: address, after: '', start: 1, step: 1 },
  })
}

function readOpening(
  link: Scope,
  id: string,
  address: string,
  readAt: Date | undefined,
  options: AddressOptions,
): Post {
  const score = Number(attributeOf(link.element!, 'data-score') ?? Number.NaN)
  const milliseconds = attributeOf(link.element!, 'data-timestamp') ?? ''
  const told = /^\d{12,14}$/.test(milliseconds) ? timeFromEpoch(Number(milliseconds) / 1000) : undefined
  const words = link.first('.expando .md')
  const target = attributeOf(link.element!, 'data-url') ?? ''
  const url = target.startsWith('/') || target.includes(`/comments/${id}`) ? undefined : cleanAddress(target, options)
  return compact<Post>({
    id: `t3_${id}`,
    author: readAuthor(link),
    url: address,
    postedAt: told ?? readTime(link, readAt),
    editedAt: parseTime(link.attribute('.tagline .edited-timestamp', 'datetime') ?? ''),
    ...joinBodies([linkBody(url, options), ...(words ? [readBody(link, words, BODY, options)] : [])]),
    quotes: words ? readQuotes(link, words, NAMELESS_QUOTE, BODY, options) : [],
    attachments: url === undefined ? [] : pictureAt(url),
    votes: votesOf(score),
  })
}

/** The address that a post has for itself, as long as it is one of this thread on this host. */
function addressIn(thing: Element, url: URL, id: string): string | undefined {
  const address = cleanAddress(attributeOf(thing, 'data-permalink') ?? '', { base: url })
  if (address === undefined) return undefined
  const told = new URL(address)
  return told.host === url.host && threadAt(told)?.id === id ? address : undefined
}

function readComment(
  page: Scope,
  found: Element,
  url: string | undefined,
  readAt: Date | undefined,
  options: AddressOptions,
): Post | undefined {
  // Answers stand inside of the comment, beside its own entry.
  const comment = page.within(found, POST)
  const id = /^t1_[a-z\d]{1,13}$/.exec(attributeOf(found, 'data-fullname') ?? '')?.[0]
  const words = comment.first('.md')
  if (id === undefined || !words) return undefined
  const branch = page.closest(found, '.child')
  const parent = branch && page.closest(branch, POST)
  return compact<Post>({
    id,
    author: readAuthor(comment),
    url,
    parentId: parent && attributeOf(parent, 'data-fullname'),
    postedAt: readTime(comment, readAt),
    editedAt: parseTime(comment.attribute('.tagline .edited-timestamp', 'datetime') ?? ''),
    ...readBody(comment, words, BODY, options),
    quotes: readQuotes(comment, words, NAMELESS_QUOTE, BODY, options),
    attachments: [],
    votes: votesOf(Number(comment.attribute('.score.unvoted', 'title') ?? Number.NaN)),
  })
}

/** Those who left or were removed have a word in their place. */
function readAuthor(thing: Scope): Author {
  const username = attributeOf(thing.element!, 'data-author')?.trim() || thing.text('.tagline .author')
  const id = /^t2_[a-z\d]{1,13}$/.exec(attributeOf(thing.element!, 'data-author-fullname') ?? '')?.[0]
  return { username: username || thing.text('.tagline em'), ...(id !== undefined && { id }) }
}

function readTime(thing: Scope, readAt: Date | undefined): string | undefined {
  const time = thing.all('.tagline time').find((found) => !hasClass(found, 'edited-timestamp'))
  return time && (parseTime(attributeOf(time, 'datetime') ?? '') ?? parseTime(lineOf(time), { readAt }))
}

function pictureAt(url: string): Attachment[] {
  const name = fileName(url)
  return /\.(?:jpe?g|png|gif|webp)$/i.test(name) ? [{ name, url, kind: 'image' }] : []
}
