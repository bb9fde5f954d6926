/**
 * Threads to dump text. What the format cannot hold is left out: floors, permalinks, votes, attachments, times of
 * editing, ids of users and quoted posts, nicknames in headers and quotes, a board's name, and the site (a dump is one
 * of PKU BBS). What is written in another form than it had:
 *
 * - names, board and thread ids that are empty or hold white space, and missing times: see `fields.ts`; they read back
 *   as they were;
 * - line ends: CR and CRLF in a text become LF, any line end in a title or nickname a space;
 * - times: the wall clock of Shanghai; one without an offset is taken to be that;
 * - post ids: `ID~2` (a repeated id, from reading) is written as `ID`; any other id that is not digits becomes the
 *   post's place in the thread, or the next number that is free.
 */
import type { Post, Thread } from '../../core/thread.ts'
import { escapeLines } from './directives.ts'
import { formatDatetime, formatToken } from './fields.ts'
import { bodyWithLinks } from './page-links.ts'

/** Writes threads as one dump. Never throws, and always reads back as as many threads and posts. */
export function formatDump(threads: Thread[]): string {
  const parts: string[] = []
  for (const thread of threads) {
    parts.push(threadLine(thread), '\n', oneLine(thread.title), '\n\n')
    const ids = postIds(thread.posts)
    for (const [index, post] of thread.posts.entries()) pushPost(parts, post, ids[index]!)
  }
  return parts.join('')
}

function threadLine({ board, id, author, createdAt, lastReply }: Thread): string {
  const starter = `${formatToken(author?.username ?? '')} ${formatDatetime(createdAt)}`
  const last = `${formatToken(lastReply?.author?.username ?? '')} ${formatDatetime(lastReply?.at)}`
  return `#t ${formatToken(board?.id ?? '')} ${formatToken(id)} ${starter} ${last}`
}

function pushPost(parts: string[], post: Post, id: string): void {
  const { username, nickname } = post.author
  const name = nickname === undefined ? formatToken(username) : `${formatToken(username)} ${oneLine(nickname)}`
  parts.push(`#p ${id} ${name} ${formatDatetime(post.postedAt)}\n`, textLines(bodyWithLinks(post)))
  for (const quote of post.quotes) parts.push(`#quote ${formatToken(quote.username)}\n`, textLines(quote.excerpt))
  parts.push('\n')
}

/** A text as lines, each with its end: none for an empty text, and for line ends alone as many empty lines. */
function textLines(text: string): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return /^\n*$/.test(lines) ? lines : `${escapeLines(lines)}\n`
}

function oneLine(text: string): string {
  return text.replace(/[\r\n]+/g, ' ')
}

/** A number for each post: its own id where that is one. */
function postIds(posts: Post[]): string[] {
  const own = posts.map(({ id }) => /^(\d+)(?:~\d+)?$/.exec(id)?.[1])
  if (!own.includes(undefined)) return own as string[]
  const taken = new Set(own)
  let next = 0
  return own.map((id, index) => {
    if (id !== undefined) return id
    next = Math.max(next, index) + 1
    while (taken.has(String(next))) next++
    return String(next)
  })
}
