/**
 * PKU BBS (北大未名BBS), desktop version: threads and single posts, also through its mirror and the university's WebVPN.
 * Look at: https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528. Gaps: the phone version's markup is not
 * known; a collected thread (合集) is the one post that the site shows.
 */
import type { PageAddresses, ProblemCode, ThreadPage } from '../core/thread-page.ts'
import type { Post, Thread } from '../core/thread.ts'
import { threadKey } from '../core/thread.ts'
import { attributeOf } from '../dom/attributes.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import { lineOf } from '../dom/query.ts'
import { defineSite, type Examples } from './define-site.ts'
import {
  HOST,
  HOSTS,
  addressMapper,
  canonicalAddress,
  idIn,
  linkedPostId,
  pageAddresses,
  pageKind,
  parseId,
  postAddress,
  threadAddress,
} from './pku-bbs/address.ts'
import { findPermalink } from './pku-bbs/permalink.ts'
import type { ReadPost } from './pku-bbs/post.ts'
import { readPost } from './pku-bbs/post.ts'

const CARD = '.post-card[data-postid]'

export const site = defineSite({
  id: 'pku-bbs',
  name: '北大未名BBS',
  hosts: HOSTS,
  selectors: {
    root: '#page-content',
    title: '#post-read > header',
    post: CARD,
    // Inside a post one class is enough, and a browser finds it at once; an ancestor's it looks up in the whole page.
    body: '.body.file-read',
    notOwn: '.quotehead, .blockquote, .quote-expand, .signature',
    author: '.username a',
    starter: '.lz-tag',
    floor: '.post-id',
    postId: { attribute: 'data-postid' },
    quote: {
      box: '.quotehead',
      lines: '.blockquote, .quote-expand',
      author: { attribute: 'data-username' },
      folded: '.quote-expand',
    },
  },
  isThread: (url, page) => isReadable(url) && page.querySelector(CARD) !== null,
  linkedPostId,
  permalink: findPermalink,
  addressMapper,
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528',
    'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=2#22231454',
    'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=a&postid=22231454#22231454',
    'https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=22222309&type=0',
    'http://www.bdwm.net/v2/post-read.php?bid=22&threadid=17625528',
    'https://wpn.pku.edu.cn/https/77726476706e69737468656265737421f2f552/v2/post-read.php?bid=22&threadid=17625528',
  ],
  others: [
    'https://bbs.pku.edu.cn/v2/',
    'https://bbs.pku.edu.cn/v2/thread.php?bid=22&mode=topic&page=2',
    'https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fbbs.pku.edu.cn%2Fv2%2Fpost-read.php',
    'https://bbs.pku.edu.cn/v2/mobile/post-read.php?bid=22&threadid=17625528',
    'https://bbs.pku.edu.cn.example.com/v2/post-read.php?bid=22&threadid=17625528',
    'https://notbdwm.net/v2/post-read.php?bid=22&threadid=17625528',
  ],
}

function isReadable(url: URL): boolean {
  const kind = pageKind(url)
  return kind === 'thread' || kind === 'single-post'
}

/** A refusal, or a dress of the site that is not known. */
export function findProblem(url: URL, page: PageProbe): ProblemCode | undefined {
  const kind = pageKind(url)
  if (kind === undefined) return undefined
  if (kind === 'phone') return 'unsupported-markup'
  if (page.querySelector(CARD)) return undefined
  const isError =
    page.querySelector('#page-error, #error-body') !== null ||
    /^\s*出错啦/.test(page.querySelector('#bdwm-title')?.textContent ?? '')
  if (!isError) return 'no-posts'
  return isLoginWall(page) ? 'login-required' : 'site-error'
}

/** A guest is refused with words about logging in, or about a permission that only members have. */
function isLoginWall(page: PageProbe): boolean {
  const message = (page.querySelector('#error-body') ?? page.querySelector('#page-error'))?.textContent ?? ''
  if (/登[录陆入]|实名|游客|匿名用户|\bguest\b|\blog ?in\b/i.test(message)) return true
  const user = page.querySelector('[data-role="login-info-username"]')?.getAttribute('data-value')
  return user === 'guest' && /权限|无权|没有权|禁止|不允许/.test(message)
}

/** Reads a thread page, a single post's page, or why there is none, by the site's markup. */
export function read(page: Scope, url: URL): ThreadPage | undefined {
  const kind = pageKind(url)
  if (kind === undefined) return undefined
  const problem = findProblem(url, page)
  if (problem) return refused(page, url, problem)
  const thread = readThread(page, url)
  if (!thread.posts.length) return refused(page, url, 'no-posts')
  // A single post's page does not tell where in its thread it stands.
  if (kind === 'single-post') return { thread, page: 1, pageCount: 1, ...findAddresses(thread, url) }
  const place = readPlace(page, url)
  return { thread: { ...thread, pageCount: place.pageCount }, ...place, ...findAddresses(thread, url) }
}

