/**
 * Discuz! 6, 7 and X: desktop, reskinned and touch. Look at: https://www.discuz.net/forum.php?mod=viewthread&tid=1.
 * Found by the marks of its templates, whatever the generator calls itself and in whatever language; dates by their
 * form. Gaps: comments below a post (点评), polls and trades are not read; touch pages do not tell the zone.
 */
import type { ProblemCode, ThreadPage } from '../core/thread-page.ts'
import type { Post } from '../core/thread.ts'
import type { PageProbe, Scope } from '../dom/query.ts'
import type { Examples, ReadOptions } from './define-site.ts'
import { defineSite } from './define-site.ts'
import { baseIn, hasNumber, idIn, isWebAddress } from './reading/address.ts'
import { pageAddresses } from './discuz/page-addresses.ts'
import { readBoard, readPlace, readTitle, readZone } from './discuz/page.ts'
import { readPost } from './discuz/post.ts'
import { BEFORE_X, NOT_OWN, POST } from './discuz/selectors.ts'
import { baseOf, buildThreadPage, refusedPage } from './reading/thread.ts'

export const site = defineSite({
  id: 'discuz',
  name: 'Discuz!',
  hosts: [],
  selectors: {
    root: '#ct, #wp, body',
    title: '#thread_subject, .postlist > h2, .view_tit, h1, h2',
    post: POST,
    body: '[id^="postmessage_"], .message',
    notOwn: NOT_OWN,
    author: '.authi a, .postauthor a',
    starter: 'img[src*="ico_lz"]',
    floor: '[id^="postnum"]',
    postId: { attribute: 'id', pattern: /^(?:post_|pid)(\d+)$/ },
    quote: {
      box: '.quote:has(> blockquote)',
      head: 'font[color="#999999"], a[href*="goto=findpost"]',
      author: {
        in: 'font[color="#999999"], a[href*="goto=findpost"]',
        pattern: /^(.*?)(?: +\S{1,16}:?)? ?(?:\d{4}-\d{1,2}-\d{1,2}|\d+ ?\S{1,6}前|昨天|前天|今天)/,
      },
      postId: { attribute: 'href', in: 'a[href*="goto=findpost"]', pattern: /[?&]pid=(\d+)/ },
    },
  },
  isThread: (url, page) => threadIdOf(url, page) !== undefined && hasPosts(page),
  permalink: (postId, url, page) => {
    const id = threadIdOf(url, page)
    return id && new URL(`${scriptsOf(page).post}goto=findpost&ptid=${id}&pid=${postId}`, baseIn(page, url)).href
  },
  linkedPostId: (url) => /^#pid(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'pid'),
})

/** Addresses that feed the tests. */
export const examples: Examples = {
  threads: [
    'https://bbs.example.org/thread-1234567-1-1.html',
    'https://bbs.example.org/forum.php?mod=viewthread&tid=1234567&page=2#pid7654321',
    'https://bbs.example.org/forum.php?mod=viewthread&tid=1234567&extra=page%3D1&mobile=2',
    'https://example.org/bbs/viewthread.php?tid=1234567',
    'https://bbs.example.org/forum.php?mod=redirect&goto=findpost&ptid=1234567&pid=7654321',
  ],
  others: [
    'https://bbs.example.org/forum-2-1.html',
    'https://bbs.example.org/forum.php?mod=forumdisplay&fid=2',
    'https://bbs.example.org/forum.php?mod=post&action=reply&fid=2&tid=1234567',
    'https://bbs.example.org/home.php?mod=space&uid=1',
  ],
}

/** Before X, each task had a script of its own. */
function scriptsOf(page: PageProbe): { thread: string; post: string } {
  return page.querySelector(BEFORE_X)
    ? { thread: 'viewthread.php?', post: 'redirect.php?' }
    : { thread: 'forum.php?mod=viewthread&', post: 'forum.php?mod=redirect&' }
}

function hasPosts(page: PageProbe): boolean {
  return (
    page.querySelector('#postlist [id^="postmessage_"], .plc[id^="pid"] .message') !== null ||
    page.querySelector(`${BEFORE_X} [id^="postmessage_"]`) !== null
  )
}

