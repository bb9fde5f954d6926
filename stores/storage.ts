import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** What the browser gives the extension, in bytes; undefined where it does not tell. */
export interface BrowserStorage {
  usage?: number
  quota?: number
  /** True when the browser promises not to clear it by itself. */
  isPersisted: boolean
}

/** What the library may take of the disk, and making room. */
export const useStorageStore = defineStore('storage', () => {
  const browserStorage = shallowRef<BrowserStorage>()
  /** Bytes of pictures and files, each counted once. */
  const fileBytes = ref(0)
  /** Approximate bytes of the texts for searching. */
  const textBytes = ref(0)
  const failure = shallowRef<Failure>()
  const isClearing = ref(false)

  /** Asks the browser what is used and what there is; a browser that does not tell is no failure. */
  async function measure(): Promise<void> {
    const [estimate, isPersisted] = await Promise.all([
      navigator.storage.estimate().catch(() => ({})),
      navigator.storage.persisted().catch(() => false),
      measureKept(),
    ])
    const { usage, quota }: StorageEstimate = estimate
    browserStorage.value = { ...(usage !== undefined && { usage }), ...(quota !== undefined && { quota }), isPersisted }
  }

  async function measureKept(): Promise<void> {
    try {
      const [archive, { measureFiles }, { measureTexts }] = await Promise.all([
        useArchive(),
        import('../archive/measure-files.ts'),
        import('../archive/search/measure-texts.ts'),
      ])
      fileBytes.value = (await measureFiles(archive)).bytes
      textBytes.value = await measureTexts(archive)
    } catch (error) {
      failure.value = toFailure(error)
    }
  }

  /** Asks the browser never to clear the library by itself; true when it promises. */
  async function persist(): Promise<boolean> {
    const isPromised = await navigator.storage.persist().catch(() => false)
    await measure()
    return isPromised
  }

  /** Deletes all that is cached and not saved; returns how many threads that were, undefined when it failed. */
  async function clearCache(): Promise<number | undefined> {
    if (isClearing.value) return undefined
    isClearing.value = true
    failure.value = undefined
    try {
      const [archive, { evictCached }] = await Promise.all([useArchive(), import('../archive/evict.ts')])
      return (await evictCached(archive, 0)).threads
    } catch (error) {
      failure.value = toFailure(error)
      return undefined
    } finally {
      isClearing.value = false
    }
  }

  return { browserStorage, fileBytes, textBytes, failure, isClearing, measure, persist, clearCache }
})