/** An error page, too, says where the thread's first page stands, if its address names the board as well. */
function findAddresses({ id, board }: Thread, url: URL): { addresses?: PageAddresses } {
  return id && board ? { addresses: pageAddresses(url, board.id, id) } : {}
}

function refused(page: Scope, url: URL, code: ProblemCode): ThreadPage {
  const thread: Thread = { ...readIdentity(page, url), title: '', posts: [] }
  const problem = { code, message: readMessage(page) }
  return { thread, page: 1, pageCount: 1, ...findAddresses(thread, url), problem }
}

/** The site's own words, less the lines that are nothing but a link (返回). */
function readMessage(page: Scope): string {
  const lines = page.all('#error-body p').filter((line) => page.within(line).text('a') !== lineOf(line))
  return lines.map(lineOf).join('\n') || page.text('#error-body') || page.text('#page-error')
}

function readThread(page: Scope, url: URL): Thread {
  const identity = readIdentity(page, url)
  const posts = readPosts(page, url).map((post) => withPermalink(post, identity))
  const first = posts.find((post) => post.floor === 1)
  const author = (first ?? posts.find((post) => post.isStarter))?.author
  return {
    ...identity,
    title: readTitle(page),
    ...(author && { author }),
    ...(first?.postedAt && { createdAt: first.postedAt }),
    posts,
  }
}

/**
 * What the posts themselves say comes before the address: while a page is being replaced, the address is already the
 * next thread's. An id that nothing tells (a single post's error page) is empty.
 */
function readIdentity(page: Scope, url: URL): Pick<Thread, 'key' | 'site' | 'id' | 'url' | 'board'> {
  const crumb = page.all('.breadcrumb-trail a[href*="thread.php"]').at(-1)
  const trail = page.attribute('.breadcrumb-trail a[href*="post-read.php"]', 'href')
  const id =
    parseId(page.attribute('.post-card[data-threadid]', 'data-threadid')) ??
    idIn(url, 'threadid') ??
    idIn(page.attribute('.view-full-post[href]', 'href'), 'threadid') ??
    idIn(trail, 'threadid') ??
    ''
  const board =
    parseId(page.attribute('.post-card[data-bid]', 'data-bid')) ??
    idIn(url, 'bid') ??
    idIn(crumb && attributeOf(crumb, 'href'), 'bid')
  const name = crumb && lineOf(crumb).replace(/ ?[(（][\w.-]*[)）]$/, '')
  return {
    key: threadKey({ site: 'pku-bbs', host: HOST, ...(board !== undefined && { board }), id }),
    site: 'pku-bbs',
    id,
    url: threadAddress(board, id),
    ...(board !== undefined && { board: { id: board, ...(name && { name }) } }),
  }
}

function readTitle(page: Scope): string {
  const heading = page.text('#post-read > header h3') || page.text('#post-read header h3')
  const title = heading.replace(/ ?\[复制链接\]$/, '')
  return title || (page.text('#bdwm-title') || page.text('title')).replace(/ ?- ?北大未名BBS$/, '')
}

/** The page's posts in its order; of two cards with one id the first. */
function readPosts(page: Scope, url: URL): ReadPost[] {
  const options = { base: canonicalAddress(url), mapAddress: addressMapper(url) }
  const posts = new Map<string, ReadPost>()
  for (const card of page.all('.post-card')) {
    // Where a tag was never closed, the next cards stand inside of this one and are no part of it.
    const post = readPost(page.within(card, '.post-card'), options)
    if (post && !posts.has(post.id)) posts.set(post.id, post)
  }
  return [...posts.values()]
}

function withPermalink(post: ReadPost, { id, board }: Pick<Thread, 'id' | 'board'>): Post {
  if (!id || !parseId(post.id)) return post
  return { ...post, url: postAddress(board?.id, id, post.id) }
}

/** Where in its thread a page stands: the paging bar knows it best, also for addresses that name a post instead. */
function readPlace(page: Scope, url: URL): { page: number; pageCount: number } {
  const bar = page.first('.paging-top') ?? page.first('.paging')
  const paging = bar && page.within(bar)
  const input = 'input[data-role="goto-input"]'
  const number =
    pageNumber(paging?.text('.paging-button.active')) ??
    pageNumber(paging?.attribute(input, 'value')) ??
    pageNumber(url.searchParams.get('page')) ??
    1
  const counts = [
    pageNumber(paging?.attribute(input, 'max')),
    pageNumber(/\/ ?(\d+)/.exec(bar ? lineOf(bar) : '')?.[1]),
    ...(paging?.all('.paging-button').map((button) => pageNumber(lineOf(button))) ?? []),
  ]
  return { page: number, pageCount: Math.max(number, ...counts.map((count) => count ?? 1)) }
}

/** `12`, also as `...12` where numbers before it are left out. */
function pageNumber(text: string | null | undefined): number | undefined {
  const digits = /^(?:\.{2,3}|…)? ?(\d{1,6})$/.exec(text?.trim() ?? '')?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}
