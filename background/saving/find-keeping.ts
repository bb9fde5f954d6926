import type { Archive } from '../../archive/database.ts'
import { findThreadRecord } from '../../archive/read-thread.ts'
import { findSave } from '../../archive/saves.ts'
import type { ThreadKeeping } from '../../core/thread-keeping.ts'

/** What is kept of a thread, or is about to be; undefined when nothing is. Throws `ArchiveError`. */
export async function findKeeping(archive: Archive, key: string): Promise<ThreadKeeping | undefined> {
  const [thread, save] = await Promise.all([findThreadRecord(archive, key), findSave(archive, key)])
  if (!thread && !save) return undefined
  return {
    key,
    posts: thread?.postCount ?? 0,
    ...(thread?.savedAt !== undefined && { savedAt: thread.savedAt }),
    gonePosts: thread?.goneCount ?? 0,
    newPosts: 0,
    ...(save && { save }),
  }
}
