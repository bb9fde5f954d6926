/**
 * How the saving of a whole thread fares: what the popup, the library, the toolbar button and the thread's page show.
 * Plain data, so that it can be stored and sent as a message.
 */
export interface SaveReport {
  /** Key of the thread. */
  key: string
  title: string
  /** Address of the thread's first page. */
  url: string
  state: SaveState
  /** Why it waits, or what kept it from finishing; absent while all goes well. */
  reason?: SaveReason
  /** When it goes on by itself, ISO 8601 in UTC; absent where the reader has to do something first. */
  retryAt?: string
  /** Pages that are stored and were checked in this save. */
  pagesDone: number
  /** Pages of the thread; absent until the first page was read. */
  pageCount?: number
  /** Posts of the thread in the archive now. */
  posts: number
  /** What this save found that was not there before. */
  newPosts: number
  /** Posts whose words were others than those kept, which are kept too. */
  editedPosts: number
  /** Posts that the forum shows no longer; they are kept. */
  gonePosts: number
  /** Floors between others that the forum does not show: posts that were deleted. In order; absent when none is. */
  gaps?: FloorRange[]
  /** Pictures and files of the thread, where they are wanted. */
  pictures?: { done: number; failed: number; total: number }
  /** Estimated from the pace so far. */
  secondsLeft?: number
}

/** Floor numbers, both ends included. */
export interface FloorRange {
  from: number
  to: number
}

/**
 * - `queued`: others come first
 * - `running`: a page is being asked for, or the pause between two
 * - `waiting`: goes on by itself at `retryAt`, or when what `reason` names is mended
 * - `paused`: the reader paused it
 * - `finished`: all pages are stored
 * - `stopped`: it cannot finish (`reason` says why) or the reader cancelled it; what was stored stays
 */
export type SaveState = 'queued' | 'running' | 'waiting' | 'paused' | 'finished' | 'stopped'

/** True while a save is not over: it runs, or will run, or could. */
export function isOpen({ state }: Pick<SaveReport, 'state'>): boolean {
  return state !== 'finished' && state !== 'stopped'
}

export type SaveReason =
  /** The network is gone, or the forum does not answer. */
  | 'network'
  /** The forum asked to be left alone for a while (429, 503, `Retry-After`). */
  | 'busy-site'
  /** The forum shows its login page: log in in a tab, then resume. */
  | 'login-required'
  /** The forum refused: thread deleted, no permission. */
  | 'site-error'
  /** A page is not what it should be: another thread, no posts, an unknown dress. */
  | 'bad-page'
  /** The right to read the site was not given, or was taken back. */
  | 'no-permission'
  /** The disk, or the browser's share of it, is full. */
  | 'storage-full'
  /** The reader cancelled it. */
  | 'cancelled'
  | 'failed'
