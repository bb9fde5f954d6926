import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { takeSaves } from './kept-saves.ts'
import { measureFiles } from './measure-files.ts'
import { removeThread } from './remove-thread.ts'

export interface ArchiveSize {
  /** Approximate bytes of threads that may be evicted. */
  cached: number
  /** Approximate bytes of threads that the reader saved. */
  saved: number
}

/** How much the archive holds, by the approximate sizes in the threads' rows. Throws {@link ArchiveError}. */
export function measureArchive(archive: Archive): Promise<ArchiveSize> {
  return guard(archive, async () => {
    const size = { cached: 0, saved: 0 }
    await archive.threads.each(({ bytes, savedAt }) => {
      size[savedAt === undefined ? 'cached' : 'saved'] += bytes
    })
    return size
  })
}

/** What an eviction took out. */
export interface Eviction {
  threads: number
  /** Approximate. */
  bytes: number
}

/**
 * Deletes cached threads, the one read longest ago first, until the cached ones take at most `limit` bytes. Saved
 * threads stay whatever they take, and so does `options.keep`, the thread that is being read. Each thread goes in a
 * transaction of its own: a kill leaves every thread whole or gone. Throws {@link ArchiveError}.
 */
export function evictCached(archive: Archive, limit: number, options: { keep?: string } = {}): Promise<Eviction> {
  return guard(archive, async () => {
    const cached: { key: string; bytes: number }[] = []
    let total = 0
    const files = await measureFiles(archive)
    await archive.threads.orderBy('recentAt').each(({ key, bytes: ofPosts, savedAt }) => {
      if (savedAt !== undefined) return
      const bytes = ofPosts + (files.threads.get(key) ?? 0)
      total += bytes
      if (key !== options.keep) cached.push({ key, bytes })
    })
    const evicted = { threads: 0, bytes: 0 }
    for (const { key, bytes } of cached) {
      if (total - evicted.bytes <= limit) break
      if (!(await evictThread(archive, key))) continue
      evicted.threads++
      evicted.bytes += bytes
    }
    return evicted
  })
}

/** Looks again inside the transaction: the reader may have saved the thread a moment ago. */
function evictThread(archive: Archive, key: string): PromiseLike<boolean> {
  return archive.transaction('rw', archive.threadTables, async () => {
    const thread = await archive.threads.get(key)
    if (!thread || thread.savedAt !== undefined) return false
    await removeThread(archive, key)
    await takeSaves(archive, [key])
    return true
  })
}
