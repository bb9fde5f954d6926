import Dexie from 'dexie'
import type { Archive } from './database.ts'

/** Why the archive could not do what it was asked. */
export type ArchiveErrorCode =
  /** The disk or the browser's share of it is full. */
  | 'quota-exceeded'
  /** Another tab holds an older version of the database open. */
  | 'blocked'
  /** The database was written by a newer version of the extension. */
  | 'too-new'
  /** The browser has no database for us: switched off, or a profile that forbids it. */
  | 'unavailable'
  /** The browser cannot read or upgrade the database. */
  | 'corrupt'
  /** The connection was closed while the work was under way. */
  | 'closed'
  | 'failed'

/** What the call had stored for good before it failed; the write that failed left nothing behind. */
export interface Kept {
  threads: number
  posts: number
}

/** The one error that the archive's functions throw. */
export class ArchiveError extends Error {
  override readonly name = 'ArchiveError'
  readonly code: ArchiveErrorCode
  readonly kept: Kept

  constructor(code: ArchiveErrorCode, message: string, options: { cause?: unknown; kept?: Kept } = {}) {
    super(message, { cause: options.cause })
    this.code = code
    this.kept = options.kept ?? { threads: 0, posts: 0 }
  }
}

const CODES: Readonly<Record<string, ArchiveErrorCode>> = {
  QuotaExceededError: 'quota-exceeded',
  VersionError: 'too-new',
  MissingAPIError: 'unavailable',
  SecurityError: 'unavailable',
  UpgradeError: 'corrupt',
  DataError: 'corrupt',
  NotFoundError: 'corrupt',
  UnknownError: 'corrupt',
  OpenFailedError: 'corrupt',
  DatabaseClosedError: 'closed',
  InvalidStateError: 'closed',
}

/**
 * Runs work on the archive; whatever it throws comes out as an {@link ArchiveError}. Work that another tab blocks is
 * told so at once: the database opens, and the work is done, when that tab goes, which may be never.
 */
export async function guard<T>(archive: Archive, work: () => PromiseLike<T>): Promise<T> {
  let giveUp = () => {}
  try {
    return await new Promise<T>((resolve, reject) => {
      giveUp = () => reject(new ArchiveError('blocked', 'An older version of the library is open in another tab.'))
      if (archive.isBlocked) return giveUp()
      archive.on('blocked', giveUp)
      work().then(resolve, reject)
    })
  } catch (error) {
    throw toArchiveError(error)
  } finally {
    archive.on.blocked.unsubscribe(giveUp)
  }
}

/** Finds the cause that says most: a full disk shows as an aborted transaction around it. */
export function toArchiveError(error: unknown, kept?: Kept): ArchiveError {
  if (error instanceof ArchiveError) {
    return kept ? new ArchiveError(error.code, error.message, { cause: error.cause, kept }) : error
  }
  const chain = causesOf(error)
  const known = chain.find(({ error: cause }) => cause instanceof ArchiveError)
  if (known) return toArchiveError(known.error, kept)
  const codes = chain.map(({ name }) => (Object.hasOwn(CODES, name) ? CODES[name]! : undefined))
  const code = codes.includes('quota-exceeded') ? 'quota-exceeded' : (codes.find((found) => found) ?? 'failed')
  return new ArchiveError(code, chain[0]?.message || code, { cause: error, ...(kept ? { kept } : {}) })
}

/** The error and what it names as its causes, nearest first. Dexie hangs them under `inner` and `failures`. */
function causesOf(error: unknown): { name: string; message: string; error: unknown }[] {
  const found: { name: string; message: string; error: unknown }[] = []
  const waiting: unknown[] = [error]
  while (waiting.length && found.length < 20) {
    const next = waiting.shift()
    if (typeof next !== 'object' || next === null) continue
    const { name, message, inner, cause } = next as Record<string, unknown>
    found.push({ name: String(name), message: String(message), error: next })
    waiting.push(inner, cause)
    if (next instanceof Dexie.BulkError) waiting.push(...next.failures.slice(0, 3))
  }
  return found
}
