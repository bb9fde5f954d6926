import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { SITE_ORIGIN } from './body-markup.ts'
import { findEngineForum } from './engines/engines.ts'
import type { EngineForum } from './engines/engine.ts'
import { encodeGb18030, makeFile, makePng } from './bytes.ts'
import type { Answer } from './faults.ts'
import { getBoard, type ForumThread } from './model.ts'
import { boardListContent, errorContent, homeContent, jumpContent, mobilePage, userContent } from './other-markup.ts'
import { outsidePage, pjaxAnswer, wholePage } from './shell.ts'
import type { ForumStore } from './store.ts'
import { singlePostContent, threadContent, type Content } from './thread-markup.ts'

/** What a route needs to know of a request. */
export interface Asked {
  url: URL
  method: string
  isPjax: boolean
  /** Body of a POST. */
  form: URLSearchParams
}

/** Names that the forum answers to as itself; any other host is the world outside. */
const SITE_HOSTS = new Set(['bbs.pku.edu.cn', 'www.bdwm.net', 'bdwm.net', 'wpn.pku.edu.cn', 'localhost', '127.0.0.1'])
const LOGIN_MESSAGE = '您还没有登录，请先登录后再访问本页面。'

const require = createRequire(import.meta.url)
const STATIC_FILES: Record<string, { type: string; read: () => string }> = {
  '/v2/js/jquery.js': { type: 'text/javascript', read: () => require.resolve('jquery/dist/jquery.js') },
  '/v2/js/jquery.pjax.js': { type: 'text/javascript', read: () => require.resolve('jquery-pjax') },
  '/v2/js/site.js': { type: 'text/javascript', read: () => new URL('site/site.js', import.meta.url).pathname },
  '/v2/css/site.css': { type: 'text/css', read: () => new URL('site/site.css', import.meta.url).pathname },
}

/** Finds the answer to a request. `files` are served below `/files/` on any host. */
export function answerRequest(asked: Asked, store: ForumStore, files: ReadonlyMap<string, string>): Answer {
  const { url } = asked
  if (url.pathname.startsWith('/files/')) return textFile(url, files)
  const engine = findEngineForum(url.hostname)
  if (engine) return enginePage(engine, url)
  if (!SITE_HOSTS.has(url.hostname) && url.pathname.endsWith('.png')) return attachment(url.pathname)
  if (!SITE_HOSTS.has(url.hostname)) return page(outsidePage(url.host, url.pathname + url.search))
  if (url.protocol === 'http:') return redirect(`https://${url.host}${url.pathname}${url.search}`)
  // The university's WebVPN puts the real address behind `/https/CODE/`.
  const path = url.pathname.replace(/^\/https\/[^/]+/, '')
  const file = STATIC_FILES[path]
  if (file) return bytes(readFileSync(file.read()), `${file.type}; charset=utf-8`)
  if (path.startsWith('/attach/') || path.startsWith('/v2/images/')) return attachment(path)
  if (path === '/' || path === '/v2/') return redirect('/v2/home.php')
  if (path === '/robots.txt') return bytes(Buffer.from('User-agent: *\nDisallow: /v2/ajax/\n'), 'text/plain')
  if (path === '/v2/ajax/post_vote.php') return vote(asked, store)
  if (path === '/v2/mobile/post-read.php') return mobile(url, store)
  const found = findContent(path, url.searchParams, store)
  const mobileAddress = path === '/v2/post-read.php' ? `${SITE_ORIGIN}/v2/mobile/post-read.php${url.search}` : undefined
  const html = asked.isPjax ? pjaxAnswer(found) : wholePage(found, mobileAddress)
  // One address has two answers: a cache must keep them apart.
  return page(withOrigin(html, url), { Vary: 'X-PJAX' })
}

/** A page of another engine's forum. */
function enginePage(engine: EngineForum, url: URL): Answer {
  const html = engine.answer(url)
  return html === undefined ? { ...page('<!DOCTYPE html><title>404</title><p>not found'), status: 404 } : page(html)
}

/** The content at a path below `/v2/`; the site's error page for what it does not have. */
function findContent(path: string, query: URLSearchParams, store: ForumStore): Content {
  const { username } = store
  const boardId = query.get('bid') ?? ''
  switch (path) {
    case '/v2/post-read.php':
    case '/v2/post-read-single.php':
      return threadRoute(path, query, store)
    case '/v2/thread.php': {
      const threads = [...store.threads.values()].filter(({ board }) => board.id === boardId)
      if (threads.length === 0) return errorContent('该版面不存在或者您没有权限访问。', username)
      return boardListContent(getBoard(boardId), threads, username)
    }
    case '/v2/home.php':
      return homeContent('北京大学校园论坛', store.boards(), [...store.threads.values()], username)
    case '/v2/board.php':
      return homeContent('版面目录', store.boards(), [], username)
    case '/v2/user.php':
      return userContent(query.get('uid') ?? '', username)
    case '/v2/jump-to.php':
      return jumpContent(query.get('url') ?? '', username)
    default:
      return errorContent('您访问的页面不存在。', username)
  }
}

