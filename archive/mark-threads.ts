import { guard } from './archive-error.ts'
import { inBatches, type BatchOptions } from './batches.ts'
import type { Archive } from './database.ts'
import { isSameValue, omit } from './plain-value.ts'
import type { ThreadRecord } from './records.ts'

/** Rows that are changed in one transaction. */
const BATCH = 100

/**
 * Changes the rows of threads; those that are not there, or that the change leaves as they are, are passed over. Returns
 * how many were changed. Throws {@link ArchiveError}; batches before the failure stay changed.
 */
export async function changeThreads(
  archive: Archive,
  keys: readonly string[],
  change: (thread: ThreadRecord) => ThreadRecord,
  options: BatchOptions = {},
): Promise<number> {
  let changed = 0
  const work = (batch: string[]) =>
    archive.transaction('rw', archive.threads, async () => {
      const threads = (await archive.threads.bulkGet(batch)).filter((thread) => thread !== undefined)
      const changes = threads.map(change).filter((thread, index) => !isSameValue(thread, threads[index]))
      await archive.threads.bulkPut(changes)
      changed += changes.length
    })
  await guard(archive, () => inBatches(keys, BATCH, work, options))
  return changed
}

/**
 * Keeps threads until the reader deletes them, as saved at a time (ISO 8601 in UTC), or with `undefined` makes them cached
 * ones again, which may be evicted; saves of those end, as one that runs would save its thread again. One that is saved
 * already keeps its time. Returns how many were changed. Throws {@link ArchiveError}.
 */
export async function markSaved(
  archive: Archive,
  keys: readonly string[],
  savedAt: string | undefined,
  options: BatchOptions = {},
): Promise<number> {
  if (savedAt !== undefined) {
    return changeThreads(archive, keys, (thread) => ({ ...thread, savedAt: thread.savedAt ?? savedAt }), options)
  }
  let changed = 0
  const work = async (batch: string[]) => {
    changed += await unsaveThreads(archive, batch)
  }
  await guard(archive, () => inBatches(keys, BATCH, work, options))
  return changed
}

/**
 * Gives saved threads back to the cache, in one transaction; their saves end, also of those that have no page yet.
 * Returns how many of the threads were saved.
 */
function unsaveThreads(archive: Archive, keys: readonly string[]): PromiseLike<number> {
  return archive.transaction('rw', archive.saves, archive.threads, async () => {
    await archive.saves.bulkDelete([...keys])
    const threads = (await archive.threads.bulkGet([...keys])).filter((thread) => thread?.savedAt !== undefined)
    await archive.threads.bulkPut(threads.map((thread) => omit(thread!, 'savedAt')))
    return threads.length
  })
}

/** Notes that the reader opened a thread at a time, ISO 8601 in UTC: nothing of it is unread. Throws {@link ArchiveError}. */
export async function markOpened(archive: Archive, key: string, at: string): Promise<void> {
  await changeThreads(archive, [key], (thread) => ({
    ...thread,
    lastOpenedAt: at > (thread.lastOpenedAt ?? '') ? at : thread.lastOpenedAt!,
    recentAt: at > thread.recentAt ? at : thread.recentAt,
    unreadPosts: 0,
  }))
}
