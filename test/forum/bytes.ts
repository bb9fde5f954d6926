import { crc32, deflateSync } from 'node:zlib'

/** A small PNG (soft diagonal stripes), the same for the same seed text. `width` and `height` in pixels. */
export function makePng(seed: string, width = 240, height = 160): Buffer {
  const tint = crc32(seed)
  const colour = [150 + (tint & 0x3f), 150 + ((tint >> 8) & 0x3f), 150 + ((tint >> 16) & 0x3f)]
  const stripe = 12 + ((tint >>> 24) % 24)
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const light = Math.floor((x + y) / stripe) % 2 ? 18 : 0
      rows.set(
        colour.map((part) => part + light),
        y * (1 + width * 3) + 1 + x * 3,
      )
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function chunk(type: string, data: Buffer): Buffer {
  const typed = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(typed.length + 8)
  framed.writeUInt32BE(data.length, 0)
  typed.copy(framed, 4)
  framed.writeUInt32BE(crc32(typed), typed.length + 4)
  return framed
}

/** `size` bytes that are the same for the same seed text. */
export function makeFile(seed: string, size: number): Buffer {
  const bytes = Buffer.alloc(size)
  let state = crc32(seed) || 1
  for (let at = 0; at < size; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0
    bytes[at] = state >>> 16
  }
  return bytes
}

let gb18030: Map<string, Uint8Array> | undefined

/** Text as GB18030 bytes; a character outside the Basic Multilingual Plane becomes `?`. */
export function encodeGb18030(text: string): Buffer {
  gb18030 ??= readGb18030Table()
  const table = gb18030
  return Buffer.concat(
    Array.from(text, (character) =>
      character < '\u0080' ? Buffer.from(character) : (table.get(character) ?? Buffer.from('?')),
    ),
  )
}

/** Node decodes GB18030 but does not write it: the table comes from decoding every two- and four-byte code once. */
function readGb18030Table(): Map<string, Uint8Array> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, Uint8Array>()
  const learn = (bytes: number[]) => {
    const character = decoder.decode(Uint8Array.from(bytes))
    if (Array.from(character).length === 1 && character !== '\ufffd' && !table.has(character))
      table.set(character, Uint8Array.from(bytes))
  }
  for (let first = 0x81; first <= 0xfe; first++) {
    for (let second = 0x40; second <= 0xfe; second++) learn([first, second])
  }
  for (let first = 0x81; first <= 0x84; first++) {
    for (let rest = 0; rest < 10 * 126 * 10; rest++) {
      learn([first, 0x30 + Math.floor(rest / 1260), 0x81 + (Math.floor(rest / 10) % 126), 0x30 + (rest % 10)])
    }
  }
  return table
}
