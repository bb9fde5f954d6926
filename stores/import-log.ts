import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { ImportRecord } from '../archive/import-log/records.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** The last imports and restored backups, and undoing them. */
export const useImportLogStore = defineStore('import-log', () => {
  const imports = shallowRef<ImportRecord[]>([])
  /** The import that is being undone, and how far that has come, 0 to 1. */
  const undoing = ref<number>()
  const share = ref(0)
  const failure = shallowRef<Failure>()
  const isBusy = computed(() => undoing.value !== undefined)

  /** Reads which imports can be undone. */
  async function load(): Promise<void> {
    try {
      const [archive, { listImports }] = await Promise.all([
        useArchive(),
        import('../archive/import-log/undo-import.ts'),
      ])
      imports.value = await listImports(archive)
    } catch (error) {
      failure.value = toFailure(error)
    }
  }

  /** Undoes an import; true when it is undone to the end. One that failed half way can be gone on with. */
  async function undo(id: number): Promise<boolean> {
    if (isBusy.value) return false
    undoing.value = id
    share.value = 0
    failure.value = undefined
    try {
      const [archive, { undoImport }] = await Promise.all([
        useArchive(),
        import('../archive/import-log/undo-import.ts'),
      ])
      await undoImport(archive, id, { onProgress: (now) => (share.value = now) })
      return true
    } catch (error) {
      failure.value = toFailure(error)
      return false
    } finally {
      undoing.value = undefined
      await load()
    }
  }

  return { imports, undoing, share, failure, isBusy, load, undo }
})
