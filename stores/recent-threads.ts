import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ThreadRecord } from '../archive/records.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** The threads read last, for the popup. */
export const useRecentThreadsStore = defineStore('recent-threads', () => {
  const state = ref<'loading' | 'shown' | 'failed'>('loading')
  const failure = shallowRef<Failure>()
  const threads = shallowRef<ThreadRecord[]>([])

  /** Reads the first rows, `limit` of them. */
  async function load(limit: number): Promise<void> {
    try {
      const [archive, { listRecentThreads }] = await Promise.all([useArchive(), import('../archive/list-threads.ts')])
      threads.value = await listRecentThreads(archive, { limit })
      failure.value = undefined
      state.value = 'shown'
    } catch (error) {
      failure.value = toFailure(error)
      state.value = 'failed'
    }
  }

  /** Whether a thread is in the archive; false also where that cannot be found out. */
  async function has(key: string): Promise<boolean> {
    try {
      const [archive, { findThreadRecord }] = await Promise.all([useArchive(), import('../archive/read-thread.ts')])
      return (await findThreadRecord(archive, key)) !== undefined
    } catch {
      return false
    }
  }

  return { state, failure, threads, load, has }
})
