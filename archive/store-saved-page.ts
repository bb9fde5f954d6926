import type { FloorRange, SaveReason } from '../core/save-report.ts'
import type { Thread } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { findGoneBetween } from './mark-gone.ts'
import { nextPage, planAfterFailure, planAfterPage } from './save-plan.ts'
import type { PageEdges, SavePlan } from './save-plan.ts'
import { beginFiles } from './save-files.ts'
import { MOST_GAPS } from './save-record.ts'
import type { SaveRecord } from './save-record.ts'
import { withState } from './saves.ts'
import { markGone, writePage } from './store-page.ts'

/** A page of a thread that was fetched and found to be what it should be. */
export interface SavedPage {
  thread: Thread
  pageCount: number
  edges: PageEdges
  /** Floors that the page leaves out. */
  gaps: readonly FloorRange[]
  /** When it was asked for, ISO 8601 in UTC. */
  readAt: string
  /** What it took, pauses included. In milliseconds. */
  milliseconds: number
}

/**
 * Merges a page of a save and writes down how far the save has come, in one transaction: a kill loses both or neither.
 * Returns the save's row; undefined, and stores nothing, when the save does not run any more. Throws {@link ArchiveError}.
 */
export function storeSavedPage(archive: Archive, key: string, page: SavedPage): Promise<SaveRecord | undefined> {
  const { thread, pageCount, edges, readAt } = page
  return guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      const save = await archive.saves.get(key)
      if (save?.state !== 'running') return undefined
      const reading = { source: 'page' as const, page: edges.page, readAt, save: true }
      const ends = { isFirst: edges.page === 1, isLast: edges.page === pageCount }
      const summary = await writePage(archive, thread, reading, ends)
      const { plan, joint } = planAfterPage(save.plan, page)
      const lost = joint ? await findGoneBetween(archive, key, joint) : []
      await markGone(archive, lost, readAt)
      const stored: SaveRecord = {
        ...save,
        title: thread.title || save.title,
        plan,
        changedAt: readAt,
        posts: summary.total,
        newPosts: save.newPosts + summary.added,
        editedPosts: save.editedPosts + summary.edited,
        gonePosts: save.gonePosts + summary.gone + lost.length,
        gaps: addGaps(save.gaps, joint?.gap ? [...page.gaps, joint.gap] : page.gaps),
        pageMilliseconds: 0.8 * save.pageMilliseconds + 0.2 * page.milliseconds,
      }
      const ended = endIfDone(stored, plan, 'bad-page')
      await archive.saves.put(ended)
      return ended
    }),
  )
}

/** Why a page was not stored, and when the save is to go on. */
export interface PageFailure {
  reason: SaveReason
  /** ISO 8601 in UTC; without it the save waits for somebody to mend what `reason` names. */
  retryAt?: string
  /** Set when it is the page's own fault: after some failures the next page is tried. */
  page?: number
  /** Set when it cannot go on. */
  isFinal?: boolean
}

/** Writes down that a page failed. Returns the save's row, undefined when it does not run any more. Throws {@link ArchiveError}. */
export function storeFailure(archive: Archive, key: string, failure: PageFailure): Promise<SaveRecord | undefined> {
  const { reason, retryAt, page, isFinal } = failure
  return guard(archive, () =>
    archive.transaction('rw', archive.saves, async () => {
      const save = await archive.saves.get(key)
      if (save?.state !== 'running') return undefined
      const plan =
        page === undefined ? { ...save.plan, failures: save.plan.failures + 1 } : planAfterFailure(save.plan, page)
      const state = isFinal ? withState(save, 'stopped', reason) : withState(save, 'waiting', reason, retryAt)
      const failed = { ...state, plan }
      const ended = endIfDone(failed, plan, reason)
      await archive.saves.put(ended)
      return ended
    }),
  )
}

function endIfDone(save: SaveRecord, plan: SavePlan, reason: SaveReason): SaveRecord {
  // Pages are done: what fails or waits now is a picture.
  if (nextPage(plan) !== undefined || save.files) return save
  return plan.skipped.length > 0 ? withState(save, 'stopped', reason) : beginFiles(save)
}

function addGaps(known: readonly FloorRange[], found: readonly FloorRange[]): FloorRange[] {
  const all = new Map([...known, ...found].map((gap) => [`${gap.from}-${gap.to}`, gap]))
  return [...all.values()].sort((a, b) => a.from - b.from).slice(0, MOST_GAPS)
}
