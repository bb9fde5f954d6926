/** Kinds of bitmaps that exports put into files. */
export type PictureType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp'

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
  return startsWith(bytes, 0, '\xff\xd8\xff') && hasJpegFrame(bytes) ? 'image/jpeg' : undefined
}

/** Walks the segments up to the frame's head, which holds the size. */
function hasJpegFrame(bytes: Uint8Array): boolean {
  let at = 2
  while (at + 9 < bytes.length) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1]!
    if (marker === 0xff) {
      at++
      continue
    }
    const isFrame = marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc
    if (isFrame) return numberAt(bytes, at + 5, 2) > 0 && numberAt(bytes, at + 7, 2) > 0
    if (marker === 0xd9 || marker === 0xda) return false
    at += 2 + Math.max(2, numberAt(bytes, at + 2, 2))
  }
  return false
}

function startsWith(bytes: Uint8Array, at: number, text: string): boolean {
  for (let index = 0; index < text.length; index++) if (bytes[at + index] !== text.charCodeAt(index)) return false
  return true
}

function numberAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0
  for (let index = at; index < at + length; index++) number = number * 256 + (bytes[index] ?? 0)
  return number
}

/** The bytes of a `data:` address with base64; undefined for what cannot be read. */
export function dataBytes(url: string): Uint8Array | undefined {
  const comma = url.indexOf(',')
  if (!url.startsWith('data:') || !/;base64$/i.test(url.slice(0, comma))) return undefined
  try {
    return Uint8Array.from(atob(url.slice(comma + 1)), (character) => character.charCodeAt(0))
  } catch {
    return undefined
  }
}

/** A `data:` address for bytes. */
export function dataAddress(type: PictureType, bytes: Uint8Array): string {
  const pieces: string[] = []
  // Three bytes are four letters: pieces of a multiple of three join without padding between them.
  for (let at = 0; at < bytes.length; at += 24_576) {
    pieces.push(btoa(String.fromCharCode(...bytes.subarray(at, at + 24_576))))
  }
  return `data:${type};base64,${pieces.join('')}`
}
