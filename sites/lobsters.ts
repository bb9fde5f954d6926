/**
 * Lobsters, and its sisters of the same software. Look at: https://lobste.rs/s/dwip3v/rust_project_goals_for_2024.
 * Gaps: a page holds its whole thread; aids attach to comments alone; flags and their reasons are not read.
 */
import type { Element } from 'hast'
import { parseTime, timeFromEpoch } from '../core/dates.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Author, Post } from '../core/thread.ts'
import type { AddressOptions } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { isWebAddress } from './reading/address.ts'
import { joinBodies, linkBody, readBody, readQuotes } from './reading/body.ts'
import type { BodyRules } from './reading/body.ts'
import { baseOf, buildThreadPage, compact, votesOf } from './reading/thread.ts'
import { NAMELESS_QUOTE, nameQuoted } from './reading/tree.ts'

const POST = '.comment[data-shortid]'
const AUTHOR = '.byline a[href^="/~"]:not([aria-hidden]), .byline a[href^="/u/"]:not([aria-hidden])'

export const site = defineSite({
  id: 'lobsters',
  name: 'Lobsters',
  hosts: ['lobste.rs'],
  holdsWholeThread: true,
  selectors: {
    root: '#inside',
    title: '.stories',
    post: POST,
    body: '.comment_text',
    notOwn: 'blockquote',
    author: AUTHOR,
    postId: { attribute: 'data-shortid' },
    quote: { box: 'blockquote' },
  },
  isThread: (url, page) => storyAt(url, page) !== undefined,
  linkedPostId: ({ hash }) => /^#c_(\w{6,12})$/.exec(hash)?.[1],
  permalink: (postId, url) => `${addressOf(url)}${url.pathname.includes(`/s/${postId}`) ? '' : `#c_${postId}`}`,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://lobste.rs/s/abc123/brewing_measured',
    'https://lobste.rs/s/abc123',
    'https://lobste.rs/s/abc123/brewing_measured#c_aaa111',
  ],
  others: ['https://lobste.rs/', 'https://lobste.rs/t/rust', 'https://lobste.rs/~scvalex', 'https://lobste.rs/s/'],
}

/** The story that address and page agree on. */
function storyAt(url: URL, page: PageProbe): string | undefined {
  const id = isWebAddress(url) ? /^\/s\/([a-z\d]{6,12})(?:\/[^/]*)?\/?$/.exec(url.pathname)?.[1] : undefined
  return id !== undefined && page.querySelector(`#story_${id} .byline`) ? id : undefined
}

function addressOf(url: URL): string {
  return new URL(url.pathname.replace(/\/$/, ''), url).href
}

const BODY: BodyRules = { notOwn: 'blockquote' }

/** Reads the page of a story. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const id = storyAt(url, page)
  const story = id === undefined ? undefined : page.first(`#story_${id}`)
  if (id === undefined || !story) return undefined
  const options = { base: baseOf(page, url) }
  const address = addressOf(url)
  const opening = readStory(page, page.within(story), id, address, options)
  const comments = page.all(POST).flatMap((found) => readComment(page, found, address, options) ?? [])
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: page.within(story).text('.link a') || page.text('title').replace(/ \| Lobsters$/, ''),
    posts: nameQuoted([opening, ...comments], opening),
    page: 1,
    pageCount: 1,
    addresses: { first: address, before: address, after: '', start: 1, step: 1 },
  })
}

/** The story's own words stand behind it. */
function readStory(page: Scope, story: Scope, id: string, address: string, options: AddressOptions): Post {
  const href = story.attribute('.link a', 'href')
  const words = page.first('.story_text')
  // A question's heading leads to itself.
  const link = href?.includes(`/s/${id}`) ? undefined : href
  return compact<Post>({
    id,
    author: readAuthor(story),
    url: address,
    postedAt: readTime(story),
    ...joinBodies([linkBody(link, options), ...(words ? [readBody(page, words, BODY, options)] : [])]),
    quotes: words ? readQuotes(page, words, NAMELESS_QUOTE, BODY, options) : [],
    attachments: [],
    votes: readVotes(story),
  })
}

function readComment(page: Scope, found: Element, address: string, options: AddressOptions): Post | undefined {
  const comment = page.within(found, POST)
  const id = /^\w{6,12}$/.exec(attributeOf(found, 'data-shortid') ?? '')?.[0]
  const body = comment.first('.comment_text')
  if (id === undefined || !body) return undefined
  return compact<Post>({
    id,
    author: readAuthor(comment),
    url: `${address}#c_${id}`,
    parentId: findParent(page, found),
    postedAt: readTime(comment),
    // The one time that an edited comment shows is that of the edit: no comment is older than it tells.
    editedAt: isEdited(comment) ? readTime(comment) : undefined,
    ...readBody(comment, body, BODY, options),
    quotes: readQuotes(comment, body, NAMELESS_QUOTE, BODY, options),
    attachments: [],
    votes: readVotes(comment),
  })
}

/** Answers stand in a list beside what they answer; all of them in one more that belongs to the story. */
function findParent(page: Scope, found: Element): string | undefined {
  const list = page.closest(found, 'ol.comments')
  const branch = list && page.closest(list, '.comments_subtree')
  const above = branch && page.within(branch).first(POST)
  return above && page.closest(above, '.comments_subtree') === branch ? attributeOf(above, 'data-shortid') : undefined
}

function readAuthor(part: Scope): Author {
  return { username: part.text(AUTHOR) }
}

/** `NAME edited 2 hours ago`: the word stands by itself between the two links. */
function isEdited(comment: Scope): boolean {
  const byline = comment.first('.byline')
  const words = [...(byline?.children ?? [])].flatMap((child) =>
    child.type === 'element' && child.tagName === 'span' ? child.children : [child],
  )
  return words.some((word) => word.type === 'text' && /^\s*edited\s*$/.test(word.value))
}

/** The machine's form; what is written beside it has no zone, and is that of the site's server. */
function readTime(part: Scope): string | undefined {
  const seconds = timeFromEpoch(part.attribute('.byline time', 'data-at-unix'))
  const written = part.attribute('.byline time', 'datetime') ?? part.attribute('.byline span[title]', 'title')
  return seconds ?? parseTime(written ?? '', { zone: 'America/Chicago' })
}

function readVotes(part: Scope): Post['votes'] {
  const upvoter = part.first('.upvoter') ?? part.first('.score')
  const line = upvoter ? lineOf(upvoter) : ''
  return /^-?\d{1,6}$/.test(line) ? votesOf(Number(line)) : undefined
}
