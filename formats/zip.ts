import { Zip, ZipDeflate, ZipPassThrough } from 'fflate'

/** What a zip without the 64-bit extension can hold; more would be written wrongly. */
const MOST_BYTES = 0xffff_ffff
const MOST_FILES = 0xffff

/** A file to be put into a zip; its bytes come in pieces and are never held together. */
export interface ZipFile {
  /** Path in the zip, parts joined by `/`; safe and unique, see `file-name.ts`. */
  name: string
  bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>
  /** True for what is compressed already. */
  isStored?: boolean
}

/** Thrown when the files do not fit into one zip. */
class ZipTooLarge extends Error {
  readonly code = 'zip-too-large'
}

/**
 * Writes files as one zip while they come: only a piece at a time is held. The same files give the same bytes on every
 * machine; their time is `modified` (its day), 1980-01-01 without it. Throws {@link ZipTooLarge} beyond 4 GB or 65,535
 * files, and whatever the files throw.
 */
export async function* zipFiles(
  files: Iterable<ZipFile> | AsyncIterable<ZipFile>,
  modified?: string,
): AsyncGenerator<Uint8Array> {
  const done: Uint8Array[] = []
  let written = 0
  let count = 0
  const zip = new Zip((error, bytes) => {
    if (error) throw error
    done.push(bytes)
    written += bytes.length
  })
  const checkRoom = () => {
    if (written > MOST_BYTES || count > MOST_FILES) throw new ZipTooLarge('The files do not fit into one zip.')
  }
  for await (const { name, bytes, isStored } of files) {
    const file = isStored ? new ZipPassThrough(name) : new ZipDeflate(name, { level: 6 })
    file.mtime = zipTime(modified)
    count++
    checkRoom()
    zip.add(file)
    let size = 0
    for await (const piece of bytes) {
      size += piece.length
      if (size > MOST_BYTES) throw new ZipTooLarge('A file does not fit into a zip.')
      file.push(piece)
      yield* done.splice(0)
      checkRoom()
    }
    file.push(new Uint8Array(), true)
    yield* done.splice(0)
  }
  zip.end()
  checkRoom()
  yield* done.splice(0)
}

/** The library writes a time's parts in the machine's zone: at noon of the day in that zone they are the same everywhere. */
function zipTime(modified?: string): Date {
  const [, year, month, day] = /^(\d{4})-(\d\d)-(\d\d)/.exec(modified ?? '') ?? []
  const isInRange = Number(year) >= 1980 && Number(year) < 2100
  return isInRange ? new Date(Number(year), Number(month) - 1, Number(day), 12) : new Date(1980, 0, 1, 12)
}
