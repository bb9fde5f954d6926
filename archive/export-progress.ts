export interface ExportProgress {
  /** Threads that are written whole. */
  threads: number
  total: number
  bytes: number
  /** Threads that were no longer in the archive. */
  missing: number
}

/** Tells the caller how far the export has come. */
export class ExportCounter {
  #progress: ExportProgress
  #tell: (progress: ExportProgress) => void

  constructor(total: number, onProgress?: (progress: ExportProgress) => void) {
    this.#progress = { threads: 0, total, bytes: 0, missing: 0 }
    this.#tell = onProgress ?? (() => {})
  }

  async *count(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of pieces) {
      this.#add({ bytes: piece.length })
      yield piece
    }
  }

  endThread(): void {
    this.#add({ threads: 1 })
  }

  missThread(): void {
    this.#add({ missing: 1 })
  }

  #add({ threads = 0, bytes = 0, missing = 0 }: Partial<ExportProgress>): void {
    const before = this.#progress
    this.#progress = {
      ...before,
      threads: before.threads + threads,
      bytes: before.bytes + bytes,
      missing: before.missing + missing,
    }
    this.#tell(this.#progress)
  }
}
