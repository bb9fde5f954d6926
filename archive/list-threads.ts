import type { ThreadSummary } from '../core/library/summary.ts'
import { foldLine } from '../core/search/fold-text.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import type { ThreadRecord } from './records.ts'

/** Which threads of a list are wanted. */
export interface ListRange {
  /** 0-based index of the first row. */
  offset?: number
  /** Rows at most, 50 without it. */
  limit?: number
}

/**
 * The threads read last, newest first, without posts. Works inside Dexie's `liveQuery`, as all of this file does.
 * Throws {@link ArchiveError}.
 */
export function listRecentThreads(
  archive: Archive,
  { offset = 0, limit = 50 }: ListRange = {},
): Promise<ThreadRecord[]> {
  return guard(archive, () => archive.threads.orderBy('recentAt').reverse().offset(offset).limit(limit).toArray())
}

/** How many threads there are, and how many of them are saved. Throws {@link ArchiveError}. */
export function countThreads(archive: Archive): Promise<{ all: number; saved: number }> {
  return guard(archive, () =>
    archive.transaction('r', archive.threads, async () => ({
      all: await archive.threads.count(),
      saved: await archive.threads.orderBy('savedAt').count(),
    })),
  )
}

/** Keys of the threads that are cached and not saved. Throws {@link ArchiveError}. */
export function listCachedKeys(archive: Archive): Promise<string[]> {
  return guard(archive, () =>
    archive.transaction('r', archive.threads, async () => {
      const saved = new Set(await archive.threads.orderBy('savedAt').primaryKeys())
      return (await archive.threads.toCollection().primaryKeys()).filter((key) => !saved.has(key))
    }),
  )
}

/** Rows that are read at once when all are: a piece takes less than two frames. */
const PIECE = 500

/**
 * The first rows of the library, by an index and so at once: those read or opened last, or saved last. Throws
 * {@link ArchiveError}.
 */
export async function listFirstSummaries(
  archive: Archive,
  by: 'recentAt' | 'savedAt',
  limit: number,
): Promise<ThreadSummary[]> {
  const records = await guard(archive, () => archive.threads.orderBy(by).reverse().limit(limit).toArray())
  return records.map(summarize)
}

/** Streams all rows of the library, in no order that means anything, a piece at a time. Throws {@link ArchiveError}. */
export async function* readSummaries(archive: Archive): AsyncGenerator<ThreadSummary[]> {
  let above = ''
  for (;;) {
    const piece = await guard(archive, () => archive.threads.where('key').above(above).limit(PIECE).toArray())
    yield piece.map(summarize)
    if (piece.length < PIECE) return
    above = piece.at(-1)!.key
  }
}

/** The rows of some threads, by their keys; a key is missing where its thread is. Throws {@link ArchiveError}. */
export async function findSummaries(archive: Archive, keys: readonly string[]): Promise<Map<string, ThreadSummary>> {
  const records = await guard(archive, () => archive.threads.bulkGet([...keys]))
  return new Map(records.flatMap((record) => (record ? [[record.key, summarize(record)] as const] : [])))
}

/** What the library shows of a thread's row. */
function summarize(record: ThreadRecord): ThreadSummary {
  const { key, title, board, author, pageCount, pages, lastReply, savedAt, lastOpenedAt } = record
  const { postCount, characters, words, bytes, incomplete, lastReadAt, recentAt, unreadPosts, goneCount, tags } = record
  const [site = '', host = ''] = key.split('/', 2)
  const repliedAt = lastReply?.at === undefined ? Number.NaN : Date.parse(lastReply.at)
  return {
    ...{
      key,
      title,
      host,
      postCount,
      characters,
      words,
      bytes,
      incomplete,
      lastReadAt,
      recentAt,
      unreadPosts,
      goneCount,
    },
    tags,
    foldedTitle: foldLine(title),
    boardKey: board ? `${site}/${host}/${board.id}` : '',
    pagesRead: Object.keys(pages).length,
    ...(board && { board }),
    ...(author && { author }),
    ...(pageCount !== undefined && { pageCount }),
    ...(savedAt !== undefined && { savedAt }),
    ...(lastOpenedAt !== undefined && { lastOpenedAt }),
    ...(!Number.isNaN(repliedAt) && { repliedAt }),
  }
}
