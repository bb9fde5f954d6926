import type { FloorRange, SaveReason } from '../../core/save-report.ts'
import type { ThreadPage } from '../../core/thread-page.ts'
import type { Post } from '../../core/thread.ts'
import type { PageEdges } from '../../archive/save-plan.ts'
import { MOST_GAPS } from '../../archive/save-record.ts'

/** What was asked for, and what came. */
export interface PageAnswer {
  /** Key of the thread that is saved. */
  key: string
  /** The page asked for, 1-based. */
  page: number
  html: string
  /** How a site reads it; undefined where none does. */
  read: ThreadPage | undefined
  /** The page that was read before it. */
  before?: PageEdges | undefined
}

/** A page that is what it should be, or why it is not. */
export type PageCheck =
  | { fault?: undefined; edges: PageEdges; gaps: FloorRange[]; pageCount: number; read: ThreadPage }
  | { fault: PageFault; reason: SaveReason }

export type PageFault =
  /** The site shows its login page. */
  | 'login-wall'
  /** The site shows its error page. */
  | 'refused'
  /** No page of a thread, or in a dress that is not known, or without a post. */
  | 'no-posts'
  /** The HTML ends before the page does. */
  | 'cut-off'
  | 'other-thread'
  | 'other-page'
  /** The page before it once more, under another number. */
  | 'repeated'

const REASONS: Readonly<Record<PageFault, SaveReason>> = {
  'login-wall': 'login-required',
  refused: 'site-error',
  'no-posts': 'bad-page',
  'cut-off': 'bad-page',
  'other-thread': 'bad-page',
  'other-page': 'bad-page',
  repeated: 'bad-page',
}

/**
 * Says whether a fetched page may be merged. A page beyond the last one comes back as the last one, for the thread has
 * become shorter; floors that are left out between two posts of a page are posts that were deleted, and are told.
 */
export function checkPage(answer: PageAnswer): PageCheck {
  const fault = findFault(answer)
  if (fault) return { fault, reason: REASONS[fault] }
  const read = answer.read!
  const floors = risingFloors(read.thread.posts)
  return { read, pageCount: read.pageCount, edges: edgesOf(read), gaps: floors ? findGaps(floors) : [] }
}

function findFault({ key, page, html, read, before }: PageAnswer): PageFault | undefined {
  if (read?.problem?.code === 'login-required') return 'login-wall'
  if (read?.problem?.code === 'site-error') return 'refused'
  if (!endsAsPage(html)) return 'cut-off'
  if (!read || read.problem || read.thread.posts.length === 0) return 'no-posts'
  if (read.thread.key !== key) return 'other-thread'
  const isShrunk = page > read.pageCount && read.page === read.pageCount
  if (read.page !== page && !isShrunk) return 'other-page'
  const { firstId, lastId } = edgesOf(read)
  const isSame = before?.firstId === firstId && before.lastId === lastId
  return isSame && before.page !== read.page ? 'repeated' : undefined
}

/** False for HTML that begins as a whole page and does not end as one. Some sites send parts of pages, which tell nothing. */
function endsAsPage(html: string): boolean {
  return !/<html[\s>]/i.test(html.slice(0, 10_000)) || /<\/html\s*>/i.test(html.slice(-20_000))
}

function edgesOf({ thread: { posts }, page }: ThreadPage): PageEdges {
  // An opening post that stands on every page is the edge of none.
  const own = posts.filter(({ floor }) => floor !== undefined)
  const [first, last] = own.length > 0 ? [own[0]!, own.at(-1)!] : [posts[0]!, posts.at(-1)!]
  const floors = risingFloors(posts)
  return {
    page,
    firstId: first.id,
    lastId: last.id,
    ...(floors && { firstFloor: floors[0]!, lastFloor: floors.at(-1)! }),
  }
}

/** The floors of the posts that have one, where they rise from post to post; undefined where they tell nothing. */
function risingFloors(posts: readonly Post[]): number[] | undefined {
  const floors = posts.flatMap(({ floor }) => floor ?? [])
  const rise = floors.every((floor, index) => index === 0 || floor > floors[index - 1]!)
  return floors.length > 0 && rise ? floors : undefined
}

function findGaps(floors: readonly number[]): FloorRange[] {
  const gaps: FloorRange[] = []
  floors.forEach((floor, index) => {
    const before = floors[index - 1]
    if (before !== undefined && floor > before + 1 && gaps.length < MOST_GAPS)
      gaps.push({ from: before + 1, to: floor - 1 })
  })
  return gaps
}
