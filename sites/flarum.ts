/**
 * Flarum 1 and 2. Look at: https://discuss.flarum.org/d/2068-types-of-threads-flarum-as-a-discussion-engine.
 * The live page holds the posts around the reader and is read again as more arrive. What the server sends has the posts
 * without numbers and times for readers without scripts, and all of them in the data for the page's own script
 * (`flarum-json-payload`): that is read, also behind the live page as long as it is of the same discussion.
 * Gaps: files are links in the words; polls are not read, nor the lines about what happened.
 */
import type { Element } from 'hast'
import type { ThreadPage } from '../core/thread-page.ts'
import type { Post } from '../core/thread.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { findDiscussion } from './flarum/payload.ts'
import type { Discussion } from './flarum/payload.ts'
import { readDataPost, readLivePost } from './flarum/post.ts'
import { isWebAddress, pageNumber } from './reading/address.ts'
import { baseOf, buildThreadPage } from './reading/thread.ts'

const LIVE = '.PostStream [data-id][data-number]'

export const site = defineSite({
  id: 'flarum',
  name: 'Flarum',
  hosts: [],
  isDrawnByScript: true,
  selectors: {
    root: '#app',
    title: '.DiscussionHero',
    post: LIVE,
    body: '.Post-body',
    notOwn: 'blockquote',
    author: '.PostUser-name',
    postId: { attribute: 'data-id' },
    quote: {
      box: 'blockquote',
      head: '.PostMention, cite',
      author: { in: '.PostMention, cite' },
      postId: { attribute: 'data-id', in: '.PostMention' },
    },
  },
  isThread: (url, page) => discussionAt(url) !== undefined && page.querySelector(`${LIVE} .Post-body`) !== null,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/d/2068-types-of-threads',
    'https://forum.example.org/d/2068-types-of-threads/17',
    'https://example.org/talk/d/2068?page=2',
  ],
  others: ['https://forum.example.org/t/features', 'https://forum.example.org/u/toby', 'https://forum.example.org/d/'],
}

/** Path of the discussion, its number, and the post that the reader is near. */
function discussionAt(url: URL): { path: string; id: string; near: string | undefined } | undefined {
  const match = /^((?:\/[\w-]{1,40}){0,3}\/d\/(\d{1,12})(?:-[^/]*)?)(?:\/(\d{1,9}|reply))?\/?$/.exec(
    isWebAddress(url) ? url.pathname : '',
  )
  return match ? { path: match[1]!, id: match[2]!, near: match[3] } : undefined
}

/** True for a page as the server sends it: its script has yet to draw the posts. */
export function isUndrawn(url: URL, page: PageProbe): boolean {
  return discussionAt(url) !== undefined && page.querySelector('#flarum-json-payload') !== null
}

const POSTS_A_PAGE = 20

/** Reads the posts that stand on a page of a discussion. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const at = discussionAt(url)
  if (!at) return undefined
  const data = findDiscussion(page, at.id)
  const address = new URL(data?.slug === undefined ? at.path : at.path.replace(/[^/]*$/, data.slug), url).href
  const options = { base: baseOf(page, url) }
  const told = pageNumber(url.searchParams.get('page'))
  const posts = new Map<string, Post>()
  const add = (post: Post | undefined) => post && !posts.has(post.id) && posts.set(post.id, post)
  for (const found of page.all(LIVE)) add(readLivePost(page.within(found, LIVE), address, options))
  const known = data ? postsOfPage(data, told ?? (at.near === undefined ? 1 : undefined)) : []
  for (const post of known) if (!posts.has(post.id)) add(readDataPost(post, address, options))
  const inOrder = [...posts.values()].sort((a, b) => (a.floor ?? 0) - (b.floor ?? 0))
  const place = data ? data.postIds.indexOf(inOrder[0]?.id ?? '') : (inOrder[0]?.floor ?? 1) - 1
  const total = data ? Math.max(data.postIds.length, data.commentCount) : inOrder.length
  return buildThreadPage({
    site: site.id,
    url,
    id: at.id,
    address,
    title: data?.title ?? (page.text('.DiscussionHero-title') || page.text('#flarum-content h1') || page.text('title')),
    board: data?.board ?? readBoard(page),
    isPart: inOrder[0]?.floor !== 1,
    createdAt: data?.createdAt,
    lastReply: data?.lastPostedAt === undefined ? undefined : { at: data.lastPostedAt },
    posts: inOrder,
    page: told ?? Math.floor(Math.max(0, place) / POSTS_A_PAGE) + 1,
    pageCount: Math.ceil(total / POSTS_A_PAGE),
    addresses: { first: address, before: `${address}?page=`, after: '', start: 1, step: 1 },
  })
}

/** The data holds posts beyond the page, such as the last one and those that answer; near a post, whatever is there. */
function postsOfPage({ posts, postIds }: Discussion, page: number | undefined): Discussion['posts'] {
  if (page === undefined || !postIds.length) return posts
  const shown = new Set(postIds.slice((page - 1) * POSTS_A_PAGE, page * POSTS_A_PAGE))
  return posts.filter(({ id }) => shown.has(id))
}

/** The innermost tag. */
function readBoard(page: Scope): { id: string; name: string } | undefined {
  const tag: Element | undefined = page.all('.DiscussionHero .TagLabel').at(-1)
  const id = /\/t\/([\w-]{1,100})$/.exec((tag && attributeOf(tag, 'href')) ?? '')?.[1]
  return tag && id !== undefined ? { id, name: lineOf(tag) } : undefined
}
