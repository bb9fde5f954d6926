/** A post's and a thread's particulars as lines of text, the same in every format. */
import type { Author, Post, Thread } from '../core/thread.ts'
import { exportLabels, fill } from './export-labels.ts'
import type { ExportLabels } from './export-labels.ts'
import type { ExportedPost, ExportOptions } from './export-options.ts'

/** The labels that the options ask for. */
export function labelsOf({ labels }: ExportOptions): ExportLabels {
  return labels ?? exportLabels()
}

/** Text on one line, white space run together. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

/** The title, or words that stand for it. */
export function titleOf({ title }: Pick<Thread, 'title'>, labels: ExportLabels): string {
  return oneLine(title) || labels.untitled
}

/** How a post is named: `3 楼` by the floor that the site prints, else `第 3 帖`. */
export function postName({ post: { floor }, index }: ExportedPost, labels: ExportLabels): string {
  return floor === undefined ? fill(labels.place, String(index + 1)) : fill(labels.floor, String(floor))
}

/** `蟹（ZOEA）`, or the login name alone. */
export function authorName(
  { username, nickname }: Pick<Author, 'username' | 'nickname'>,
  labels: ExportLabels,
): string {
  const [login, shown] = [oneLine(username), oneLine(nickname ?? '')]
  return shown && shown !== login ? fill(labels.author, shown, login) : login
}

/** A time of the model as the site's own clock showed it, to the minute: `2020-04-14 22:27`; the day where it has no hour. */
function wallClock(time: string): string {
  const parts = /^(\d{4,6}-\d\d-\d\d)(?:T(\d\d:\d\d))?/.exec(time)
  if (!parts) return oneLine(time)
  return parts[2] ? `${parts[1]} ${parts[2]}` : parts[1]!
}

/** When a post was written and edited, and its votes where they are wanted, as short texts. */
export function postFacts({ postedAt, editedAt, votes }: Post, options: ExportOptions): string[] {
  const labels = labelsOf(options)
  const facts: string[] = []
  if (postedAt) facts.push(wallClock(postedAt))
  if (editedAt) facts.push(fill(labels.edited, wallClock(editedAt)))
  if (options.votes === false) return facts
  if (votes?.up) facts.push(fill(labels.votesUp, String(votes.up)))
  if (votes?.down) facts.push(fill(labels.votesDown, String(votes.down)))
  return facts
}

/** What is known of a thread, named: board, starter, time, how many posts there are, and where it is from. */
export function threadFacts(
  thread: Thread,
  postCount: number,
  options: ExportOptions,
): [name: string, value: string][] {
  const labels = labelsOf(options)
  const { pagesRead } = options
  const { board, author, createdAt } = thread
  const facts: [string, string][] = []
  const boardName = board && (oneLine(board.name ?? '') || oneLine(board.id))
  if (boardName) facts.push([labels.board, boardName])
  if (author?.username) facts.push([labels.startedBy, authorName(author, labels)])
  if (createdAt) facts.push([labels.created, wallClock(createdAt)])
  facts.push(['', fill(labels.posts, String(postCount))])
  if (pagesRead !== undefined && thread.pageCount !== undefined)
    facts.push(['', fill(labels.pagesRead, String(pagesRead), String(thread.pageCount))])
  return facts
}

/** An address of the web as it may be written into a file; undefined for what is none. */
export function webAddress(url: string | undefined): string | undefined {
  const address = url !== undefined && URL.canParse(url) ? new URL(url) : undefined
  return address?.protocol === 'https:' || address?.protocol === 'http:' ? address.href : undefined
}
