import { isOpen } from '../core/save-report.ts'
import type { FloorRange, SaveReason, SaveReport, SaveState } from '../core/save-report.ts'
import type { PageAddresses } from '../core/thread-page.ts'
import { countPending } from './save-plan.ts'
import type { SavePlan } from './save-plan.ts'

/**
 * A row of the table `saves`: all that the saving of a thread needs to go on after the background was stopped, at
 * whatever moment. It is written in one transaction with the page that it speaks of.
 */
export interface SaveRecord {
  /** Key of the thread; a thread is saved once at a time, however many tabs ask for it. */
  key: string
  title: string
  /** Canonical address of the thread's first page. */
  url: string
  /** Name of the host that is asked; one save at a time to a host. */
  host: string
  /** Where the pages are asked for: on the host on which the reader reads, which may be a mirror. */
  addresses: PageAddresses
  state: SaveState
  reason?: SaveReason
  /** Only while `state` is `waiting`. ISO 8601 in UTC. */
  retryAt?: string
  /** Its place in the queue, ISO 8601 in UTC. */
  queuedAt: string
  /** When the last page was stored or the save ended, ISO 8601 in UTC. */
  changedAt: string
  plan: SavePlan
  /** Posts of the thread in the archive when the last page was stored. */
  posts: number
  newPosts: number
  editedPosts: number
  gonePosts: number
  /** Floors that the forum left out of this save's pages, in order; at most {@link MOST_GAPS}. */
  gaps: FloorRange[]
  /** Time that a page took lately, pauses included. In milliseconds. */
  pageMilliseconds: number
  /** Set when the pages are done and the thread's pictures and files are asked for, and after that. */
  files?: SaveFiles
}

/** How a save fares with pictures and files. Which of them are open is in `fileAddresses`; this is what is told of it. */
export interface SaveFiles {
  /** What was found missing later than that is not asked for again in this save. ISO 8601 in UTC. */
  since: string
  done: number
  failed: number
  total: number
  /** Time that a file took lately, pauses included. */
  milliseconds: number
  /** Set when the reader asked for the pictures themselves: the settings speak of saves alone. */
  isWished?: true
  /** Why the pages were given up, where files were asked for after that by themselves. */
  stopped?: SaveReason
}

/** Ranges of missing floors that are told, of however many there are. */
export const MOST_GAPS = 200

/** What readers are told of a save. */
export function reportOf(record: SaveRecord): SaveReport {
  const { key, title, url, state, reason, retryAt, plan, posts, newPosts, editedPosts, gonePosts, gaps } = record
  const { pageCount } = plan
  const pending = countPending(plan)
  const { files } = record
  const filesLeft = files ? files.total - files.done - files.failed : 0
  const milliseconds = files ? filesLeft * files.milliseconds : pending * record.pageMilliseconds
  return {
    key,
    title,
    url,
    state,
    ...(reason && { reason }),
    ...(retryAt !== undefined && { retryAt }),
    pagesDone: pageCount === undefined ? 0 : pageCount - pending,
    ...(pageCount !== undefined && { pageCount }),
    posts,
    newPosts,
    editedPosts,
    gonePosts,
    ...(gaps.length > 0 && { gaps }),
    ...(files && files.total > 0 && { pictures: { done: files.done, failed: files.failed, total: files.total } }),
    ...(pageCount !== undefined && isOpen(record) && { secondsLeft: Math.ceil(milliseconds / 1000) }),
  }
}
