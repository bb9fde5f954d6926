import type { SaveRecord } from '../../archive/save-record.ts'
import type { SavedPage } from '../../archive/store-saved-page.ts'
import { findPageAddress } from '../../core/thread-page.ts'
import type { ThreadPage } from '../../core/thread-page.ts'
import { readPage } from '../read-page.ts'
import { checkPage } from './check-page.ts'
import { decodePage } from '../../core/decode-page.ts'
import { PageError } from './page-error.ts'
import { politeFetch } from './polite-fetch.ts'
import type { Answer } from './polite-fetch.ts'

/** What a login page's address has in it, on the forums known and on most others. */
const LOGIN_ADDRESS = /log[-_]?in\b|logging|sign[-_]?in\b|passport|\bsso\b|\bcas\b|oauth/i

/**
 * Asks for a page of a thread that is saved and checks it. Throws what `politeFetch` throws, and {@link PageError} for an
 * answer that may not be merged.
 */
export async function fetchSavedPage(save: SaveRecord, page: number, signal: AbortSignal): Promise<SavedPage> {
  const started = Date.now()
  const address = findPageAddress({ addresses: save.addresses, pageCount: page }, page)
  if (address === undefined || !URL.canParse(address) || new URL(address).host !== save.host)
    throw new PageError('bad-page', 'other-place')
  const { html, read, readAt } = await fetchPage(address, signal)
  const check = checkPage({ key: save.key, page, html, read, before: save.plan.edge })
  if (check.fault !== undefined) throw new PageError(check.reason, check.fault)
  const { edges, gaps, pageCount } = check
  return { thread: check.read.thread, pageCount, edges, gaps, readAt, milliseconds: Date.now() - started }
}

/** Asks for a page and reads it; undefined in `read` where no site does. Throws as {@link fetchSavedPage} does. */
export async function fetchPage(
  address: string,
  signal: AbortSignal,
): Promise<{ html: string; read: ThreadPage | undefined; readAt: string }> {
  const answer = await politeFetch(address, signal)
  const readAt = new Date()
  if (answer.status === 401) throw new PageError('login-required', 401)
  requirePlace(answer, address)
  const html = decodePage(answer.bytes, answer.headers.get('Content-Type'))
  const read = await readPage(html, answer.url, { readAt })
  if (answer.status >= 400 && !read?.problem) throw new PageError('site-error', answer.status)
  return { html, read, readAt: readAt.toISOString() }
}

/** A redirect may lead to another page of the thread's own host; elsewhere is a login, or nothing of ours. */
function requirePlace({ url }: Answer, asked: string): void {
  const place = new URL(url)
  if (place.pathname === new URL(asked).pathname && place.host === new URL(asked).host) return
  if (LOGIN_ADDRESS.test(place.pathname + place.search)) throw new PageError('login-required', 'other-place')
  if (place.hostname !== new URL(asked).hostname) throw new PageError('bad-page', 'other-place')
}
