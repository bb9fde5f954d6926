import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Archive } from '../archive/database.ts'
import type { DeletedThread } from '../archive/delete-thread.ts'
import type { ThreadRecord } from '../archive/records.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** Rows that are read at once. */
export const ROWS_AT_ONCE = 100

/** A row of the list; a deleted one keeps its place, so that it can be undone where the reader looks. */
export interface LibraryRow {
  thread: ThreadRecord
  isDeleted: boolean
}

/** The threads of the archive, those read last first, and what is done to them. */
export const useLibraryStore = defineStore('library', () => {
  const state = ref<'loading' | 'shown' | 'failed'>('loading')
  const failure = shallowRef<Failure>()
  const rows = shallowRef<LibraryRow[]>([])
  const threadCount = ref(0)
  const bytes = ref(0)
  let isLoadingMore = false
  const deleted = new Map<string, DeletedThread>()
  const shownCount = computed(() => rows.value.filter(({ isDeleted }) => !isDeleted).length)
  const hasMore = computed(() => shownCount.value < threadCount.value)

  /** Reads the first rows anew, `limit` of them; rows deleted before can then no longer be restored. */
  async function load(limit = ROWS_AT_ONCE): Promise<void> {
    await contain(async (archive) => {
      const { listRecentThreads, countThreads } = await import('../archive/list-threads.ts')
      const [threads, count] = await Promise.all([listRecentThreads(archive, { limit }), countThreads(archive)])
      deleted.clear()
      rows.value = threads.map(toRow)
      threadCount.value = count.all
      state.value = 'shown'
    })
  }

  /** Adds the next rows below. */
  async function loadMore(): Promise<void> {
    if (isLoadingMore || !hasMore.value) return
    isLoadingMore = true
    await contain(async (archive) => {
      const { listRecentThreads } = await import('../archive/list-threads.ts')
      const threads = await listRecentThreads(archive, { offset: shownCount.value, limit: ROWS_AT_ONCE })
      const known = new Set(rows.value.map(({ thread }) => thread.key))
      // Threads may have been read anew meanwhile and moved up: a row is shown once, and none for ever asked for.
      const added = threads.filter(({ key }) => !known.has(key))
      rows.value = [...rows.value, ...added.map(toRow)]
      if (added.length === 0) threadCount.value = shownCount.value
    })
    isLoadingMore = false
  }

  /** Sums up what the threads take in the database, approximately. */
  async function measure(): Promise<void> {
    await contain(async (archive) => {
      const { measureArchive } = await import('../archive/evict.ts')
      const { cached, saved } = await measureArchive(archive)
      bytes.value = cached + saved
    })
  }

  /** Deletes a thread; its row stays, marked as deleted, and {@link restore} brings it back. */
  async function remove(key: string): Promise<void> {
    await contain(async (archive) => {
      const { deleteThread } = await import('../archive/delete-thread.ts')
      const taken = await deleteThread(archive, key)
      if (taken) deleted.set(key, taken)
      mark(key, true)
      threadCount.value = Math.max(0, threadCount.value - 1)
    })
  }

  /** Undoes a deletion; false when it cannot be undone. */
  async function restore(key: string): Promise<boolean> {
    const taken = deleted.get(key)
    if (!taken) return false
    return contain(async (archive) => {
      const { restoreThread } = await import('../archive/delete-thread.ts')
      await restoreThread(archive, taken)
      deleted.delete(key)
      mark(key, false)
      threadCount.value++
    })
  }

  /** Deletes all that is cached and not saved; returns how many threads that were, undefined when it failed. */
  async function clearCache(): Promise<number | undefined> {
    let cleared: number | undefined
    await contain(async (archive) => {
      const { evictCached } = await import('../archive/evict.ts')
      cleared = (await evictCached(archive, 0)).threads
    })
    return cleared
  }

  /** Whether a thread is in the archive; false also where that cannot be found out. */
  async function has(key: string): Promise<boolean> {
    let isThere = false
    await contain(async (archive) => {
      const { findThreadRecord } = await import('../archive/read-thread.ts')
      isThere = (await findThreadRecord(archive, key)) !== undefined
    })
    return isThere
  }

  function mark(key: string, isDeleted: boolean): void {
    rows.value = rows.value.map((row) => (row.thread.key === key ? { ...row, isDeleted } : row))
  }

  /** Runs work on the archive; a failure is kept for the page to show. True when it went well. */
  async function contain(work: (archive: Archive) => Promise<void>): Promise<boolean> {
    try {
      await work(await useArchive())
      failure.value = undefined
      return true
    } catch (error) {
      failure.value = toFailure(error)
      if (state.value === 'loading') state.value = 'failed'
      return false
    }
  }

  return {
    ...{ state, failure, rows, threadCount, bytes, shownCount, hasMore },
    ...{ load, loadMore, measure, remove, restore, has, clearCache },
  }
})

function toRow(thread: ThreadRecord): LibraryRow {
  return { thread, isDeleted: false }
}
