/** A file in a zip. */
export interface ZippedFile {
  /** Path in the zip, as it stands there. */
  name: string
  /** Bytes, as the zip says; more never come. */
  size: number
  /** Its bytes; the stream fails with {@link ZipDamaged} or a `TypeError` when they are damaged. */
  open(): ReadableStream<Uint8Array>
}

/** Thrown for what is no zip, or one that is damaged, locked or made to fill the disk. */
class ZipDamaged extends Error {
  readonly code = 'zip-damaged'
}

const END_SIGN = 0x0605_4b50
const ENTRY_SIGN = 0x0201_4b50
const LOCAL_SIGN = 0x0403_4b50
const END_SIZE = 22
const ENTRY_SIZE = 46
const LOCAL_SIZE = 30

/** The list of files is read whole; 65,535 of them with long names fit. In bytes. */
const LARGEST_LIST = 50_000_000

/** What a file may grow to, however small it was packed. In bytes. */
const HARMLESS = 100_000_000

/** Beyond that, how many times its packed size: text packs to a tenth, a bomb to a thousandth. */
const MOST_TIMES = 100

/**
 * The files in a zip, in the order of its list; folders and files with a password are left out. Only the list is read;
 * each file is unpacked as it is read. Throws {@link ZipDamaged}; zips of the 64-bit kind are not known.
 */
export async function listZip(zip: Blob): Promise<ZippedFile[]> {
  const end = await findEnd(zip)
  const [count, size, offset] = [end.getUint16(10, true), end.getUint32(12, true), end.getUint32(16, true)]
  if (size > LARGEST_LIST || offset + size > zip.size) throw new ZipDamaged('The list of the files does not fit.')
  const list = new DataView(await zip.slice(offset, offset + size).arrayBuffer())
  const files: ZippedFile[] = []
  let packed = 0
  for (let at = 0, index = 0; index < count; index++) {
    if (at + ENTRY_SIZE > size || list.getUint32(at, true) !== ENTRY_SIGN)
      throw new ZipDamaged('The list of the files breaks off.')
    const [nameSize, extraSize, noteSize] = [28, 30, 32].map((place) => list.getUint16(at + place, true))
    const nameAt = at + ENTRY_SIZE
    const name = new TextDecoder().decode(new Uint8Array(list.buffer, nameAt, Math.min(nameSize!, size - nameAt)))
    packed += list.getUint32(at + 20, true)
    const isLocked = (list.getUint16(at + 8, true) & 1) !== 0
    if (!isLocked && !name.endsWith('/')) files.push(fileOf(zip, list, at, name))
    at = nameAt + nameSize! + extraSize! + noteSize!
  }
  // Many names for the same bytes: a small zip that would be read for ever.
  if (packed > zip.size) throw new ZipDamaged('The files take more than the zip.')
  return files
}

/** The record at a zip's end; a note of up to 64 KB may stand behind it. */
async function findEnd(zip: Blob): Promise<DataView> {
  const from = Math.max(0, zip.size - END_SIZE - 0xffff)
  const tail = new DataView(await zip.slice(from).arrayBuffer())
  for (let at = tail.byteLength - END_SIZE; at >= 0; at--) {
    if (tail.getUint32(at, true) === END_SIGN) return new DataView(tail.buffer, at)
  }
  throw new ZipDamaged('The end of the zip is missing.')
}

function fileOf(zip: Blob, list: DataView, at: number, name: string): ZippedFile {
  const [method, packed, size, offset] = [
    list.getUint16(at + 10, true),
    list.getUint32(at + 20, true),
    list.getUint32(at + 24, true),
    list.getUint32(at + 42, true),
  ]
  async function openPacked(): Promise<ReadableStream<Uint8Array<ArrayBuffer>>> {
    if (method !== 0 && method !== 8) throw new ZipDamaged(`${name} is packed in a way that is not known.`)
    if (size > Math.max(HARMLESS, packed * MOST_TIMES)) throw new ZipDamaged(`${name} would grow without measure.`)
    const local = new DataView(await zip.slice(offset, offset + LOCAL_SIZE).arrayBuffer())
    if (local.byteLength < LOCAL_SIZE || local.getUint32(0, true) !== LOCAL_SIGN)
      throw new ZipDamaged(`${name} is not where the list says.`)
    const start = offset + LOCAL_SIZE + local.getUint16(26, true) + local.getUint16(28, true)
    const bytes = zip.slice(start, start + packed).stream()
    return method === 0 ? bytes : bytes.pipeThrough(new DecompressionStream('deflate-raw'))
  }
  async function* bytes(): AsyncGenerator<Uint8Array> {
    let left = size
    for await (const piece of piecesOf(await openPacked())) {
      left -= piece.byteLength
      if (left < 0) throw new ZipDamaged(`${name} is longer than the list says.`)
      yield piece
    }
    if (left > 0) throw new ZipDamaged(`${name} is cut off.`)
  }
  return { name, size, open: () => streamOf(bytes()) }
}

/** A stream's pieces; not every browser can iterate streams. */
async function* piecesOf(stream: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = stream.getReader()
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) yield next.value
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}

function streamOf(pieces: AsyncGenerator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await pieces.next()
      if (done) controller.close()
      else controller.enqueue(value)
    },
    async cancel() {
      await pieces.return(undefined)
    },
  })
}
