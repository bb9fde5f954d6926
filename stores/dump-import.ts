import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { sendToBackground } from '../messages/messenger.ts'
import type { ImportReply } from '../messages/protocol.ts'
import { toFailure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** How far the reading of files has come. */
export interface FilesProgress {
  fileName: string
  /** 1-based. */
  file: number
  files: number
  /** Of all files together, 0 to 1. */
  share: number
  posts: number
}

/** What became of one source: a file, or a pasted text (without a name). */
export interface SourceReport extends ImportReply {
  fileName?: string
  /** True when the reader stopped it. */
  stopped: boolean
}

/** Longer texts do not fit into one message with certainty; they are read as files are. In characters. */
const LONGEST_MESSAGE = 8_000_000

/** Reading dumps into the archive: pasted text in the background, files here, where they can be streamed. */
export const useDumpImportStore = defineStore('dump-import', () => {
  const isBusy = ref(false)
  const progress = shallowRef<FilesProgress>()
  const reports = shallowRef<SourceReport[]>([])
  let controller: AbortController | undefined

  /** Reads a pasted text. The background does it, so that it goes on when the popup closes. */
  async function importText(text: string): Promise<SourceReport> {
    if (text.length > LONGEST_MESSAGE) return (await importFiles([new File([text], '')]))[0]!
    return (await contain(async () => [{ ...(await sendToBackground('dumpPasted', { text })), stopped: false }]))[0]!
  }

  /** Reads files one after another; ends early, with what was read, when {@link stop} is called. */
  async function importFiles(files: readonly File[]): Promise<SourceReport[]> {
    return contain(async (signal) => {
      const done: SourceReport[] = []
      for (const [index, file] of files.entries()) {
        if (signal.aborted && index > 0) break
        done.push(await importFile(file, index, files, signal))
      }
      return done
    })
  }

  async function importFile(
    file: File,
    index: number,
    files: readonly File[],
    signal: AbortSignal,
  ): Promise<SourceReport> {
    const [archive, { importFile: read }] = await Promise.all([useArchive(), import('../archive/import-file.ts')])
    const total = files.reduce((sum, { size }) => sum + size, 0)
    const before = files.slice(0, index).reduce((sum, { size }) => sum + size, 0)
    const tell = (bytesRead: number, posts: number) => {
      const share = total ? (before + bytesRead) / total : 0
      progress.value = { fileName: file.name, file: index + 1, files: files.length, share, posts }
    }
    tell(0, 0)
    const report = await read(archive, file, {
      signal,
      onProgress: ({ bytesRead, posts }) => tell(bytesRead, posts),
    })
    const { threads, diagnostics, diagnosticCount, stopped, failure } = report
    return {
      ...{ threads, diagnostics, diagnosticCount, stopped },
      ...(file.name ? { fileName: file.name } : {}),
      ...(failure ? { failure: { code: failure.code, message: failure.message } } : {}),
    }
  }

  /** Runs one import at a time; whatever goes wrong outside of the dump itself becomes a report too. */
  async function contain(work: (signal: AbortSignal) => Promise<SourceReport[]>): Promise<SourceReport[]> {
    controller?.abort()
    const current = new AbortController()
    controller = current
    isBusy.value = true
    reports.value = []
    const done = await work(current.signal).catch((error: unknown) => [failedReport(error)])
    if (controller === current) {
      reports.value = done
      isBusy.value = false
      progress.value = undefined
    }
    return done
  }

  /** Stops reading; what was stored stays. */
  function stop(): void {
    controller?.abort()
  }

  /** Forgets the last reports. */
  function clear(): void {
    reports.value = []
  }

  return { isBusy, progress, reports, importText, importFiles, stop, clear }
})

function failedReport(error: unknown): SourceReport {
  const { code, detail } = toFailure(error)
  return { threads: [], diagnostics: [], diagnosticCount: 0, stopped: false, failure: { code, message: detail } }
}
