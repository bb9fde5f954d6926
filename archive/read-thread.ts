import type { Thread } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { inOrder } from './place-posts.ts'
import type { PostRecord, ThreadRecord } from './records.ts'
import { splitRecord } from './records.ts'

/** Posts that are read at once when a whole thread streams. */
const BATCH = 500

/** A thread with all its posts in order, undefined when it is not in the archive. Throws {@link ArchiveError}. */
export function findThread(archive: Archive, key: string): Promise<Thread | undefined> {
  return guard(archive, () =>
    archive.transaction('r', archive.threads, archive.posts, async () => {
      const record = await archive.threads.get(key)
      if (!record) return undefined
      const posts = await inOrder(archive, key).toArray()
      return { ...splitRecord(record).fields, posts: posts.map(({ post }) => post) }
    }),
  )
}

/** A thread's row: its fields, its history and its length, without posts. Throws {@link ArchiveError}. */
export function findThreadRecord(archive: Archive, key: string): Promise<ThreadRecord | undefined> {
  return guard(archive, () => archive.threads.get(key))
}

/** A part of a thread's posts, with their earlier versions. */
export interface PostRange {
  /** 0-based index of the first post wanted. */
  from?: number
  /** How many posts at most; all without it. */
  limit?: number
}

/**
 * Streams a thread's posts in order; nothing for a thread that is not there. Each batch is a transaction of its own, so
 * that a slow consumer blocks no write; posts stored meanwhile behind the place reached are read too. Throws
 * {@link ArchiveError}.
 */
export async function* readPosts(archive: Archive, key: string, range: PostRange = {}): AsyncGenerator<PostRecord> {
  let left = range.limit ?? Infinity
  let above: number | undefined
  while (left > 0) {
    const wanted = Math.min(BATCH, left)
    const rest =
      above === undefined
        ? inOrder(archive, key).offset(Math.max(0, range.from ?? 0))
        : inOrder(archive, key, { above })
    const batch = await guard(archive, () => rest.limit(wanted).toArray())
    yield* batch
    if (batch.length < wanted) return
    left -= batch.length
    above = batch.at(-1)!.position
  }
}
