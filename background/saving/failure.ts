import { ArchiveError } from '../../archive/archive-error.ts'
import type { SaveRecord } from '../../archive/save-record.ts'
import type { PageFailure } from '../../archive/store-saved-page.ts'
import type { SaveReason } from '../../core/save-report.ts'
import { PageError } from './page-error.ts'
import { FetchError } from './polite-fetch.ts'
import { backoffTime } from './retry-times.ts'

/** The reader may have made room by then. In milliseconds. */
const WAIT_FOR_ROOM = 15 * 60 * 1000

/** When the network is gone, it is looked for this often at least. In milliseconds. */
const LONGEST_WAIT_FOR_NETWORK = 5 * 60 * 1000

/** Failures in succession after which a save is given up: answers that are no page, and answers that say the forum is ill. */
const MOST_BAD_PAGES = 6
const MOST_SITE_FAILURES = 14

/** Why a save could not even begin. */
export function reasonOf(error: unknown): SaveReason {
  if (error instanceof FetchError || error instanceof PageError) return error.reason
  return error instanceof ArchiveError && error.code === 'quota-exceeded' ? 'storage-full' : 'failed'
}

/**
 * What a failed page means for its save: when it goes on by itself, whom it waits for, or that it ends. Nothing is known
 * of other errors than those of the network, of pages and of the archive: they are thrown on.
 */
export function failureOf(
  error: unknown,
  { plan }: SaveRecord,
  page: number,
  { now, spacing, isOnline }: { now: number; spacing: number; isOnline: boolean },
): PageFailure {
  const failures = plan.failures + 1
  const after = (milliseconds: number) => new Date(now + milliseconds).toISOString()
  const backoff = backoffTime(failures, spacing)
  if (error instanceof ArchiveError && error.code === 'quota-exceeded')
    return { reason: 'storage-full', retryAt: after(WAIT_FOR_ROOM) }
  if (!(error instanceof FetchError) && !(error instanceof PageError)) throw error
  const { reason } = error
  if (reason === 'login-required' || reason === 'no-permission') return { reason }
  if (reason === 'network') {
    const retryAt = after(Math.min(backoff, LONGEST_WAIT_FOR_NETWORK))
    // One page may be the one whose answer breaks: the others are tried before it. Without a network none is.
    return { reason, retryAt, ...(isOnline && !plan.isLastRound && { page }) }
  }
  if (reason === 'busy-site') {
    const asked = error instanceof FetchError ? error.retryAfter : undefined
    const isPages = asked === undefined && !plan.isLastRound
    const retryAt = after(Math.max(asked ?? backoff, spacing))
    return { reason, retryAt, ...(isPages && { page }), isFinal: failures >= MOST_SITE_FAILURES }
  }
  const isFinal = failures >= (plan.pageCount === undefined ? MOST_BAD_PAGES / 2 : MOST_BAD_PAGES)
  return { reason, retryAt: after(backoff), page, isFinal }
}
