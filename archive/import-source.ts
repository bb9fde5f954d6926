/** A file to be read into the archive: the reader's own, or one in a zip. */
export interface ImportSource {
  name: string
  /** Bytes. */
  size: number
  /** Milliseconds since 1970. */
  lastModified: number
  open(): ReadableStream<Uint8Array>
}

/** A file of the reader's. */
export function sourceOf(file: File): ImportSource {
  return { name: file.name, size: file.size, lastModified: file.lastModified, open: () => file.stream() }
}

/** The first bytes; fewer when there are no more. Throws what the stream throws. */
export async function readHead(source: ImportSource, size: number): Promise<Uint8Array> {
  const reader = source.open().getReader()
  const head = new Uint8Array(size)
  let length = 0
  while (length < size) {
    const { done, value } = await reader.read()
    if (done) break
    const part = value.subarray(0, size - length)
    head.set(part, length)
    length += part.length
  }
  await letGo(reader)
  return head.subarray(0, length)
}

/** The whole; undefined when it is larger than `most` bytes, whatever it says of its size. */
export async function readBytes(source: ImportSource, most: number): Promise<Uint8Array | undefined> {
  if (source.size > most) return undefined
  const reader = source.open().getReader()
  const parts: Uint8Array<ArrayBuffer>[] = []
  let size = 0
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    size += next.value.byteLength
    if (size > most) {
      await letGo(reader)
      return undefined
    }
    parts.push(next.value as Uint8Array<ArrayBuffer>)
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer())
}

/** What was wanted of it was read: how a stream takes it that no more is wanted does not matter. */
async function letGo(reader: ReadableStreamDefaultReader<Uint8Array>): Promise<void> {
  await reader.cancel().catch(() => undefined)
}
