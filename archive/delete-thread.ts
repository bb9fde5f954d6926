import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { returnFiles } from './kept-files.ts'
import type { ThreadFiles } from './kept-files.ts'
import { inOrder } from './place-posts.ts'
import { removeThread } from './remove-thread.ts'
import type { PostRecord, ThreadRecord } from './records.ts'
import { archivedPostOf, splitRecord } from './records.ts'
import { returnSave, takeSaves } from './kept-saves.ts'
import type { SaveRecord } from './save-record.ts'
import { writeThread } from './store-thread.ts'
import type { StoreSummary } from './store-thread.ts'

/** All that a deletion took out, to be given to {@link restoreThread}. */
export interface DeletedThread {
  thread: ThreadRecord
  /** In order. */
  posts: PostRecord[]
  /** Its pictures and files. */
  files: ThreadFiles
  /** How the saving of it stood. */
  save?: SaveRecord
}

/**
 * Deletes a thread with its posts in one transaction. Returns what was deleted, undefined when there was no such
 * thread. Throws {@link ArchiveError}; the thread is then still there.
 */
export function deleteThread(archive: Archive, key: string): Promise<DeletedThread | undefined> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      const thread = await archive.threads.get(key)
      if (!thread) return undefined
      const posts = await inOrder(archive, key).toArray()
      const saves = await takeSaves(archive, [key])
      return { thread, posts, files: await removeThread(archive, key), ...saves.get(key) }
    }),
  )
}

/**
 * Undoes a deletion in one transaction. A thread that was read again meanwhile is merged with what was deleted; nothing
 * of either is lost. A save that the deletion cut short stays cancelled, to be resumed. Throws {@link ArchiveError}.
 */
export function restoreThread(archive: Archive, { thread, posts, files, save }: DeletedThread): Promise<StoreSummary> {
  const { fields, history } = splitRecord(thread)
  return guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      const summary = await writeThread(archive, { fields, ...history, posts: posts.map(archivedPostOf) })
      await returnFiles(archive, files)
      await returnSave(archive, save)
      return summary
    }),
  )
}
