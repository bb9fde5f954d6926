import type { Thread } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { findGone } from './mark-gone.ts'
import { archiveReading } from './merge.ts'
import type { PostRecord, Reading } from './records.ts'
import { writeThread } from './store-thread.ts'
import type { StoreSummary, ThreadWrite } from './store-thread.ts'

/** What storing a page of a thread did. */
export interface PageSummary extends StoreSummary {
  /** Posts that the page proves gone and that were not known to be. */
  gone: number
}

/**
 * Merges a page that shows all of its thread's posts between its first and its last into the archive, and marks stored
 * posts that should stand there and do not as gone; in one transaction. Throws {@link ArchiveError}.
 */
export function storePage(archive: Archive, thread: Thread, reading: Reading): Promise<PageSummary> {
  return guard(archive, () => writePage(archive, thread, reading))
}

/**
 * The same in the caller's transaction, if there is one. `ends` says of a page that was just fetched whether it is the
 * thread's first, or its last.
 */
export function writePage(
  archive: Archive,
  thread: Thread,
  reading: Reading,
  ends: { isFirst?: boolean; isLast?: boolean } = {},
): PromiseLike<PageSummary> {
  return archive.transaction('rw', archive.threadTables, async () => {
    let write: ThreadWrite | undefined
    const summary = await writeThread(archive, archiveReading(thread, reading), (done) => {
      write = done
    })
    // The first reading of a page proves nothing, and most pages of a save are read for the first time.
    if (!write?.shown.some(({ id }) => write!.known.has(id))) return { ...summary, gone: 0 }
    const byId = new Map(write.shown.map((record) => [record.id, record]))
    // As the page shows them: their order is part of what it proves.
    const shown = thread.posts.map(({ id }) => byId.get(id)!)
    const added = new Set(byId.keys().filter((id) => !write!.known.has(id)))
    const gone = await findGone(archive, thread.key, { ...ends, shown, added })
    await markGone(archive, gone, reading.readAt)
    return { ...summary, gone: gone.length }
  })
}

/** Marks posts of one thread as gone since a moment, in the caller's transaction. */
export async function markGone(archive: Archive, gone: readonly PostRecord[], since: string): Promise<void> {
  const [first] = gone
  if (!first) return
  await archive.posts.bulkPut(gone.map((record) => ({ ...record, goneSince: since })))
  const thread = (await archive.threads.get(first.threadKey))!
  await archive.threads.put({ ...thread, goneCount: thread.goneCount + gone.length })
}
