import type { Thread } from './thread.ts'

/** One page of a thread, as a site's `read` returns it. */
export interface ThreadPage {
  /** The thread with the posts of this page only. */
  thread: Thread
  /** 1-based. */
  page: number
  /** At least 1. */
  pageCount: number
  /** Where the thread's other pages stand, where the site tells; see {@link findPageAddress}. */
  addresses?: PageAddresses
  /** Set when the site refused the page or its markup is not known; `thread.posts` is then empty or partial. */
  problem?: Problem
}

/**
 * How the addresses of a thread's pages are made. A rule instead of a list, for a page may claim to be one of millions:
 * page 1 stands at `first`, page N from 2 on at `before`, the number `start + step × (N − 1)`, `after`.
 */
export interface PageAddresses {
  first: string
  before: string
  after: string
  start: number
  step: number
}

/** Address of a page of the thread, 1-based; undefined where the site does not tell, or for a page it does not have. */
export function findPageAddress(
  { addresses, pageCount }: Pick<ThreadPage, 'addresses' | 'pageCount'>,
  page: number,
): string | undefined {
  if (!addresses || !Number.isInteger(page) || page < 1 || page > pageCount) return undefined
  if (page === 1) return addresses.first
  return `${addresses.before}${addresses.start + addresses.step * (page - 1)}${addresses.after}`
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
