import { pictureEnding } from '../core/picture-types.ts'
import { toBase64 } from './backup/base64.ts'
import type { ZipFile } from './zip.ts'
import { safeOwnName, UniqueNames } from './file-name.ts'

/** A picture or file that is at hand. */
export interface StoredFile {
  /** What its own bytes were found to be: a type of picture, or `application/octet-stream`. */
  type: string
  /** Read only while it is written: however many a thread has, they are never held together. */
  bytes: Blob
}

/** What is at hand, by the address that posts have for it. */
export type StoredFiles = ReadonlyMap<string, StoredFile>

/** Bytes that are read at once; a multiple of three, so that pieces of base64 join without padding between them. */
const PIECE = 196_608

/** A blob's bytes, a piece at a time. */
export async function* blobPieces(blob: Blob): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let at = 0; at < blob.size; at += PIECE) yield new Uint8Array(await blob.slice(at, at + PIECE).arrayBuffer())
}

/** A text with files in it: blobs are written as base64, a piece at a time. */
export async function* withFilesEncoded(pieces: Iterable<string | Blob>): AsyncGenerator<string> {
  for (const piece of pieces) {
    if (typeof piece === 'string') yield piece
    else for await (const bytes of blobPieces(piece)) yield toBase64(bytes)
  }
}

/**
 * Puts files into a text as `data:` addresses without holding them: the address has a mark in the place of the bytes,
 * which no writer of posts can know, and the text is parted there when it is done.
 */
export class FilesInText {
  #mark = `bytes-${crypto.randomUUID()}-`
  #files: StoredFile[] = []

  /** The address for an attribute; what is no picture is given as bytes of no kind. */
  address(file: StoredFile): string {
    const type = pictureEnding(file.type) ? file.type : 'application/octet-stream'
    return `data:${type};base64,${this.#mark}${this.#files.push(file) - 1};`
  }

  /** The text in pieces, blobs where there were marks. */
  *split(text: string): Generator<string | Blob> {
    const parts = text.split(this.#mark)
    yield parts[0]!
    for (const part of parts.slice(1)) {
      const end = part.indexOf(';')
      yield this.#files[Number(part.slice(0, end))]!.bytes
      yield part.slice(end + 1)
    }
  }
}

/** Collects the files that a text refers to and that lie in a folder beside it, each once. */
export class FilesBeside {
  readonly files: ZipFile[] = []
  #stored: StoredFiles
  #folder: string
  #names = new UniqueNames()
  #paths = new Map<StoredFile, string>()

  /** @param folder its path beside the text, safe; see `file-name.ts` */
  constructor(stored: StoredFiles, folder: string) {
    this.#stored = stored
    this.#folder = folder
  }

  /** The path of the file for an address, relative to the text; undefined where it is not at hand. */
  take(url: string, name?: string): string | undefined {
    const file = this.#stored.get(url)
    if (!file) return undefined
    const known = this.#paths.get(file)
    if (known !== undefined) return known
    const path = `${this.#folder}/${this.#names.take(this.#nameOf(file, name))}`
    this.#paths.set(file, path)
    this.files.push({ name: path, bytes: blobPieces(file.bytes), isStored: true })
    return path
  }

  find(url: string): StoredFile | undefined {
    return this.#stored.get(url)
  }

  /** Pictures are numbered, and end in what they are; files keep the name that the forum has for them. */
  #nameOf(file: StoredFile, name: string | undefined): string {
    const number = String(this.files.length + 1).padStart(4, '0')
    const ending = pictureEnding(file.type)
    return ending ? `${number}.${ending}` : safeOwnName(name ?? '', number)
  }
}

/** A path in an address: each part encoded. */
export function encodePath(path: string): string {
  return path.split('/').map(encodeURIComponent).join('/')
}
