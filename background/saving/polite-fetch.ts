import type { SaveReason } from '../../core/save-report.ts'
import { isSiteGranted } from '../site-access.ts'
import { closedFor, closeHost, inTurn } from './host-pace.ts'
import { readBody } from './read-body.ts'
import { parseRetryAfter } from './retry-times.ts'

/** A page larger than this is not read. In bytes. */
const LARGEST = 40_000_000

/** A forum that takes longer is not answering. In milliseconds. */
const LONGEST_ANSWER = 60_000

/** A whole answer. */
export interface Answer {
  /** Where redirects led; on another host than was asked for only where the extension may read that one too. */
  url: string
  status: number
  headers: Headers
  bytes: Uint8Array<ArrayBuffer>
}

/** Why there is no answer. */
export class FetchError extends Error {
  override readonly name = 'FetchError'
  readonly reason: SaveReason
  /** How long the host asks to be left alone, in milliseconds. */
  readonly retryAfter?: number

  constructor(reason: SaveReason, message: string, options: { cause?: unknown; retryAfter?: number | undefined } = {}) {
    super(message, { cause: options.cause })
    this.reason = reason
    if (options.retryAfter !== undefined) this.retryAfter = options.retryAfter
  }
}

/**
 * Asks a host for a page as the reader would, with the reader's cookies: one request at a time, spaced out, and none while
 * the host wants to be left alone. Only `http(s)` addresses of hosts that the reader allowed. Resolves with whole answers
 * below 500 other than 429, whatever their status; throws {@link FetchError}, or the signal's reason when it is aborted.
 */
export async function politeFetch(address: string, signal: AbortSignal): Promise<Answer> {
  const url = new URL(address)
  if (url.protocol !== 'https:' && url.protocol !== 'http:')
    throw new FetchError('failed', `${address} is not of the web`)
  await requirePermission(url.href)
  const closed = await closedFor(url.host)
  if (closed > 0) throw new FetchError('busy-site', `${url.host} wants to be left alone`, { retryAfter: closed })
  const answer = await inTurn(url.host, signal, () => ask(url, signal)).catch(async (error: unknown) => {
    throw (await leadsElsewhere(url, error, signal))
      ? new FetchError('login-required', `${address} leads to a host that may not be read`, { cause: error })
      : error
  })
  await requirePermission(answer.url)
  if (answer.status !== 429 && answer.status < 500) return answer
  const retryAfter = parseRetryAfter(answer.headers.get('Retry-After'), Date.now())
  if (retryAfter !== undefined) await closeHost(url.host, retryAfter)
  throw new FetchError('busy-site', `${url.host} answered ${answer.status}`, { retryAfter })
}

async function requirePermission(address: string): Promise<void> {
  if (!(await isSiteGranted(address))) throw new FetchError('no-permission', `${address} may not be read`)
}

async function ask(url: URL, signal: AbortSignal): Promise<Answer> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER)])
  try {
    const response = await fetch(url, { credentials: 'include', cache: 'no-store', signal: limit })
    const bytes = response.body ? await readBody(response.body, LARGEST) : new Uint8Array()
    if (!bytes) throw new FetchError('bad-page', `more than ${LARGEST} bytes`)
    return { url: response.url || url.href, status: response.status, headers: response.headers, bytes }
  } catch (error) {
    signal.throwIfAborted()
    if (error instanceof FetchError) throw error
    throw new FetchError('network', `${url.host} did not answer`, { cause: error })
  }
}

/**
 * The browser does not tell a host that is silent from one that redirects to a host that the extension may not read, as
 * the login of a university does: only an answer that is not followed shows it.
 */
async function leadsElsewhere(url: URL, error: unknown, signal: AbortSignal): Promise<boolean> {
  if (!(error instanceof FetchError) || error.reason !== 'network' || !(error.cause instanceof TypeError)) return false
  if (!navigator.onLine) return false
  const limit = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_ANSWER)])
  try {
    const { type } = await inTurn(url.host, signal, () =>
      fetch(url, { credentials: 'include', cache: 'no-store', redirect: 'manual', signal: limit }),
    )
    return type === 'opaqueredirect'
  } catch {
    return false // It does not answer this way either: what failed first is what is told.
  }
}
