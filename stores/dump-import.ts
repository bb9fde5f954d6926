import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { sendToBackground } from '../messages/messenger.ts'
import type { ImportReply } from '../messages/protocol.ts'
import { readStoredSites } from '../settings/own-sites.ts'
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
  threads: number
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
  /** The last import of files, to undo it by. */
  const importId = ref<number>()
  let controller: AbortController | undefined

  /** Reads a pasted text. The background does it, so that it goes on when the popup closes. */
  async function importText(text: string): Promise<SourceReport> {
    if (text.length > LONGEST_MESSAGE) return (await importFiles([new File([text], '')]))[0]!
    return (await contain(async () => [{ ...(await sendToBackground('dumpPasted', { text })), stopped: false }]))[0]!
  }

  /**
   * Reads files, and those in zips, one after another as one import; ends early, with what was read, when {@link stop} is
   * called.
   */
  async function importFiles(files: readonly File[]): Promise<SourceReport[]> {
    return contain(async (signal, isCurrent) => {
      const [archive, { importFiles: read }, ownSites] = await Promise.all([
        useArchive(),
        import('../archive/import-files.ts'),
        readStoredSites(),
      ])
      const report = await read(archive, files, {
        ...{ signal, ownSites },
        onProgress: ({ bytesRead, bytesTotal, ...rest }) => {
          if (isCurrent()) progress.value = { ...rest, share: bytesTotal ? bytesRead / bytesTotal : 0 }
        },
      })
      if (isCurrent()) importId.value = report.importId
      return report.files.map(({ fileName, threads, diagnostics, diagnosticCount, stopped, failure }) => ({
        ...{ threads, diagnostics, diagnosticCount, stopped },
        ...(fileName === undefined ? {} : { fileName }),
        ...(failure ? { failure: { code: failure.code, message: failure.message } } : {}),
      }))
    })
  }

  /** Runs one import at a time; whatever goes wrong outside of the dump itself becomes a report too. */
  async function contain(
    work: (signal: AbortSignal, isCurrent: () => boolean) => Promise<SourceReport[]>,
  ): Promise<SourceReport[]> {
    controller?.abort()
    const current = new AbortController()
    const isCurrent = () => controller === current
    controller = current
    isBusy.value = true
    clear()
    const done = await work(current.signal, isCurrent).catch((error: unknown) => [failedReport(error)])
    if (isCurrent()) {
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
    importId.value = undefined
  }

  return { isBusy, progress, reports, importId, importText, importFiles, stop, clear }
})

function failedReport(error: unknown): SourceReport {
  const { code, detail } = toFailure(error)
  return { threads: [], diagnostics: [], diagnosticCount: 0, stopped: false, failure: { code, message: detail } }
}
