import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { toFailure, type Failure } from './failure.ts'
import { useLibraryStore } from './library.ts'
import { useArchive } from './open-archive.ts'
import { removeOldExports } from './save-file.ts'

/** What the browser gives the extension, in bytes; undefined where it does not tell. */
export interface BrowserStorage {
  usage?: number
  quota?: number
  /** True when the browser promises not to clear it by itself. */
  isPersisted: boolean
}

/** What the library takes and may take of the disk. */
export const useStorageStore = defineStore('storage', () => {
  const browserStorage = shallowRef<BrowserStorage>()
  /** Bytes of pictures and files, each counted once. */
  const fileBytes = ref(0)
  /** Approximate bytes of the texts for searching. */
  const textBytes = ref(0)
  const failure = shallowRef<Failure>()

  /** Asks the browser what is used and what there is; a browser that does not tell is no failure. */
  async function measure(): Promise<void> {
    await removeOldExports()
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
      const files = await measureFiles(archive)
      fileBytes.value = files.bytes
      useLibraryStore().takeFileSizes(files.threads)
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

  return { browserStorage, fileBytes, textBytes, failure, measure, persist }
})