/** Scripts and rewritten addresses that show something else of the same forum. */
const OTHER_MODES = /[?&]mod=(?!viewthread|redirect)|\/(?:forum|home|group|space|article|portal|archiver)(?:-|\/|$)/

/** The stock addresses name the thread; of rewritten ones the page is asked, and the number must stand in the address. */
function threadIdOf(url: URL, page: PageProbe): string | undefined {
  const stock = stockThreadId(url)
  if (stock !== undefined || !isWebAddress(url) || OTHER_MODES.test(`${url.pathname}${url.search}`)) return stock
  if (!/\d/.test(url.pathname) || !page.querySelector('#postlist, .postlist, .viewthread')) return undefined
  for (const link of ['a[href*="mod=viewthread"]', 'form[action*="action=reply"]', 'a[href*="action=reply"]']) {
    const element = page.querySelector(link)
    const id = idIn(element?.getAttribute('href') ?? element?.getAttribute('action'), 'tid')
    if (id !== undefined && hasNumber(url, id)) return id
  }
  return undefined
}

function stockThreadId(url: URL): string | undefined {
  if (!isWebAddress(url)) return undefined
  const rewritten = /\/thread-(\d{1,12})(?:-\d{1,6}){0,2}\.html?$/.exec(url.pathname)?.[1]
  if (rewritten !== undefined) return rewritten
  const mode = url.searchParams.get('mod')
  if (mode === 'viewthread' || url.pathname.endsWith('/viewthread.php')) return idIn(url, 'tid')
  return mode === 'redirect' && url.searchParams.get('goto') === 'findpost' ? idIn(url, 'ptid') : undefined
}

/** A refusal is a box with a message, above a login form where logging in would help. */
export function findProblem(url: URL, page: PageProbe): ProblemCode | undefined {
  if (stockThreadId(url) === undefined || hasPosts(page)) return undefined
  const box = page.querySelector('#messagetext, .jump_c')
  if (!box) return undefined
  const needsLogin = page.querySelector('#messagelogin, [id^="layer_login"], form[name="login"]') !== null
  return needsLogin || /登[录陆錄]|游客|遊客|log ?in/i.test(box.textContent ?? '') ? 'login-required' : 'site-error'
}

/** Reads one page of a thread, or why the forum does not show it. */
export function read(page: Scope, url: URL, { readAt }: ReadOptions = {}): ThreadPage | undefined {
  const id = threadIdOf(url, page)
  if (id === undefined) return undefined
  const base = baseOf(page, url)
  const scripts = scriptsOf(page)
  const address = new URL(`${scripts.thread}tid=${id}`, base).href
  const code = findProblem(url, page)
  if (code) {
    const message = page.text('#messagetext p') || page.text('#messagetext') || page.text('.jump_c')
    return refusedPage({ site: site.id, url, id, address }, { code, message })
  }
  const place = readPlace(page, url)
  const time = { readAt, zone: readZone(page), order: 'ymd' } as const
  const found = page.all(POST).map((post) => page.within(post, POST))
  return buildThreadPage({
    site: site.id,
    url,
    id,
    address,
    title: readTitle(page),
    board: readBoard(page),
    posts: withQuotedNames(found.flatMap((part) => readPost(part, time, { base }) ?? [])).map((post) => {
      const link = `${scripts.post}goto=findpost&ptid=${id}&pid=${post.id}`
      return { ...post, url: new URL(link, base).href }
    }),
    ...place,
    addresses: pageAddresses(url, address),
  })
}

/**
 * A quote's head is a name, a verb and a date, and the verb may be of several words in languages that are not known
 * here. The page's own authors tell where the name ends.
 */
function withQuotedNames(posts: readonly Post[]): Post[] {
  const authors = new Map(posts.map((post) => [post.id, post.author.username]))
  const names = [...new Set(authors.values())].filter(Boolean)
  return posts.map((post) => ({
    ...post,
    quotes: post.quotes.map((quote) => {
      const target = quote.postId === undefined ? undefined : authors.get(quote.postId)
      const name = target || names.find((each) => quote.username.startsWith(`${each} `))
      return name ? { ...quote, username: name } : quote
    }),
  }))
}
