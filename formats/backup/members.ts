/**
 * The container of backups: gzip members one after another, each of whole lines, each with its own size in its header and
 * its own checksum. Any gzip reads the whole as one text; a damaged member costs no other. See docs/backup-format.md.
 */

/** What a member begins with: gzip with an extra field `LB` of four bytes, which hold the member's size. */
const SIGNATURE = Uint8Array.of(0x1f, 0x8b, 8, 4, 0, 0, 0, 0, 0, 0xff, 8, 0, 0x4c, 0x42, 4, 0)
const HEADER = SIGNATURE.length + 4
/** A gzip header without any extras, as the browser writes it. */
const PLAIN_HEADER = 10

/** Larger members are not read: none that we write comes near. In bytes. */
const LARGEST_MEMBER = 64_000_000
const LARGEST_TEXT = 100_000_000

/** Bytes that are looked through at once for the next member behind a damaged one. */
const WINDOW = 1_000_000

/** Packs a text as one member. */
export async function packMember(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const packed = new Blob([text]).stream().pipeThrough(new CompressionStream('gzip'))
  const plain = new Uint8Array(await new Response(packed).arrayBuffer())
  const member = new Uint8Array(plain.length - PLAIN_HEADER + HEADER)
  member.set(SIGNATURE)
  new DataView(member.buffer).setUint32(SIGNATURE.length, member.length, true)
  member.set(plain.subarray(PLAIN_HEADER), HEADER)
  return member
}

/** A part of a backup file: a member's text, or bytes that hold no whole member. */
export interface BackupPart {
  /** In bytes. */
  offset: number
  end: number
  /** Absent where the file is damaged. */
  text?: string
}

/**
 * Reads a backup's parts in the order of the file, one in memory at a time. What is damaged is one part up to the next
 * whole member. Throws only when the file cannot be read any more.
 */
export async function* readMembers(file: Blob): AsyncGenerator<BackupPart> {
  let offset = 0
  let damagedFrom: number | undefined
  while (offset < file.size) {
    const member = await readMember(file, offset)
    if (!member) {
      damagedFrom ??= offset
      offset = await findMember(file, offset + 1)
      continue
    }
    if (damagedFrom !== undefined) yield { offset: damagedFrom, end: offset }
    damagedFrom = undefined
    yield { offset, ...member }
    offset = member.end
  }
  if (damagedFrom !== undefined) yield { offset: damagedFrom, end: file.size }
}

/** The member at a place; undefined when none stands there, or a damaged one. */
export async function readMember(file: Blob, offset: number): Promise<{ text: string; end: number } | undefined> {
  const header = new Uint8Array(await file.slice(offset, offset + HEADER).arrayBuffer())
  if (header.length < HEADER || SIGNATURE.some((byte, index) => header[index] !== byte)) return undefined
  const size = new DataView(header.buffer).getUint32(SIGNATURE.length, true)
  const text = await unpack(file, offset, offset + size)
  if (text !== undefined) return { text, end: offset + size }
  // The size itself may be what is damaged: then the next member, or the end, tells it.
  const end = await findMember(file, offset + HEADER)
  const anew = end === offset + size ? undefined : await unpack(file, offset, end)
  return anew === undefined ? undefined : { text: anew, end }
}

/** The place of the next member's beginning; the file's end when there is none. */
async function findMember(file: Blob, from: number): Promise<number> {
  const overlap = SIGNATURE.length - 1
  for (let start = from; start < file.size; start += WINDOW - overlap) {
    const bytes = new Uint8Array(await file.slice(start, start + WINDOW).arrayBuffer())
    for (let at = bytes.indexOf(SIGNATURE[0]!); at >= 0; at = bytes.indexOf(SIGNATURE[0]!, at + 1)) {
      if (at + SIGNATURE.length <= bytes.length && SIGNATURE.every((byte, index) => bytes[at + index] === byte))
        return start + at
    }
  }
  return file.size
}

/** Undefined when the bytes are not what they were, or unpack to more than any backup holds. */
async function unpack(file: Blob, from: number, to: number): Promise<string | undefined> {
  if (to > file.size || to - from <= HEADER || to - from > LARGEST_MEMBER) return undefined
  const reader = file.slice(from, to).stream().pipeThrough(new DecompressionStream('gzip')).getReader()
  const decoder = new TextDecoder()
  const pieces: string[] = []
  let size = 0
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      size += next.value.byteLength
      if (size > LARGEST_TEXT) return undefined
      pieces.push(decoder.decode(next.value, { stream: true }))
    }
    return pieces.join('') + decoder.decode()
  } catch {
    return undefined
  } finally {
    await reader.cancel().catch(() => undefined)
  }
}
