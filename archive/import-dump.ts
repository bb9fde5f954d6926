import type { Thread } from '../core/thread.ts'
import { parseDump, readDump } from '../formats/dump.ts'
import { isDiagnostic } from '../formats/dump/diagnostic.ts'
import type { Diagnostic } from '../formats/dump/diagnostic.ts'
import { toArchiveError } from './archive-error.ts'
import type { Archive } from './database.ts'
import { ReportBuilder } from './import-report.ts'
import type { ImportReport } from './import-report.ts'
import { PieceWriter } from './piece-writer.ts'
import type { WriterOptions } from './piece-writer.ts'

export interface ImportOptions extends WriterOptions {
  /** What is stored of the sites that the reader described: pages saved from these are read too. */
  ownSites?: readonly unknown[]
  /** Called after each piece that was stored. */
  onProgress?: (progress: ImportProgress) => void
}

export interface ImportProgress {
  /** Of the source; 0 while a pasted text is read. */
  bytesRead: number
  /** Undefined for a stream, whose length nobody knows. */
  bytesTotal?: number
  threads: number
  posts: number
}

/**
 * Reads a dump into the archive, piece by piece, each in one transaction, in bounded memory for a blob or a stream: what
 * is whole is kept, and what is not is told. Merges with what is there: importing a dump twice changes nothing. Never
 * throws: what is wrong with the dump or with the disk is in the report.
 */
export async function importDump(
  archive: Archive,
  source: string | Blob | ReadableStream<Uint8Array>,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = new ReportBuilder()
  const writer = new PieceWriter(archive, report, 'dump', options)
  try {
    if (options.signal?.aborted) return report.finish({ stopped: true })
    const { items, progress } = openSource(source)
    const tell = () => options.onProgress?.({ ...progress, ...report.kept() })
    for await (const item of items) {
      if (options.signal?.aborted) return report.finish({ stopped: true })
      if (isDiagnostic(item)) report.addDiagnostic(item)
      else if (!(await writer.store(item, tell))) return report.finish({ stopped: true })
    }
    return report.finish({ stopped: false })
  } catch (error) {
    return report.finish({ stopped: false, failure: toArchiveError(error, report.kept()) })
  }
}

interface SourceProgress {
  bytesRead: number
  bytesTotal?: number
}

type Items = Iterable<Thread | Diagnostic> | AsyncIterable<Thread | Diagnostic>

/** What the source holds, and how far it has been read. */
function openSource(source: string | Blob | ReadableStream<Uint8Array>): { items: Items; progress: SourceProgress } {
  if (typeof source === 'string') {
    const { threads, diagnostics } = parseDump(source)
    return { items: [...diagnostics, ...threads], progress: { bytesRead: 0 } }
  }
  const progress: SourceProgress = { bytesRead: 0 }
  if (source instanceof Blob) progress.bytesTotal = source.size
  const stream: ReadableStream<Uint8Array> = source instanceof Blob ? source.stream() : source
  const counting = new TransformStream<Uint8Array, Uint8Array>({
    transform(chunk, controller) {
      progress.bytesRead += chunk.byteLength
      controller.enqueue(chunk)
    },
  })
  return { items: readDump(stream.pipeThrough(counting as ReadableWritablePair<Uint8Array, Uint8Array>)), progress }
}
