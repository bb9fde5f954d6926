/**
 * Discourse, in its three forms. Look at: https://forums.docker.com/t/confusing-resolver-structure/144854.
 * The live page, which holds the posts around the reader and is read again as more arrive; what the server writes for
 * robots and readers without scripts (`noscript`, `?page=N`, `/print`), which is how other pages are asked for; and the
 * data that the server writes for the page's own script, all that a signed-in reader is sent. A post that several hold is
 * read from the first of them.
 * Gaps: which post a post answers without quoting it is told by the live page in pictures alone and not read; nor are
 * polls, edits, and the small lines about what happened to the topic.
 */
import type { ThreadPage } from '../core/thread-page.ts'
import type { Post } from '../core/thread.ts'
import { cleanAddress } from '../dom/allow-list.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import type { Examples } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { readCrawlerPost, readDataPost, readLivePost } from './discourse/post.ts'
import type { Topic } from './discourse/post.ts'
import { findTopicData } from './discourse/topic-data.ts'
import type { TopicData } from './discourse/topic-data.ts'
import { isWebAddress, pageNumber, pageOf, parseId } from './reading/address.ts'
import { baseOf, buildThreadPage } from './reading/thread.ts'

const LIVE = 'article[data-post-id]'
const CRAWLER = '.crawler-post'

export const site = defineSite({
  id: 'discourse',
  name: 'Discourse',
  // Single keys of its shortcuts, and what they begin or end with where they are two (`g n`).
  keys: '!#/=?.bcdefghjklmnopqrstuwx',
  hosts: [],
  isDrawnByScript: true,
  selectors: {
    root: '#main-outlet',
    title: '#topic-title',
    post: `${LIVE}, ${CRAWLER}`,
    body: '.cooked, .post',
    notOwn: 'aside.quote, .cooked-selection-barrier, .codeblock-button-wrapper, .lightbox .meta',
    author: '.names .username, .creator [itemprop="name"]',
    floor: '.crawler-post-infos [itemprop="position"]',
    postId: { attribute: 'id', pattern: /^post_(\d+)$/ },
    quote: {
      box: 'aside.quote',
      head: '.title',
      author: { attribute: 'data-username' },
      postId: { attribute: 'data-post', pattern: /^(\d{1,18})$/ },
      thread: 'data-topic',
    },
  },
  isThread: (url, page) =>
    topicAt(url) !== undefined && page.querySelector(`${LIVE} .cooked, ${CRAWLER} .post[itemprop="text"]`) !== null,
  permalink: (postId, url) => {
    const topic = topicAt(url)
    return topic && new URL(`${topic.path}/${postId}`, url).href
  },
  linkedPostId: (url) => parseId(url.hash.replace('#post_', '')) ?? topicAt(url)?.post,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://forum.example.org/t/confusing-resolver-structure/144854',
    'https://forum.example.org/t/confusing-resolver-structure/144854/7?u=ada',
    'https://forum.example.org/t/144854',
    'https://example.org/talk/t/-/144854?page=2',
    'https://forum.example.org/t/confusing-resolver-structure/144854/print',
  ],
  others: [
    'https://forum.example.org/latest',
    'https://forum.example.org/c/docker-desktop/48',
    'https://forum.example.org/u/amondale/summary',
    'https://forum.example.org/t/confusing-resolver-structure',
  ],
}

/** Path up to the topic's title, topic and post that an address names. A title holds more than digits. */
function topicAt(url: URL): { path: string; id: string; post: string | undefined } | undefined {
  const match = /^((?:\/[\w-]{1,40}){0,3}\/t\/(?:[^/]*[^/\d][^/]*\/)?(\d{1,12}))(?:\/(\d{1,9}|print|last))?\/?$/.exec(
    isWebAddress(url) ? url.pathname : '',
  )
  return match ? { path: match[1]!, id: match[2]!, post: parseId(match[3]) } : undefined
}

/** True for a page as the server sends it to a signed-in reader: its script has yet to draw the posts. */
export function isUndrawn(url: URL, page: PageProbe): boolean {
  const topic = topicAt(url)
  const data = page.querySelector('#data-preloaded')?.getAttribute('data-preloaded')
  return topic !== undefined && data?.includes(`"topic_${topic.id}"`) === true
}

