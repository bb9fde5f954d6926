import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ExportProgress } from '../archive/export-progress.ts'
import type { ExportedFile, ExportRequest } from '../archive/export-threads.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'
import { openDownload, openLargeFile, orDiscard, type FileSink } from './save-file.ts'

/** What the reader chose. */
export type ExportWish = Pick<ExportRequest, 'format' | 'options' | 'language'>

/** What became of an export. */
export interface ExportOutcome {
  fileName: string
  threads: number
  missing: number
}

/** Threads out of the archive into files, and onto the clipboard. One export at a time. */
export const useExportStore = defineStore('export', () => {
  const isBusy = ref(false)
  const progress = shallowRef<ExportProgress>()
  const outcome = shallowRef<ExportOutcome>()
  const failure = shallowRef<Failure>()
  let controller: AbortController | undefined

  /**
   * Writes threads into one file, `'all'` for the whole library. Right after a click, for the browser may ask where to.
   * While one export runs nothing else starts; nothing is kept of one that was stopped.
   */
  async function exportThreads(keys: readonly string[] | 'all', wish: ExportWish): Promise<void> {
    if (isBusy.value) return
    const current = new AbortController()
    controller = current
    isBusy.value = true
    reset()
    const request: ExportRequest = {
      ...wish,
      modified: new Date().toISOString(),
      signal: current.signal,
      onProgress: (now) => (progress.value = now),
    }
    try {
      outcome.value =
        keys !== 'all' && keys.length === 1 ? await saveOne(keys[0]!, request) : await saveMany(keys, request)
    } catch (error) {
      if (!current.signal.aborted) failure.value = toFailure(error)
    }
    isBusy.value = false
    progress.value = undefined
  }

  async function saveOne(key: string, request: ExportRequest): Promise<ExportOutcome> {
    const [archive, { exportThread }] = await Promise.all([useArchive(), import('../archive/export-threads.ts')])
    const file = await exportThread(archive, key, request)
    if (!file) throw Object.assign(new Error('The thread is not in the library.'), { code: 'thread-missing' })
    const sink = openDownload(file.name, file.type)
    return orDiscard(sink, () => save(file, sink))
  }

  async function saveMany(keys: readonly string[] | 'all', request: ExportRequest): Promise<ExportOutcome | undefined> {
    // Nothing may be waited for before the place is asked for but what the page has at hand.
    const { describeBundle, exportThreads: open, listThreadKeys } = await import('../archive/export-threads.ts')
    const { name, type } = describeBundle(request.format, request.modified)
    const sink = await openLargeFile(name, type)
    if (!sink) return undefined
    return orDiscard(sink, async () => {
      const archive = await useArchive()
      return save(open(archive, keys === 'all' ? await listThreadKeys(archive) : keys, request), sink)
    })
  }

  async function save(file: ExportedFile, sink: FileSink): Promise<ExportOutcome> {
    for await (const piece of file.bytes) await sink.write(piece)
    await sink.finish()
    const { threads = 0, missing = 0 } = progress.value ?? {}
    return { fileName: file.name, threads, missing }
  }

  /** A thread as Markdown, for the page to put onto the clipboard; undefined, with a failure, when it cannot be had. */
  async function readMarkdown(key: string, language: string): Promise<string | undefined> {
    try {
      const [archive, { threadMarkdown }] = await Promise.all([useArchive(), import('../archive/export-threads.ts')])
      return await threadMarkdown(archive, key, language)
    } catch (error) {
      failure.value = toFailure(error)
      return undefined
    }
  }

  /** Stops the export; its file is not kept. */
  function stop(): void {
    controller?.abort()
  }

  /** Forgets what became of the last export. */
  function reset(): void {
    outcome.value = undefined
    failure.value = undefined
    progress.value = undefined
  }

  return { isBusy, progress, outcome, failure, exportThreads, readMarkdown, stop, reset }
})
