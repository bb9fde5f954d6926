import { parseUrl } from '../core/links/address.ts'

/** A row of the table `files`: the bytes of a picture or file, once, however many threads and addresses have them. */
export interface FileRecord {
  /** SHA-256 of the bytes, 64 lower-case hexadecimal digits. */
  hash: string
  /** What the bytes were found to be; `application/octet-stream` for all that is no picture. */
  type: string
  /** Bytes. */
  size: number
  bytes: Blob
}

/** A picture is shown in the post, a file is only offered for download. */
export type FileKind = 'picture' | 'file'

/**
 * - `open`: wanted, not asked for yet
 * - `kept`: its bytes are in `files` under `hash`
 * - `missing`: could not be had, `reason` says why
 */
export type FileState = 'open' | 'kept' | 'missing'

/** Why a picture or file could not be had. */
const FILE_PROBLEMS = [
  /** The server has nothing there (404, 410). */
  'not-found',
  /** The server wants a login or refuses (401, 403), or a page of HTML came in its place. */
  'refused',
  /** What came is no picture, or one that breaks off. */
  'not-a-picture',
  /** Larger than the reader's limit for one. */
  'too-large',
  /** The thread's files would take more than the reader's limit for a thread. */
  'thread-full',
  /** All files would take more than the reader's limit. */
  'library-full',
  /** The disk, or the browser's share of it, is full. */
  'disk-full',
  /** No connection, an answer that was cut off, or a redirection to where there is no permission. */
  'network',
  /** The server took too long. */
  'timeout',
  /** The server asked to be left alone (429, 503), or failed (other 5xx). */
  'server-error',
  /** The extension may not read from that host; the reader can allow it. */
  'no-permission',
  /** An address that is not asked for: of the reader's own network, or with a password. */
  'bad-address',
] as const

export type FileProblem = (typeof FILE_PROBLEMS)[number]

/** A row of the table `fileAddresses`: an address that a thread's posts have, and what became of it. */
export interface FileAddressRecord {
  threadKey: string
  /** As the post has it. */
  url: string
  kind: FileKind
  /** Place among the thread's addresses, in the order in which they were first met. */
  position: number
  state: FileState
  /** Bytes kept; 0 while there are none. */
  size: number
  /** Of the file, where it is kept. */
  hash?: string
  /** Of a kept picture in CSS pixels, where its bytes tell it. */
  width?: number
  height?: number
  /** Where it is missing. */
  reason?: FileProblem
  /** When it was asked for last, ISO 8601 in UTC. */
  triedAt?: string
  /** How often it was asked for since it was opened. */
  attempts?: number
}

const HASH = /^[\da-f]{64}$/
const TIME = /^\d{4}-\d\d-\d\dT[\d:.]{5,12}Z$/

/** Reads a row from outside (a backup); undefined for what is none. Fields that are not what they must be are left out. */
export function parseFileAddress(value: unknown): FileAddressRecord | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { threadKey, url, kind, state, position, hash, width, height, reason, triedAt, attempts } = value as Record<
    string,
    unknown
  >
  if (typeof threadKey !== 'string' || typeof url !== 'string' || !isFileAddress(url)) return undefined
  if (kind !== 'picture' && kind !== 'file') return undefined
  const isKept = state === 'kept' && typeof hash === 'string' && HASH.test(hash)
  const problem = FILE_PROBLEMS.find((known) => known === reason)
  return {
    ...{ threadKey, url, kind, size: 0, position: isCount(position) ? position : 0 },
    state: isKept ? 'kept' : state === 'missing' && problem ? 'missing' : 'open',
    ...(isKept ? { hash } : {}),
    ...(isKept && isCount(width) && isCount(height) ? { width, height } : {}),
    ...(state === 'missing' && problem ? { reason: problem } : {}),
    ...(typeof triedAt === 'string' && TIME.test(triedAt) ? { triedAt } : {}),
    ...(isCount(attempts) ? { attempts } : {}),
  }
}

function isCount(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}

/** Longer addresses are not asked for: no server of pictures makes them. In UTF-16 units. */
const LONGEST_ADDRESS = 4000

/** True for an address that a picture or file can be asked for at: of the web, and no longer than such addresses are. */
export function isFileAddress(url: string): boolean {
  if (url.length > LONGEST_ADDRESS) return false
  const protocol = parseUrl(url)?.protocol
  return protocol === 'https:' || protocol === 'http:'
}