/** Reads the posts that stand on a page of a topic. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const at = topicAt(url)
  if (!at) return undefined
  const data = findTopicData(page, at.id)
  const address = addressOf(page, url, at)
  const topic: Topic = { id: at.id, address, options: { base: baseOf(page, url) } }
  const posts = readPosts(page, topic, data)
  const paging = readPaging(page, url, posts, data)
  return buildThreadPage({
    site: site.id,
    url,
    id: at.id,
    address,
    title: data?.title ?? (page.text('#topic-title h1 a') || page.text('#topic-title h1') || page.text('title')),
    board: readBoard(page, data),
    isPart: posts[0]?.floor !== 1,
    lastReply: data?.lastPostedAt === undefined ? undefined : { at: data.lastPostedAt },
    posts,
    ...paging,
    addresses: { first: address, before: `${address}?page=`, after: '', start: 1, step: 1 },
  })
}

/** The page's name for itself, which holds the title; the address of the reader may go without. */
function addressOf(page: Scope, url: URL, { path, id }: { path: string; id: string }): string {
  const told = cleanAddress(page.attribute('link[rel="canonical"]', 'href') ?? '', { base: url })
  const own = told === undefined ? undefined : new URL(told)
  const match = own?.host === url.host ? topicAt(own) : undefined
  return new URL(match?.id === id ? match.path : path, url).href
}

function readPosts(page: Scope, topic: Topic, data: TopicData | undefined): Post[] {
  const found = new Map<string, Post>()
  const add = (post: Post | undefined) => {
    if (post && !found.has(post.id)) found.set(post.id, post)
  }
  for (const element of page.all(LIVE)) add(readLivePost(page.within(element), topic))
  if (isOfTopic(page, topic.id))
    for (const element of page.all(CRAWLER)) add(readCrawlerPost(page.within(element), topic))
  for (const post of data?.posts ?? []) if (!found.has(post.number)) add(readDataPost(post, topic))
  return [...found.values()].sort((a, b) => a.floor! - b.floor!)
}

/** What the server wrote stays in the page when the reader goes on to another topic without loading anew. */
function isOfTopic(page: Scope, id: string): boolean {
  const path =
    page.attribute('noscript[data-path]', 'data-path') ?? page.attribute('#main-outlet link[itemprop="url"]', 'href')
  if (path === undefined || !URL.canParse(path, 'https://forum.invalid/')) return true
  const told = topicAt(new URL(path, 'https://forum.invalid/'))
  return told === undefined || told.id === id
}

const POSTS_A_PAGE = 20

/** Robots are told of the next page alone; the live page shows the reader's place among all posts. */
function readPaging(
  page: Scope,
  url: URL,
  posts: readonly Post[],
  data: TopicData | undefined,
): { page: number; pageCount: number } {
  const place = pageOf(page.text('.timeline-replies')) ?? pageOf(page.text('#topic-progress .nums'))
  const total = data?.postCount ?? place?.pageCount
  const first = posts[0]?.floor ?? 1
  const told = pageNumber(url.searchParams.get('page'))
  const number = told ?? Math.ceil(Math.min(first, total ?? first) / POSTS_A_PAGE)
  const next = page.first(CRAWLER) && page.all('a[rel="next"]').some((link) => isPageLink(attributeOf(link, 'href')))
  const least = next ? number + 1 : number
  return { page: number, pageCount: Math.max(least, Math.ceil((total ?? 1) / POSTS_A_PAGE)) }
}

function isPageLink(href: string | undefined): boolean {
  return /[?&]page=\d/.test(href ?? '')
}

/** The innermost category. */
function readBoard(page: Scope, data: TopicData | undefined): { id: string; name?: string } | undefined {
  const links = page.all('.topic-category a[href*="/c/"], .topic-category a.badge-category__wrapper')
  const link = links.at(-1)
  const id = /\/(\d{1,9})(?:[?#].*)?$/.exec((link && attributeOf(link, 'href')) ?? '')?.[1] ?? data?.categoryId
  return id === undefined ? undefined : { id, ...(link && { name: lineOf(link) }) }
}
