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

/** The threads that the reader saved, the one saved last first, without posts. Throws {@link ArchiveError}. */
export function listSavedThreads(
  archive: Archive,
  { offset = 0, limit = 50 }: ListRange = {},
): Promise<ThreadRecord[]> {
  return guard(archive, () => archive.threads.orderBy('savedAt').reverse().offset(offset).limit(limit).toArray())
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
