import type { Thread } from '../core/thread.ts'
import { parseDump, readDump } from '../formats/dump.ts'
import { isDiagnostic } from '../formats/dump/diagnostic.ts'
import type { Diagnostic, DiagnosticCode } from '../formats/dump/diagnostic.ts'
import { type ArchiveError, toArchiveError } from './archive-error.ts'
import type { Archive } from './database.ts'
import { storeThread } from './store-thread.ts'

/** Posts written in one transaction. */
const PIECE = 2000

/** Diagnostics reported, of however many there are. */
const MOST_DIAGNOSTICS = 50

/** Characters of the leftover that are reported. */
const MOST_LEFTOVER = 100_000

/** Worst first; what is not named here is a trifle. */
const WORST: readonly DiagnosticCode[] = [
  'not-a-dump',
  'source-failed',
  'damaged-bytes',
  'truncated-line',
  'text-before-thread',
  'text-before-post',
  'post-outside-thread',
  'duplicate-post',
  'impossible-date',
]

export interface ImportOptions {
  /** Time of the import, ISO 8601 in UTC; now without it. */
  readAt?: string
  /** False to import as cached, to be evicted like any page read; saved without it, for no forum can be asked again. */
  save?: boolean
  /** Called after each piece that was stored. */
  onProgress?: (progress: ImportProgress) => void
  /** Stops the import between two pieces; what was stored stays. */
  signal?: AbortSignal
}

export interface ImportProgress {
  /** Of the source; 0 while a pasted text is read. */
  bytesRead: number
  /** Undefined for a stream, whose length nobody knows. */
  bytesTotal?: number
  threads: number
  posts: number
}

export interface ImportedThread {
  key: string
  title: string
  /** Posts that the dump has of it. */
  posts: number
}

export interface ImportReport {
  /** The threads that are in the archive now, in the order of the dump. */
  threads: ImportedThread[]
  /** Worst first, at most 50 of `diagnosticCount`. */
  diagnostics: { line: number; code: string; message: string }[]
  diagnosticCount: number
  /** Text of the dump that belongs to no post, cut after 100,000 characters. */
  leftover: string
  /** True when the caller's signal stopped it. */
  stopped: boolean
  /** Set when storing failed; `threads` tells what was kept. */
  failure?: ArchiveError
}

/**
 * Reads a dump into the archive, piece by piece, each in one transaction, in bounded memory for a blob or a stream.
 * Merges with what is there: importing a dump twice changes nothing. Never throws: what is wrong with the dump or
 * with the disk is in the report.
 */
export async function importDump(
  archive: Archive,
  source: string | Blob | ReadableStream<Uint8Array>,
  options: ImportOptions = {},
): Promise<ImportReport> {
  const report = new ReportBuilder()
  const importer = new DumpImporter(archive, report, options)
  try {
    if (options.signal?.aborted) return report.finish({ stopped: true })
    const { items, progress } = openSource(source)
    for await (const item of items) {
      if (options.signal?.aborted) return report.finish({ stopped: true })
      if (isDiagnostic(item)) report.addDiagnostic(item)
      else if (!(await importer.store(item, progress))) return report.finish({ stopped: true })
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

/** Stores threads, and parts of threads, in the order of the dump. */
class DumpImporter {
  #archive: Archive
  #report: ReportBuilder
  #options: ImportOptions
  #readAt: string
  /** The part that came last: the next part of the same thread is joined to its last post. */
  #last: Thread | undefined

  constructor(archive: Archive, report: ReportBuilder, options: ImportOptions) {
    this.#archive = archive
    this.#report = report
    this.#options = options
    this.#readAt = options.readAt ?? new Date().toISOString()
  }

  /** False when the caller's signal stopped it between two pieces. */
  async store(thread: Thread, progress: SourceProgress): Promise<boolean> {
    const { onProgress, signal, save = true } = this.#options
    for (let from = 0; from === 0 || from < thread.posts.length; from += PIECE) {
      if (signal?.aborted) return false
      const posts = thread.posts.slice(from, from + PIECE)
      const joint = this.#last?.key === thread.key ? this.#last.posts.slice(-1) : []
      const piece = { ...thread, posts: [...joint, ...posts] }
      await storeThread(this.#archive, piece, { readAt: this.#readAt, source: 'dump', save })
      this.#report.addThread(thread, posts.length)
      if (posts.length) this.#last = { ...thread, posts }
      onProgress?.({ ...progress, ...this.#report.kept() })
    }
    return true
  }
}

class ReportBuilder {
  #threads = new Map<string, ImportedThread>()
  #posts = 0
  #diagnostics = new Map<DiagnosticCode, Diagnostic[]>()
  #diagnosticCount = 0
  #leftover = ''

  addThread({ key, title }: Thread, posts: number): void {
    this.#posts += posts
    const known = this.#threads.get(key)
    this.#threads.set(key, { key, title: known?.title || title, posts: (known?.posts ?? 0) + posts })
  }

  addDiagnostic(diagnostic: Diagnostic): void {
    this.#diagnosticCount++
    const { text, ...rest } = diagnostic
    const same = this.#diagnostics.get(diagnostic.code) ?? []
    if (same.length < MOST_DIAGNOSTICS) this.#diagnostics.set(diagnostic.code, [...same, rest])
    if (text) this.#leftover = (this.#leftover + (this.#leftover && '\n') + text).slice(0, MOST_LEFTOVER)
  }

  kept(): { threads: number; posts: number } {
    return { threads: this.#threads.size, posts: this.#posts }
  }

  finish(end: Pick<ImportReport, 'stopped' | 'failure'>): ImportReport {
    const rank = ({ code }: Diagnostic) => (WORST.includes(code) ? WORST.indexOf(code) : WORST.length)
    const diagnostics = [...this.#diagnostics.values()].flat().sort((a, b) => rank(a) - rank(b) || a.line - b.line)
    return {
      threads: [...this.#threads.values()],
      diagnostics: diagnostics.slice(0, MOST_DIAGNOSTICS),
      diagnosticCount: this.#diagnosticCount,
      leftover: this.#leftover,
      ...end,
    }
  }
}
