import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Archive } from '../archive/database.ts'
import type { PostRecord, ThreadRecord } from '../archive/records.ts'
import type * as Visits from '../archive/visits.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** After a change the thread is read again so late at the earliest: a save changes it with each page. In milliseconds. */
const READ_AFTER = 500
/** Reading a long thread takes its time: it rests so many times as long as it took. */
const REST = 10

/**
 * What the archive holds of one thread, for the side panel: followed without being opened, so that nothing counts as
 * read. `posts` is plain data that Vue does not look into.
 */
export const useKeptThreadStore = defineStore('kept-thread', () => {
  const record = shallowRef<ThreadRecord>()
  const posts = shallowRef<readonly PostRecord[]>([])
  const visit = shallowRef<Visits.VisitRecord>()
  const describeVisit = shallowRef<typeof Visits.describeVisit>()
  const failure = shallowRef<Failure>()
  const isLoaded = ref(false)

  /** Posts that came since the last visit and were not on the screen yet, in order. */
  const newPosts = computed<readonly PostRecord[]>(() => {
    if (!visit.value || !describeVisit.value) return []
    const { newIds } = describeVisit.value(
      visit.value,
      posts.value.map(({ post }) => post),
    )
    const ids = new Set(newIds)
    return posts.value.filter(({ post }) => ids.has(post.id))
  })

  /** Reads what is kept of a thread and follows it until `signal` aborts; one thread at a time. */
  async function follow(key: string, signal: AbortSignal): Promise<void> {
    clear()
    try {
      const archive = await useArchive()
      const [{ watchThreads }, { watchVisit }, visits] = await Promise.all([
        import('../archive/watch-threads.ts'),
        import('../archive/watch-visit.ts'),
        import('../archive/visits.ts'),
      ])
      if (signal.aborted) return
      describeVisit.value = visits.describeVisit
      const readLater = createReader(() => read(archive, key, signal), signal)
      watchThreads(archive, ({ keys }) => (keys === 'many' || keys.includes(key)) && readLater(), signal)
      watchVisit(archive, key, { next: (found) => (visit.value = found), error: fail }, signal)
      await read(archive, key, signal)
    } catch (error) {
      if (!signal.aborted) fail(error)
    }
  }

  async function read(archive: Archive, key: string, signal: AbortSignal): Promise<void> {
    const { findThreadRecord, readPosts } = await import('../archive/read-thread.ts')
    const found = await findThreadRecord(archive, key)
    const all = found ? await Array.fromAsync(readPosts(archive, key)) : []
    if (signal.aborted) return
    record.value = found
    posts.value = all
    failure.value = undefined
    isLoaded.value = true
  }

  function fail(error: unknown): void {
    failure.value = toFailure(error)
    isLoaded.value = true
  }

  function clear(): void {
    record.value = visit.value = failure.value = undefined
    posts.value = []
    isLoaded.value = false
  }

  return { record, posts, newPosts, failure, isLoaded, follow }
})

/** Calls `read` some time after each wish for it, once for all that came meanwhile, one after the other. */
function createReader(read: () => Promise<void>, signal: AbortSignal): () => void {
  let isWaiting = false
  let rest = READ_AFTER
  const run = async () => {
    isWaiting = false
    if (signal.aborted) return
    const began = performance.now()
    await read().catch((error: unknown) => console.warn('[loulan] the thread could not be read again', error))
    rest = Math.max(READ_AFTER, REST * (performance.now() - began))
  }
  return () => {
    if (isWaiting) return
    isWaiting = true
    setTimeout(() => void run(), rest)
  }
}
