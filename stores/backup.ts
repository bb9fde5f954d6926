import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { browser } from 'wxt/browser'
import type { ManifestLine } from '../archive/backup/lines.ts'
import type { RestoreProgress } from '../archive/backup/restore-backup.ts'
import type { RestoreReport } from '../archive/backup/restore-report.ts'
import type { BackupProgress, BackupSize } from '../archive/backup/write-backup.ts'
import { readBackupSettings, restoreBackupSettings } from '../settings/backup-settings.ts'
import { readLastBackup, writeLastBackup } from '../settings/last-backup.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'
import { openLargeFile, orDiscard } from './save-file.ts'

/** A file that was chosen to be restored, and what it says that it holds. */
export interface ChosenBackup {
  file: File
  /** Absent when its beginning is damaged, or it is no backup at all. */
  manifest?: ManifestLine
  /** True when a newer version of the extension wrote it. */
  isNewer: boolean
}

/** The whole library into one file, and back. One of the two at a time. */
export const useBackupStore = defineStore('backup', () => {
  const size = shallowRef<BackupSize>()
  /** ISO 8601; of the last backup that was written to its end on this machine. */
  const lastBackupAt = ref<string>()
  const doing = ref<'backup' | 'restore'>()
  const backupProgress = shallowRef<BackupProgress>()
  const restoreProgress = shallowRef<RestoreProgress>()
  const savedAs = ref<string>()
  const chosen = shallowRef<ChosenBackup>()
  const report = shallowRef<RestoreReport>()
  const failure = shallowRef<Failure>()
  const isBusy = computed(() => doing.value !== undefined)
  const isNewer = computed(() => chosen.value?.isNewer ?? false)
  let controller: AbortController | undefined

  /** Counts what a backup would hold. */
  async function load(): Promise<void> {
    try {
      const [archive, { measureBackup }] = await Promise.all([
        useArchive(),
        import('../archive/backup/write-backup.ts'),
      ])
      size.value = await measureBackup(archive)
      lastBackupAt.value = await readLastBackup()
    } catch (error) {
      failure.value = toFailure(error)
    }
  }

  /** Writes a backup, right after a click, for the browser may ask where to. Nothing is kept of one that was stopped. */
  async function backUp(): Promise<void> {
    await run('backup', async (signal) => {
      const createdAt = new Date().toISOString()
      const { describeBackup, writeBackup } = await import('../archive/backup/write-backup.ts')
      const { name, type } = describeBackup(createdAt)
      const sink = await openLargeFile(name, type)
      if (!sink) return
      await orDiscard(sink, async () => {
        const [archive, settings] = await Promise.all([useArchive(), readBackupSettings()])
        const extension = browser.runtime.getManifest().version
        const onProgress = (progress: BackupProgress) => (backupProgress.value = progress)
        const pieces = writeBackup(archive, { createdAt, extension, settings, signal, onProgress })
        for await (const piece of pieces) await sink.write(piece)
        await sink.finish()
      })
      savedAs.value = name
      lastBackupAt.value = createdAt
      await writeLastBackup(createdAt)
    })
  }

  /** Looks at a file before anything of it is restored. */
  async function choose(file: File): Promise<void> {
    if (isBusy.value) return
    reset()
    const [{ findManifest }, { BACKUP_VERSION }] = await Promise.all([
      import('../archive/backup/restore-backup.ts'),
      import('../archive/backup/lines.ts'),
    ])
    const manifest = await findManifest(file)
    chosen.value = { file, isNewer: (manifest?.version ?? 0) > BACKUP_VERSION, ...(manifest ? { manifest } : {}) }
  }

  /** Merges the chosen file into the library; what is whole of it, when it is damaged. */
  async function restore(): Promise<void> {
    const { file } = chosen.value ?? {}
    if (!file) return
    await run('restore', async (signal) => {
      const [archive, { restoreBackup }] = await Promise.all([
        useArchive(),
        import('../archive/backup/restore-backup.ts'),
      ])
      const onProgress = (progress: RestoreProgress) => (restoreProgress.value = progress)
      const onSettings = async (values: Record<string, unknown>) => void (await restoreBackupSettings(values))
      report.value = await restoreBackup(archive, file, { signal, onProgress, onSettings })
    })
    await load()
  }

  async function run(what: 'backup' | 'restore', work: (signal: AbortSignal) => Promise<void>): Promise<void> {
    if (isBusy.value) return
    const current = new AbortController()
    controller = current
    doing.value = what
    savedAs.value = undefined
    report.value = undefined
    failure.value = undefined
    try {
      await work(current.signal)
    } catch (error) {
      if (!current.signal.aborted) failure.value = toFailure(error)
    }
    doing.value = undefined
    chosen.value = undefined
    backupProgress.value = undefined
    restoreProgress.value = undefined
  }

  /** Stops what is under way: of a backup nothing is kept, of a restoring what was restored. */
  function stop(): void {
    controller?.abort()
  }

  /** Forgets what was chosen and what became of the last doing. */
  function reset(): void {
    chosen.value = undefined
    report.value = undefined
    savedAs.value = undefined
    failure.value = undefined
  }

  return {
    ...{
      size,
      lastBackupAt,
      doing,
      isBusy,
      backupProgress,
      restoreProgress,
      savedAs,
      chosen,
      report,
      failure,
      isNewer,
    },
    ...{ load, backUp, choose, restore, stop, reset },
  }
})
