import { fromBase64 } from '../../formats/backup/base64.ts'
import type { FileLine } from './lines.ts'

/** Larger files are not put together: the reader's limits keep none that large. In bytes. */
const LARGEST_FILE = 500_000_000

/** A file that is whole. */
interface WholeFile {
  hash: string
  bytes: Blob
}

/** Puts the pieces of files together, one file at a time, as they follow each other in a backup. */
export class FilePieces {
  #hash = ''
  #parts: Blob[] = []
  #size = 0
  #isBroken = false

  /**
   * Takes the next piece. Gives the file when this was its last piece, and how many files were given up because pieces of
   * them are missing or damaged.
   */
  add({ hash, size, at, data }: FileLine): { file?: WholeFile; givenUp: number } {
    const givenUp = at === 0 || hash !== this.#hash ? this.giveUp() : 0
    if (at === 0 || hash !== this.#hash) this.#hash = hash
    const bytes = fromBase64(data)
    if (!bytes || at !== this.#size || this.#size + bytes.length > Math.min(size, LARGEST_FILE)) this.#isBroken = true
    if (this.#isBroken || !bytes) return { givenUp }
    this.#parts.push(new Blob([bytes]))
    this.#size += bytes.length
    if (this.#size < size) return { givenUp }
    const file = { hash, bytes: new Blob(this.#parts) }
    this.#clear()
    return { file, givenUp }
  }

  /** Lets go of a file that is not whole; 1 when there was one. */
  giveUp(): number {
    const isOpen = this.#hash !== ''
    this.#clear()
    return isOpen ? 1 : 0
  }

  #clear(): void {
    this.#hash = ''
    this.#parts = []
    this.#size = 0
    this.#isBroken = false
  }
}