function threadRoute(path: string, query: URLSearchParams, store: ForumStore): Content {
  const { username } = store
  const postId = query.get('postid')
  const single = path.endsWith('-single.php')
  const thread = single ? threadOfPost(query.get('bid'), postId, store) : findThread(query, store)
  if (!thread) return errorContent(single ? '该帖子不存在或者已被删除。' : '该主题不存在或者已被删除。', username)
  if (store.isRefused(thread)) return errorContent(LOGIN_MESSAGE, username)
  if (single) return singlePostContent(thread, store.getPost(thread.id, postId!), username)
  const slice = store.findSlice(thread, query.get('page'), postId)
  if (!slice) return errorContent('该帖子不存在或者已被删除。', username)
  return threadContent(thread, slice.posts, slice.page, slice.pages, username)
}

function findThread(query: URLSearchParams, store: ForumStore): ForumThread | undefined {
  const thread = store.threads.get(query.get('threadid') ?? '')
  return thread && thread.board.id === query.get('bid') && thread.posts.length > 0 ? thread : undefined
}

function threadOfPost(boardId: string | null, postId: string | null, store: ForumStore): ForumThread | undefined {
  return [...store.threads.values()].find(
    ({ board, posts }) => board.id === boardId && posts.some(({ id }) => id === postId),
  )
}

function mobile(url: URL, store: ForumStore): Answer {
  const thread = findThread(url.searchParams, store)
  const slice = thread && store.findSlice(thread, url.searchParams.get('page'), url.searchParams.get('postid'))
  if (!slice || store.isRefused(thread)) return page(wholePage(errorContent(LOGIN_MESSAGE, store.username)))
  return page(mobilePage(thread, slice.posts, slice.page, slice.pages))
}

function vote({ form }: Asked, store: ForumStore): Answer {
  const postId = form.get('postid')
  const post = [...store.threads.values()].flatMap(({ posts }) => posts).find(({ id }) => id === postId)
  if (!post) return bytes(Buffer.from('{"success":false}'), 'application/json')
  if (form.get('action') === 'upvote') post.up += 1
  else post.down += 1
  return bytes(Buffer.from(JSON.stringify({ success: true, up: post.up, down: post.down })), 'application/json')
}

/** `/attach/POST/SIZE/NAME` has its size in its path; a picture's name ends in `.png`, and it is padded to its size. */
function attachment(path: string): Answer {
  const size = Number(/\/(\d{1,8})\/[^/]+$/.exec(path)?.[1] ?? 64)
  if (path.endsWith('.png')) {
    const png = makePng(path)
    return bytes(Buffer.concat([png, makeFile(path, Math.max(0, size - png.length))]), 'image/png')
  }
  return bytes(makeFile(path, size), 'application/octet-stream')
}

/** A text file: `?charset=gb18030` re-encodes it, `?charset=none` leaves the charset unsaid. */
function textFile(url: URL, files: ReadonlyMap<string, string>): Answer {
  const text = files.get(decodeURIComponent(url.pathname.slice('/files/'.length)))
  if (text === undefined)
    return { status: 404, headers: { 'Content-Type': 'text/plain' }, body: Buffer.from('not found') }
  const charset = url.searchParams.get('charset') ?? 'utf-8'
  const body = charset === 'gb18030' ? encodeGb18030(text) : Buffer.from(text)
  return bytes(body, charset === 'none' ? 'text/plain' : `text/plain; charset=${charset}`)
}

/** The site prints absolute addresses: where it is reached at another port or as loopback, they lead there. */
function withOrigin(html: string, url: URL): string {
  const isReal = url.port === '' && url.hostname !== '127.0.0.1' && url.hostname !== 'localhost'
  return isReal ? html : html.replaceAll(`${SITE_ORIGIN}/`, `${url.origin}/`)
}

function page(html: string, headers: Record<string, string> = {}): Answer {
  return { status: 200, headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: Buffer.from(html) }
}

function bytes(body: Buffer, type: string): Answer {
  return { status: 200, headers: { 'Content-Type': type }, body }
}

function redirect(to: string): Answer {
  return { status: 302, headers: { Location: to }, body: Buffer.alloc(0) }
}
