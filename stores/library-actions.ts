import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Archive } from '../archive/database.ts'
import type { BatchOptions } from '../archive/batches.ts'
import type { TagOutcome, TagWish } from '../archive/tag-threads.ts'
import type { TrashedBatch } from '../archive/trash.ts'
import { forgetGoneLooks } from '../settings/reader-looks.ts'
import { toFailure, type Failure } from './failure.ts'
import { useLibraryStore } from './library.ts'
import { useArchive } from './open-archive.ts'

/** What is being done to many threads. */
export interface LibraryWork {
  kind: 'delete' | 'restore' | 'purge' | 'tag' | 'save'
  done: number
  total: number
}

/** What the reader does to the threads of the library. One thing at a time; each can be stopped between two batches. */
export const useLibraryActionsStore = defineStore('library-actions', () => {
  const library = useLibraryStore()
  const work = shallowRef<LibraryWork>()
  const failure = shallowRef<Failure>()
  const trash = shallowRef<TrashedBatch[]>([])
  const trashedCount = computed(() => trash.value.reduce((sum, { keys }) => sum + keys.length, 0))
  const isBusy = ref(false)
  let controller: AbortController | undefined

  /** Deletes threads, which can be undone for a while; gives the keys of those that are gone. */
  async function remove(keys: readonly string[]): Promise<string[] | undefined> {
    const deletedAt = nextMoment()
    return run('delete', keys, async (archive, options) => {
      const { trashThreads } = await import('../archive/trash.ts')
      return trashThreads(archive, keys, { ...options, deletedAt })
    })
  }

  /**
   * Deletes all that is cached and not saved, which can be undone for a while, but not on a disk that is too full for the
   * trash; gives how many threads are gone.
   */
  async function clearCache(): Promise<number | undefined> {
    const deletedAt = nextMoment()
    return run('delete', findCached, async (archive, { keys, ...options }) => {
      const { trashThreads } = await import('../archive/trash.ts')
      try {
        return (await trashThreads(archive, keys, { ...options, deletedAt, isCacheOnly: true })).length
      } catch (error) {
        if (toFailure(error).code !== 'quota-exceeded') throw error
        const { evictCached } = await import('../archive/evict.ts')
        return (await evictCached(archive, 0)).threads
      }
    })
  }

  async function findCached(archive: Archive): Promise<string[]> {
    const { listCachedKeys } = await import('../archive/list-threads.ts')
    return listCachedKeys(archive)
  }

  /** Undoes the last deletion, or all that still can be; gives the keys of the threads that are back. */
  async function restore(what: 'last' | 'all'): Promise<string[] | undefined> {
    const batches = what === 'last' ? trash.value.slice(0, 1) : trash.value.toReversed()
    const keys = batches.flatMap((batch) => batch.keys)
    return run('restore', keys, async (archive, { signal, onProgress }) => {
      const { restoreTrashed } = await import('../archive/trash.ts')
      const back: string[] = []
      for (const { deletedAt } of batches) {
        const before = back.length
        back.push(
          ...(await restoreTrashed(archive, deletedAt, { signal, onProgress: (done) => onProgress(before + done) })),
        )
      }
      return back
    })
  }

  /** Deletes for good all that lies in the trash. */
  async function purge(): Promise<void> {
    const keys = trash.value.flatMap((batch) => batch.keys)
    await run('purge', keys, async (archive, options) => {
      const { findGoneThreads, purgeTrash } = await import('../archive/trash.ts')
      await purgeTrash(archive, options)
      await forgetGoneLooks((asked) => findGoneThreads(archive, asked))
    })
  }

  /** Gives tags to threads and takes tags away. */
  async function tag(keys: readonly string[], wish: TagWish): Promise<TagOutcome | undefined> {
    return run('tag', keys, async (archive, options) => {
      const { tagThreads } = await import('../archive/tag-threads.ts')
      return tagThreads(archive, keys, wish, { ...options, at: new Date().toISOString() })
    })
  }

  /** Gives a tag another name everywhere, or with `undefined` takes it away; gives how many threads that were. */
  async function changeTag(from: string, to: string | undefined): Promise<number | undefined> {
    const keys = library.sorted.filter(({ tags }) => tags.includes(from)).map(({ key }) => key)
    return run('tag', keys, async (archive) => {
      const { deleteTag, renameTag } = await import('../archive/tag-threads.ts')
      const at = new Date().toISOString()
      return to === undefined ? deleteTag(archive, from, at) : renameTag(archive, from, to, at)
    })
  }

  /** Keeps threads until they are deleted, or makes them cached ones again; gives how many are another kind now. */
  async function save(keys: readonly string[], isSaved: boolean): Promise<number | undefined> {
    return run('save', keys, async (archive, options) => {
      const { markSaved } = await import('../archive/mark-threads.ts')
      return markSaved(archive, keys, isSaved ? new Date().toISOString() : undefined, options)
    })
  }

  /** Looks what can still be had back, and lets go for good of what no longer can. */
  async function lookAtTrash(): Promise<void> {
    try {
      const [archive, { listTrash }] = await Promise.all([useArchive(), import('../archive/trash.ts')])
      trash.value = await listTrash(archive, new Date())
    } catch (error) {
      failure.value = toFailure(error)
    }
  }

  /** Lets go for good of what was deleted too long ago. */
  async function emptyOldTrash(): Promise<void> {
    try {
      const [archive, { purgeTrash }] = await Promise.all([useArchive(), import('../archive/trash.ts')])
      await purgeTrash(archive, { now: new Date() })
    } catch (error) {
      failure.value = toFailure(error)
    }
    await lookAtTrash()
  }

  /** Stops what is being done; what was done stays done. */
  function stop(): void {
    controller?.abort()
  }

  /** While one thing is done nothing else starts: undefined then, and when it failed. */
  async function run<Result>(
    kind: LibraryWork['kind'],
    which: readonly string[] | ((archive: Archive) => Promise<string[]>),
    act: (archive: Archive, options: Required<BatchOptions> & { keys: readonly string[] }) => Promise<Result>,
  ): Promise<Result | undefined> {
    if (isBusy.value) return undefined
    isBusy.value = library.isHeld = true
    controller = new AbortController()
    failure.value = undefined
    let keys: readonly string[] = []
    const onProgress = (done: number) => (work.value = { kind, done, total: keys.length })
    const { signal } = controller
    try {
      const archive = await useArchive()
      keys = typeof which === 'function' ? await which(archive) : which
      onProgress(0)
      return await act(archive, { keys, signal, onProgress })
    } catch (error) {
      failure.value = toFailure(error)
      return undefined
    } finally {
      // Also after a failure: some batches may have been done before it.
      await Promise.all([library.refresh(keys), lookAtTrash()])
      work.value = undefined
      isBusy.value = library.isHeld = false
    }
  }

  return {
    ...{ work, failure, trash, trashedCount, isBusy },
    ...{ remove, clearCache, restore, purge, tag, changeTag, save, lookAtTrash, emptyOldTrash, stop },
  }
})

let lastMoment = 0

/** The time, ISO 8601 in UTC, later than any given before: it names a deletion, and two in a moment are two. */
function nextMoment(): string {
  lastMoment = Math.max(Date.now(), lastMoment + 1)
  return new Date(lastMoment).toISOString()
}
