import { ALL_PAGES, countPages, onePage, pagesUpTo, subtractPages, unitePages } from '../core/page-ranges.ts'
import type { PageSet } from '../core/page-ranges.ts'
import type { FloorRange } from '../core/save-report.ts'
import { omit } from './plain-value.ts'

/** Where the reading of a page began and ended. */
export interface PageEdges {
  page: number
  firstId: string
  lastId: string
  /** Only where the page's floors rise from post to post: others say nothing of what lies between two pages. */
  firstFloor?: number
  lastFloor?: number
}

/**
 * Which pages of a thread a save asks for, and how far it has come. Plain data that lies in the save's row; the functions
 * of this file are pure.
 *
 * Pages are asked for in order. A forum that deletes a post while a thread is being saved moves all later posts forward:
 * the first of the next page slips onto the page that was just read, and would be missed. So where a page does not begin
 * with the floor that follows, the page before is asked for again, and the one before that, until the floors meet
 * (`back`). What is missing then was deleted.
 */
export interface SavePlan {
  wanted: PageSet
  /** Pages that were checked and stored in this save. */
  done: PageSet
  /** As the last page told. */
  pageCount?: number
  /** Pages that failed again and again: asked for once more when the others are done. */
  skipped: PageSet
  /** Set when they were. */
  isLastRound?: boolean
  /** How often in succession an answer was no good. */
  failures: number
  /** The page that was read last in order. */
  edge?: PageEdges
  back?: WayBack
  /** The first post of the last page, when that was read last: another one there shows that posts have moved. */
  anchor?: { page: number; firstId: string }
}

interface WayBack {
  /** To be asked for next. */
  page: number
  /** Floor that must be reached: the last one of the pages read in order. */
  after: number
  /** The first post of the page above. */
  above: { id: string; floor: number }
  steps: number
}

/** The place between two pages that follow each other, known from both sides. */
export interface Joint {
  /** Last post of the earlier page. */
  beforeId: string
  /** First post of the later one. */
  afterId: string
  gap?: FloorRange
}

/** A thread that loses 20 posts a second would be walked back for ever. */
const MOST_STEPS_BACK = 50

/** Failures in succession after which the next page is tried. */
const FAILURES_BEFORE_NEXT = 3

/** A plan for all pages of a thread. */
export function planAll(): SavePlan {
  return { wanted: ALL_PAGES, done: [], skipped: [], failures: 0 }
}

/**
 * A plan for a thread that was saved whole: from its last page on, and `unsettled`, the pages whose posts may have been
 * edited since. When the last page begins with another post than it did, posts were deleted before it, and all pages
 * are asked for.
 */
export function planAgain({ pageCount = 1, anchor }: SavePlan, unsettled: PageSet): SavePlan {
  const wanted = unitePages(unsettled, [{ from: pageCount, to: Infinity }])
  return { wanted, done: [], skipped: [], failures: 0, pageCount, ...(anchor && { anchor }) }
}

/** The same plan for a reader who wants it tried again: pages that were given up are asked for like any other. */
export function planRetry(plan: SavePlan): SavePlan {
  return { ...omit(plan, 'isLastRound'), skipped: [], failures: 0 }
}

/** The page to ask for; undefined when there is none left. */
export function nextPage(plan: SavePlan): number | undefined {
  if (plan.back) return plan.back.page
  if (plan.pageCount === undefined) return plan.wanted[0]?.from
  return subtractPages(pendingPages(plan), plan.skipped)[0]?.from
}

/** Pages that are wanted and not stored yet; 0 while nobody knows how many there are. */
export function countPending(plan: SavePlan): number {
  return countPages(pendingPages(plan))
}

function pendingPages({ wanted, done, pageCount = 0 }: SavePlan): PageSet {
  return subtractPages(pagesUpTo(wanted, pageCount), done)
}

/** The plan after a page failed. Unless the one before it failed too, the next page is tried before it again. */
export function planAfterFailure(plan: SavePlan, page: number): SavePlan {
  const failures = plan.failures + 1
  // A page on the way back can be done without: what it would have told is unknown then.
  if (failures === FAILURES_BEFORE_NEXT && plan.back) return { ...withoutBack(plan), failures: 0 }
  if (failures !== FAILURES_BEFORE_NEXT || plan.pageCount === undefined) return { ...plan, failures }
  return settle({ ...plan, failures, skipped: unitePages(plan.skipped, onePage(page)) })
}

/** The plan after a page was stored, and what is known now of the place between it and another. */
export function planAfterPage(
  plan: SavePlan,
  { edges, pageCount }: { edges: PageEdges; pageCount: number },
): { plan: SavePlan; joint?: Joint } {
  const done = doneAfter(plan, edges.page, pageCount)
  const stored: SavePlan = {
    ...plan,
    wanted: hasMoved(plan, edges, pageCount) ? ALL_PAGES : plan.wanted,
    done,
    pageCount,
    failures: 0,
    skipped: subtractPages(plan.skipped, onePage(edges.page)),
    ...(edges.page === pageCount && { anchor: { page: pageCount, firstId: edges.firstId } }),
  }
  if (plan.back?.page === edges.page) return goOnBack(stored, plan.back, edges)
  const back = findWayBack(plan.edge, edges)
  return { plan: settle({ ...stored, edge: edges, ...(back && { back }) }) }
}

/** The page that was the last one is read again once others stand behind it: it may have been filled since. */
function doneAfter({ done, pageCount: former }: SavePlan, page: number, pageCount: number): PageSet {
  const isGrown = former !== undefined && former < pageCount && former !== page
  const kept = isGrown ? subtractPages(done, onePage(former)) : done
  return unitePages(pagesUpTo(kept, pageCount), onePage(page))
}

function hasMoved({ anchor }: SavePlan, edges: PageEdges, pageCount: number): boolean {
  if (!anchor) return false
  return pageCount < anchor.page || (edges.page === anchor.page && edges.firstId !== anchor.firstId)
}

function findWayBack(before: PageEdges | undefined, edges: PageEdges): WayBack | undefined {
  const { firstFloor } = edges
  if (before?.lastFloor === undefined || firstFloor === undefined) return undefined
  if (before.page !== edges.page - 1 || firstFloor <= before.lastFloor + 1) return undefined
  return { page: before.page, after: before.lastFloor, above: { id: edges.firstId, floor: firstFloor }, steps: 1 }
}

function goOnBack(plan: SavePlan, back: WayBack, edges: PageEdges): { plan: SavePlan; joint?: Joint } {
  const { firstFloor, lastFloor } = edges
  if (firstFloor === undefined || lastFloor === undefined) return { plan: settle(withoutBack(plan)) }
  const gap = lastFloor + 1 < back.above.floor && { from: lastFloor + 1, to: back.above.floor - 1 }
  const joint = { beforeId: edges.lastId, afterId: back.above.id, ...(gap && { gap }) }
  if (firstFloor <= back.after + 1 || edges.page === 1 || back.steps >= MOST_STEPS_BACK)
    return { plan: settle(withoutBack(plan)), joint }
  const above = { id: edges.firstId, floor: firstFloor }
  return { plan: { ...plan, back: { ...back, page: edges.page - 1, above, steps: back.steps + 1 } }, joint }
}

function withoutBack(plan: SavePlan): SavePlan {
  return omit(plan, 'back')
}

/** When only pages are left that were given up, they are asked for once more. */
function settle(plan: SavePlan): SavePlan {
  if (plan.isLastRound || plan.skipped.length === 0 || nextPage(plan) !== undefined) return plan
  return { ...plan, skipped: [], isLastRound: true }
}
