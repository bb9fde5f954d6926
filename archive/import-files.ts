import { listZip } from '../formats/unzip.ts'
import { toArchiveError } from './archive-error.ts'
import type { Archive } from './database.ts'
import { importDump } from './import-dump.ts'
import type { ImportOptions } from './import-dump.ts'
import { importFile, readKind, refusalOf } from './import-file.ts'
import { ImportLog } from './import-log/import-log.ts'
import { ReportBuilder } from './import-report.ts'
import type { ImportReport } from './import-report.ts'
import { sourceOf } from './import-source.ts'
import type { ImportSource } from './import-source.ts'
import { omit } from './plain-value.ts'

/** How far an import of files has come. */
export interface BatchProgress {
  fileName: string
  /** 1-based. */
  file: number
  files: number
  /** Of all files. */
  bytesRead: number
  bytesTotal: number
  threads: number
  posts: number
}

export interface FileReport extends ImportReport {
  fileName?: string
}

/** What became of an import. */
export interface BatchReport {
  /** In the order in which they were read; files that it did not come to are not here. */
  files: FileReport[]
  /** To undo it by; absent when it changed nothing. */
  importId?: number
  /** True when the caller's signal stopped it. */
  stopped: boolean
}

export interface BatchOptions extends Omit<ImportOptions, 'log' | 'onProgress'> {
  onProgress?: (progress: BatchProgress) => void
}

/**
 * Reads files into the archive, one after another, and those in zips, as one import that can be undone whole. A full disk
 * or another failure of the archive ends it; what was stored stays, and each file's report tells. Throws `ArchiveError`
 * when the archive cannot be opened.
 */
export async function importFiles(
  archive: Archive,
  files: readonly File[],
  options: BatchOptions = {},
): Promise<BatchReport> {
  const readAt = options.readAt ?? new Date().toISOString()
  const log = await ImportLog.begin(archive, { kind: 'import', startedAt: readAt })
  const batch = new Batch(files, { ...options, readAt, log })
  for (const file of files) {
    if (batch.isOver && batch.reports.length > 0) break
    batch.beginFile(file.name, file.size)
    await log.addSource(file.name)
    for await (const source of openFile(sourceOf(file), file, batch)) {
      if (batch.isOver && batch.reports.length > 0) break
      batch.add(source.name, await importFile(archive, source, batch.optionsFor()))
    }
  }
  return { files: batch.reports, stopped: batch.stopped, ...(await log.end(batch.stopped ? 'stopped' : 'done')) }
}

/** Reads a pasted text into the archive, as an import that can be undone. Throws as {@link importFiles} does. */
export async function importText(archive: Archive, text: string): Promise<ImportReport> {
  const readAt = new Date().toISOString()
  const log = await ImportLog.begin(archive, { kind: 'import', startedAt: readAt })
  await log.addSource('')
  const report = await importDump(archive, text, { readAt, log })
  await log.end('done')
  return report
}

/** The file itself, or the files in it. */
async function* openFile(source: ImportSource, file: File, batch: Batch): AsyncGenerator<ImportSource> {
  // A file that cannot be read is said to be one by whoever reads it.
  const kind = await readKind(source).catch(() => 'dump' as const)
  if (kind !== 'zip') return yield source
  try {
    const files = await listZip(file)
    if (files.length === 0) return batch.add(source.name, refusalOf('empty'))
    if (files[0]!.name === 'mimetype') return batch.add(source.name, refusalOf('book'))
    for (const { name, size, open } of files) {
      // What a Mac puts into each zip beside the files.
      if (name.startsWith('__MACOSX/')) continue
      yield { name: `${source.name} / ${name}`, size, open, lastModified: file.lastModified }
    }
  } catch (error) {
    batch.add(source.name, damagedZip(error))
  }
}

function damagedZip(error: unknown): ImportReport {
  const report = new ReportBuilder()
  report.addIssue({ line: 1, code: 'zip-damaged', message: toArchiveError(error).message })
  return report.finish({ stopped: false })
}

/** Keeps count of the files that were read. */
class Batch {
  readonly reports: FileReport[] = []
  stopped = false
  #options: BatchOptions & { log: ImportLog }
  #progress: BatchProgress
  /** What the reports tell so far. */
  #kept = { threads: 0, posts: 0 }
  #fileStart = 0
  #fileEnd = 0
  #isBroken = false

  constructor(files: readonly File[], options: BatchOptions & { log: ImportLog }) {
    this.#options = options
    const bytesTotal = files.reduce((sum, { size }) => sum + size, 0)
    this.#progress = { fileName: '', file: 0, files: files.length, bytesRead: 0, bytesTotal, threads: 0, posts: 0 }
  }

  get isOver(): boolean {
    this.stopped ||= this.#options.signal?.aborted === true
    return this.stopped || this.#isBroken
  }

  beginFile(fileName: string, size: number): void {
    this.#fileStart = this.#fileEnd
    this.#fileEnd += size
    this.#tell({ ...this.#kept, fileName, file: this.#progress.file + 1, bytesRead: this.#fileStart })
  }

  add(fileName: string, report: ImportReport): void {
    this.stopped ||= report.stopped
    this.#isBroken ||= report.failure !== undefined
    this.#kept.threads += report.threads.length
    for (const { posts } of report.threads) this.#kept.posts += posts
    this.reports.push({ ...report, ...(fileName ? { fileName } : {}) })
  }

  optionsFor(): ImportOptions {
    const options = omit(this.#options, 'onProgress')
    const { threads: threadsBefore, posts: postsBefore } = this.#kept
    // What is unpacked from a zip is more than the zip.
    const onProgress: ImportOptions['onProgress'] = ({ bytesRead, threads, posts }) =>
      this.#tell({
        bytesRead: Math.min(this.#fileEnd, this.#fileStart + bytesRead),
        threads: threadsBefore + threads,
        posts: postsBefore + posts,
      })
    return { ...options, onProgress }
  }

  #tell(now: Partial<BatchProgress>): void {
    this.#progress = { ...this.#progress, ...now }
    this.#options.onProgress?.(this.#progress)
  }
}
