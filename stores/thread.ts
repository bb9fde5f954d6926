import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { Archive } from '../archive/database.ts'
import type { PostRecord, ThreadRecord } from '../archive/records.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

export type ThreadState = 'loading' | 'shown' | 'missing' | 'failed'

/** Posts after which what has been read so far is told: the first screen need not wait for the last post. */
const TOLD_EVERY = 500

/**
 * The thread that the reader page shows, read from the archive post by post. `posts` is plain data that Vue does not
 * look into: ten thousand posts would cost more to watch than to show.
 */
export const useThreadStore = defineStore('thread', () => {
  const state = ref<ThreadState>('loading')
  const record = shallowRef<ThreadRecord>()
  const failure = shallowRef<Failure>()
  /** Posts of `posts` that may be shown; grows while the thread is read. */
  const readCount = ref(0)
  const isComplete = ref(false)
  const posts = shallowRef<PostRecord[]>([])
  let opening = 0

  /** Opens a thread of the archive; a later call gives up an earlier one. */
  async function open(key: string): Promise<void> {
    const turn = ++opening
    const isCurrent = () => turn === opening
    state.value = 'loading'
    record.value = undefined
    posts.value = []
    readCount.value = 0
    isComplete.value = false
    try {
      const [archive, { findThreadRecord, readPosts }] = await Promise.all([
        useArchive(),
        import('../archive/read-thread.ts'),
      ])
      const found = await findThreadRecord(archive, key)
      if (!isCurrent()) return
      record.value = found
      state.value = found ? 'shown' : 'missing'
      if (!found) return
      await readAll(readPosts(archive, key), isCurrent)
      if (isCurrent()) await noteOpened(archive, key)
    } catch (error) {
      if (!isCurrent()) return
      failure.value = toFailure(error)
      state.value = 'failed'
    }
  }

  /** From here on only what comes later is new. A disk too full to note that is no reason to show no thread. */
  async function noteOpened(archive: Archive, key: string): Promise<void> {
    const { markOpened } = await import('../archive/mark-threads.ts')
    await markOpened(archive, key, new Date().toISOString()).catch(() => undefined)
  }

  async function readAll(source: AsyncIterable<PostRecord>, isCurrent: () => boolean): Promise<void> {
    const read: PostRecord[] = []
    posts.value = read
    for await (const post of source) {
      if (!isCurrent()) return
      read.push(post)
      if (read.length % TOLD_EVERY === 0) readCount.value = read.length
    }
    if (!isCurrent()) return
    readCount.value = read.length
    isComplete.value = true
  }

  /** Says that the address names no thread at all. */
  function showMissing(): void {
    opening++
    state.value = 'missing'
    record.value = undefined
  }

  return { state, record, failure, posts, readCount, isComplete, open, showMissing }
})
