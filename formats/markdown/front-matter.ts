import type { Thread } from '../../core/thread.ts'
import { oneLine, webAddress } from '../post-line.ts'

/** A thread's particulars as YAML front matter. Every text is quoted, so that none is read as anything else. */
export function frontMatter(thread: Thread, title: string, posts: number, pagesRead?: number): string {
  const { board, author, createdAt, lastReply, site } = thread
  const fields: [string, string | number | undefined][] = [
    ['title', title],
    ['url', webAddress(thread.url)],
    ['site', site],
    ['board', board && (board.name ?? board.id)],
    ['author', author?.username],
    ['nickname', author?.nickname],
    ['created', createdAt],
    ['last_reply', lastReply?.at],
    ['posts', posts],
    ['pages_read', pagesRead],
    ['pages', pagesRead === undefined ? undefined : thread.pageCount],
  ]
  const lines = fields.flatMap(([name, value]) => (value === undefined ? [] : [`${name}: ${yamlValue(value)}`]))
  return `---\n${lines.join('\n')}\n---\n`
}

/** What YAML 1.2 does not let stand in a quoted text, and the signs that end one: written by their code. */
const UNPRINTABLE = /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g

/** A text as JSON writes it is a quoted text of YAML, but for some characters that YAML does not print. */
function yamlValue(value: string | number): string {
  if (typeof value === 'number') return String(value)
  return JSON.stringify(oneLine(value).toWellFormed()).replace(
    UNPRINTABLE,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}
