import { fromBase64 } from './backup/base64.ts'

/** Kinds of bitmaps that exports put into files. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp' | 'image/avif' | 'image/bmp'

/**
 * What a picture's bytes say that it is; undefined for what is none of these, or is cut short before its size. What a
 * server or an address calls it is not looked at.
 */
export function sniffPicture(bytes: Uint8Array): PictureType | undefined {
  if (startsWith(bytes, 0, '\x89PNG\r\n\x1a\n') && startsWith(bytes, 12, 'IHDR')) {
    return numberAt(bytes, 16, 4) > 0 && numberAt(bytes, 20, 4) > 0 ? 'image/png' : undefined
  }
  if (startsWith(bytes, 0, 'GIF87a') || startsWith(bytes, 0, 'GIF89a')) {
    return bytes.length > 13 ? 'image/gif' : undefined
  }
  if (startsWith(bytes, 0, 'RIFF') && startsWith(bytes, 8, 'WEBPVP8')) return 'image/webp'
  if (startsWith(bytes, 4, 'ftypavi') && (bytes[11] === 0x66 || bytes[11] === 0x73)) return 'image/avif'
  // Two letters begin many a text: the size of the header, and room for what follows it, must be right too.
  if (startsWith(bytes, 0, 'BM') && bytes.length > 54 && BMP_HEADERS.has(numberAt(bytes, 14, 4))) return 'image/bmp'
  return startsWith(bytes, 0, '\xff\xd8\xff') && findJpegFrame(bytes) !== undefined ? 'image/jpeg' : undefined
}

/** Sizes of the headers that bitmaps have, little end first, read big end first. */
const BMP_HEADERS = new Set([0x0c00_0000, 0x2800_0000, 0x6c00_0000, 0x7c00_0000])

/** Walks a JPEG's segments up to the frame's head, which holds the size; undefined where there is none. */
export function findJpegFrame(bytes: Uint8Array): number | undefined {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return undefined
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return numberAt(bytes, at + 5, 2) > 0 && numberAt(bytes, at + 7, 2) > 0 ? at : undefined
    if (marker === 0xd9 || marker === 0xda) return undefined
    at += 2 + Math.max(2, numberAt(bytes, at + 2, 2))
  }
  return undefined
}

/** True where the bytes from `at` on are those of a text of one byte a character. */
export function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}

/** A number of some bytes, big end first. */
export function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0
  for (let index = at; index < at + length; index++) number = number * 256 + (bytes[index] ?? 0)
  return number
}

/** The bytes of a `data:` address with base64; undefined for what cannot be read. */
export function dataBytes(url: string): Uint8Array<ArrayBuffer> | undefined {
  const comma = url.indexOf(',')
  if (!url.startsWith('data:') || !/;base64$/i.test(url.slice(0, comma))) return undefined
  return fromBase64(url.slice(comma + 1))
}
