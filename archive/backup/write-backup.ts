import { toBase64 } from '../../formats/backup/base64.ts'
import { packMember } from '../../formats/backup/members.ts'
import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { readFileAddresses } from '../file-addresses.ts'
import type { FileAddressRecord, FileRecord } from '../file-records.ts'
import { readFiles } from '../kept-files.ts'
import { omit } from '../plain-value.ts'
import { readPosts } from '../read-thread.ts'
import type { ArchivedPost, ThreadRecord } from '../records.ts'
import { archivedPostOf, bytesOf, splitRecord } from '../records.ts'
import { BACKUP_FORMAT, BACKUP_VERSION } from './lines.ts'
import type { BackupLine, EndLine, ManifestLine } from './lines.ts'

/** Rows of threads that are read at once. */
const THREADS = 100

/** A line holds at most so many posts, and about so many bytes of them. */
const POSTS = 500
const LINE = 500_000

/** Characters that are packed together: small enough that damage costs little, large enough to pack well. */
const MEMBER = 150_000

/** Bytes of a file in one line. */
const FILE_PIECE = 750_000

/** Addresses in one line. */
const ADDRESSES = 500

/** What the library holds, for a manifest. */
export type BackupSize = Pick<ManifestLine, 'threads' | 'posts' | 'files' | 'fileBytes'> & {
  /** Approximate bytes of the threads in the database; a backup packs them to a fifth or so. */
  threadBytes: number
}

export interface BackupOptions {
  /** ISO 8601 in UTC. */
  createdAt: string
  /** Version of the extension. */
  extension: string
  /** By their names in the extension's storage. */
  settings: Record<string, unknown>
  onProgress?: (progress: BackupProgress) => void
  /** Stops it: the bytes then end with the signal's reason. */
  signal?: AbortSignal
}

export interface BackupProgress {
  threads: number
  posts: number
  files: number
  /** Written so far. */
  bytes: number
  total: BackupSize
}

/** What a backup file is called and is. */
export function describeBackup(createdAt: string): { name: string; type: string } {
  return { name: `loulan-backup-${createdAt.slice(0, 10)}.jsonl.gz`, type: 'application/gzip' }
}

/** Counts what a backup would hold. Throws `ArchiveError`. */
export function measureBackup(archive: Archive): Promise<BackupSize> {
  return guard(archive, async () => {
    const size: BackupSize = { threads: 0, posts: 0, files: 0, fileBytes: 0, threadBytes: 0 }
    await archive.threads.each(({ postCount, bytes }) => {
      size.threads++
      size.posts += postCount
      size.threadBytes += bytes
    })
    await archive.files.orderBy('size').eachKey((bytes) => {
      size.files++
      size.fileBytes += Number(bytes)
    })
    return size
  })
}

/**
 * Writes the whole library as one backup file, in bounded memory: threads with their histories, pictures and files,
 * settings. Threads that are stored meanwhile may be in it or not; each that is is whole. Throws `ArchiveError`, or the
 * signal's reason.
 */
export async function* writeBackup(
  archive: Archive,
  { createdAt, extension, settings, onProgress, signal }: BackupOptions,
): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  const total = await measureBackup(archive)
  const done = { threads: 0, posts: 0, files: 0, bytes: 0 }
  let lines = ''
  async function* flush(): AsyncGenerator<Uint8Array<ArrayBuffer>> {
    const member = await packMember(lines)
    lines = ''
    done.bytes += member.length
    yield member
    onProgress?.({ ...done, total })
  }
  const manifest: ManifestLine = {
    ...{ type: 'manifest', format: BACKUP_FORMAT, version: BACKUP_VERSION, createdAt, extension },
    ...omit(total, 'threadBytes'),
  }
  lines = lineOf(manifest)
  yield* flush()
  for await (const line of linesOf(archive, settings, done)) {
    signal?.throwIfAborted()
    lines += lineOf(line)
    if (lines.length >= MEMBER) yield* flush()
  }
  if (lines) yield* flush()
  // By itself: a file that lacks nothing but its end has lost nothing.
  lines = lineOf({ type: 'end', ...omit(done, 'bytes') } satisfies EndLine)
  yield* flush()
}

function lineOf(line: BackupLine): string {
  return `${JSON.stringify(line)}\n`
}

async function* linesOf(
  archive: Archive,
  settings: Record<string, unknown>,
  done: { threads: number; posts: number; files: number },
): AsyncGenerator<BackupLine> {
  yield { type: 'settings', values: settings }
  for await (const thread of readThreadRows(archive)) {
    for await (const line of threadLines(archive, thread)) {
      yield line
      done.posts += line.posts.length
    }
    done.threads++
  }
  for await (const file of readFiles(archive)) {
    yield* fileLines(file)
    done.files++
  }
  let rows: FileAddressRecord[] = []
  for await (const row of readFileAddresses(archive)) {
    rows.push(row)
    if (rows.length < ADDRESSES) continue
    yield { type: 'addresses', rows }
    rows = []
  }
  if (rows.length > 0) yield { type: 'addresses', rows }
}

async function* readThreadRows(archive: Archive): AsyncGenerator<ThreadRecord> {
  let above = ''
  for (;;) {
    const rows = await guard(archive, () => archive.threads.where('key').above(above).limit(THREADS).toArray())
    yield* rows
    if (rows.length < THREADS) return
    above = rows.at(-1)!.key
  }
}

/** A thread's lines; one also for a thread without posts. */
async function* threadLines(archive: Archive, row: ThreadRecord) {
  const { fields, history } = splitRecord(row)
  const head = { type: 'thread', fields, history, postCount: row.postCount } as const
  let posts: ArchivedPost[] = []
  let bytes = 0
  let after: string | undefined
  for await (const record of readPosts(archive, row.key)) {
    const size = bytesOf(record)
    if (posts.length >= POSTS || (posts.length > 0 && bytes + size > LINE)) {
      yield { ...head, ...(after === undefined ? {} : { after }), before: record.id, posts }
      after = posts.at(-1)!.post.id
      posts = []
      bytes = 0
    }
    posts.push(archivedPostOf(record))
    bytes += size
  }
  yield { ...head, ...(after === undefined ? {} : { after }), posts }
}

async function* fileLines({ hash, size, bytes }: FileRecord): AsyncGenerator<BackupLine> {
  for (let at = 0; at === 0 || at < size; at += FILE_PIECE) {
    const piece = new Uint8Array(await bytes.slice(at, at + FILE_PIECE).arrayBuffer())
    yield { type: 'file', hash, size, at, data: toBase64(piece) }
  }
}
