import type { Thread } from './thread.ts'

/** One page of a thread, as a site's `read` returns it. */
export interface ThreadPage {
  /** The thread with the posts of this page only. */
  thread: Thread
  /** 1-based. */
  page: number
  /** At least 1. */
  pageCount: number
  /** Set when the site refused the page or its markup is not known; `thread.posts` is then empty or partial. */
  problem?: Problem
}

/** Why a page that has a thread's address could not be read as one. */
export interface Problem {
  code: ProblemCode
  /** The site's own message where it gave one, in the site's language; else empty. */
  message: string
}

export type ProblemCode =
  /** The site asks the reader to log in first. */
  | 'login-required'
  /** The site answered with its error page: deleted thread, no such board, no permission. */
  | 'site-error'
  /** The address is a thread's, but this dress of the site (a phone version, say) has markup that is not known. */
  | 'unsupported-markup'
  /** The address is a thread's and the markup known, but no post stands on the page. */
  | 'no-posts'
