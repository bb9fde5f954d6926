import type { Thread } from '../core/thread.ts'
import type { Archive } from './database.ts'
import type { ImportLog } from './import-log/import-log.ts'
import type { ReportBuilder } from './import-report.ts'
import { archiveReading } from './merge.ts'
import type { ThreadSource } from './records.ts'
import { storeThread } from './store-thread.ts'

/** Posts written in one transaction. */
const PIECE = 2000

export interface WriterOptions {
  /** Time of the import, ISO 8601 in UTC; now without it. */
  readAt?: string
  /** False to import as cached, to be evicted like any page read; saved without it, for no forum can be asked again. */
  save?: boolean
  /** Where it is noted what the import changes, so that it can be undone. */
  log?: ImportLog
  /** Stops the import between two pieces; what was stored stays. */
  signal?: AbortSignal
}

/** Writes the threads of a file, and parts of threads, in the order of the file: each piece in one transaction. */
export class PieceWriter {
  #archive: Archive
  #report: ReportBuilder
  #source: ThreadSource
  #options: WriterOptions
  #readAt: string
  /** The part that came last: the next part of the same thread is joined to its last post. */
  #last: Thread | undefined

  constructor(archive: Archive, report: ReportBuilder, source: ThreadSource, options: WriterOptions) {
    this.#archive = archive
    this.#report = report
    this.#source = source
    this.#options = options
    this.#readAt = options.readAt ?? new Date().toISOString()
  }

  /**
   * Merges a thread into the archive. False when the signal stopped it between two pieces, or the import is being undone.
   * Throws `ArchiveError`.
   *
   * @param onPiece called after each piece that was stored
   */
  async store(thread: Thread, onPiece: () => void): Promise<boolean> {
    for (let from = 0; from === 0 || from < thread.posts.length; from += PIECE) {
      if (this.#options.signal?.aborted) return false
      const posts = thread.posts.slice(from, from + PIECE)
      const joint = this.#last?.key === thread.key ? this.#last.posts.slice(-1) : []
      if (!(await this.#write({ ...thread, posts: [...joint, ...posts] }))) return false
      this.#report.addThread(thread, posts.length)
      if (posts.length) this.#last = { ...thread, posts }
      onPiece()
    }
    return true
  }

  async #write(piece: Thread): Promise<boolean> {
    const { log, save = true } = this.#options
    const reading = { readAt: this.#readAt, source: this.#source, save }
    if (!log) await storeThread(this.#archive, piece, reading)
    else if (!(await log.write(archiveReading(piece, reading)))) return false
    return true
  }
}
