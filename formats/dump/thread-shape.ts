/** What a dump's lines become in the model: a dump is one of PKU BBS, whose addresses follow from the ids. */
import type { Post, Thread } from '../../core/thread.ts'
import { threadKey } from '../../core/thread.ts'
import { BODY_BASE } from './body-html.ts'
import type { PostLine, ThreadLine } from './directives.ts'
import { parseDatetime, parseToken } from './fields.ts'

const SITE = 'pku-bbs'
const HOST = 'bbs.pku.edu.cn'

/** All of a thread that its two header lines say. */
export type ThreadHeader = Omit<Thread, 'posts'>

/** A thread's header, its title still empty; without a board there is no address but the site's own. */
export function threadHeader(line: ThreadLine): ThreadHeader {
  const board = parseToken(line.board)
  const id = parseToken(line.id)
  const author = parseToken(line.author)
  const createdAt = parseDatetime(line.createdAt)
  const lastReply = lastReplyOf(line)
  const identity = { site: SITE, host: HOST, id }
  const header: ThreadHeader = {
    key: threadKey(board === '' ? identity : { ...identity, board }),
    site: SITE,
    id,
    url: board === '' || id === '' ? BODY_BASE : threadUrl(board, id),
    title: '',
  }
  if (board !== '') header.board = { id: board }
  if (author !== '') header.author = { username: author }
  if (createdAt !== undefined) header.createdAt = createdAt
  if (lastReply) header.lastReply = lastReply
  return header
}

/** The header for posts that come before any `#t`: named after the first of them, so that two such dumps stay apart. */
export function strayThreadHeader(firstPostId: string): ThreadHeader {
  const id = `post-${firstPostId}`
  return { key: threadKey({ site: SITE, host: HOST, id }), site: SITE, id, url: BODY_BASE, title: '' }
}

/** A post without its body and quotes. `id` is the line's own or, for a repeated one, `ID~2`. */
export function postOf(line: PostLine, id: string, thread: ThreadHeader): Post {
  const username = parseToken(line.username)
  const author = line.nickname === undefined ? { username } : { username, nickname: line.nickname }
  const isStarter = thread.author?.username === username
  const postedAt = parseDatetime(line.postedAt)
  if (thread.author && thread.board && postedAt !== undefined) {
    // Nearly every post; one literal is half the memory of properties added one by one.
    const url = postUrl(thread, line)
    return { id, author, isStarter, url, postedAt, html: '', text: '', quotes: [], attachments: [] }
  }
  return {
    id,
    author,
    ...(thread.author ? { isStarter } : {}),
    ...(thread.board ? { url: postUrl(thread, line) } : {}),
    ...(postedAt === undefined ? {} : { postedAt }),
    html: '',
    text: '',
    quotes: [],
    attachments: [],
  }
}

function postUrl(thread: ThreadHeader, { id }: PostLine): string {
  return thread.id === '' ? BODY_BASE : `${thread.url}&page=a&postid=${id}#${id}`
}

function lastReplyOf(line: ThreadLine): Thread['lastReply'] {
  const username = parseToken(line.lastAuthor)
  const at = parseDatetime(line.lastAt)
  if (username === '' && at === undefined) return undefined
  const lastReply: Thread['lastReply'] = {}
  if (username !== '') lastReply.author = { username }
  if (at !== undefined) lastReply.at = at
  return lastReply
}

function threadUrl(board: string, id: string): string {
  return `${BODY_BASE}post-read.php?bid=${component(board)}&threadid=${component(id)}`
}

/** As `encodeURIComponent`, which throws on a lone surrogate. */
function component(text: string): string {
  return /^\d+$/.test(text) ? text : encodeURIComponent(text.toWellFormed())
}
