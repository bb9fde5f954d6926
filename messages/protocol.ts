import type { Problem } from '../core/thread-page.ts'
import type { ThreadOverview } from '../core/thread-overview.ts'

/** What content scripts may ask of the background. Everything in `data` comes from a page's process: parse it. */
export interface PublicProtocol {
  /** A thread page stands in a tab: the site's own markup, taken before any aid touched it. */
  threadPageRead(data: { url: string; html: string }): ThreadPageReply
  /** The reader asked to open the text of a tab as a thread dump. */
  dumpTextOpened(data: { text: string }): ImportReply
}

/** What only the extension's own pages may ask of the background. */
export interface OwnProtocol {
  /** What stands in a tab: a thread with its overview, a text dump, or something else. */
  describeTab(data: { tabId: number }): TabReport
  /** Reads a pasted dump into the archive. */
  dumpPasted(data: { text: string }): ImportReply
}

/** What the background and the extension's pages may ask of the content script in a tab. */
export interface TabProtocol {
  /** The capture of the thread page, as it was before any aid touched it; undefined when no thread stands there. */
  getCapture(): PageCapture | undefined
  /** How the aids fare on the page. */
  getAidStates(): AidState[]
  /** Scrolls to a post, unfolds it and gives it focus; false when it is not on the page. */
  showPost(data: { postId: string }): boolean
}

export interface PageCapture {
  url: string
  html: string
}

export interface ThreadPageReply {
  /** Key of the thread in the archive; undefined when the page could not be read as a thread. */
  key?: string
  /** Whether the page lies in the archive now, and if not, why. */
  cached: CacheOutcome
  problem?: Problem
}

export type CacheOutcome = 'cached' | 'caching-off' | 'private-window' | 'not-a-thread' | 'failed'

export interface AidState {
  id: string
  state: 'on' | 'off' | 'failed'
  /** What went wrong, when it failed. */
  message?: string
}

export type TabReport =
  | { kind: 'thread'; page: number; overview: ThreadOverview; cachedPosts: number; cached: boolean; aids: AidState[] }
  | { kind: 'problem'; problem: Problem; key?: string }
  | { kind: 'other' }

/** What became of a dump. */
export interface ImportReply {
  threads: { key: string; title: string; posts: number }[]
  /** What could not be read as written, worst first, at most 50 of `diagnosticCount`. */
  diagnostics: { line: number; code: string; message: string }[]
  diagnosticCount: number
  /** Set when nothing was kept because storing failed. */
  failure?: { code: string; message: string }
}
