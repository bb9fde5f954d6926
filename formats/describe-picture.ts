import { findJpegFrame, numberAt, sniffPicture, startsWith } from './picture-type.ts'
import type { PictureType } from './picture-type.ts'

/** What a picture is: a bitmap, or a drawing, which exports do not put into files. */
export interface PictureDescription {
  type: PictureType | 'image/svg+xml'
  /** In pixels, where the bytes tell it. */
  width?: number
  height?: number
}

/** How much of a text is looked at for what it begins with. In bytes. */
const BEGINNING = 4096

/**
 * Says from a picture's own bytes what it is and how large; undefined for what is no picture. What a server calls it is
 * not looked at. Never throws.
 */
export function describePicture(bytes: Uint8Array): PictureDescription | undefined {
  const type = sniffPicture(bytes)
  if (!type) return firstElement(bytes) === 'svg' ? { type: 'image/svg+xml' } : undefined
  const [width, height] = SIZES[type](bytes)
  return width && height && width <= 100_000 && height <= 100_000 ? { type, width, height } : { type }
}

/** True for a page of HTML, as servers send in the place of what they refuse. */
export function isHtmlPage(bytes: Uint8Array): boolean {
  const first = firstElement(bytes)
  return first !== undefined && ['html', 'head', 'body', 'script', 'meta', 'title', 'div'].includes(first)
}

type Size = [width?: number, height?: number]

const SIZES: Readonly<Record<PictureType, (bytes: Uint8Array) => Size>> = {
  'image/png': (bytes) => [numberAt(bytes, 16, 4), numberAt(bytes, 20, 4)],
  'image/gif': (bytes) => [littleAt(bytes, 6, 2), littleAt(bytes, 8, 2)],
  'image/bmp': (bytes) => [littleAt(bytes, 18, 4), Math.abs(littleAt(bytes, 22, 4) | 0)],
  'image/webp': sizeOfWebp,
  'image/jpeg': sizeOfJpeg,
  'image/avif': () => [],
}

function sizeOfWebp(bytes: Uint8Array): Size {
  if (startsWith(bytes, 12, 'VP8X')) return [littleAt(bytes, 24, 3) + 1, littleAt(bytes, 27, 3) + 1]
  if (startsWith(bytes, 12, 'VP8L')) {
    const bits = littleAt(bytes, 21, 4)
    return [(bits & 0x3fff) + 1, ((bits >> 14) & 0x3fff) + 1]
  }
  return [littleAt(bytes, 26, 2) & 0x3fff, littleAt(bytes, 28, 2) & 0x3fff]
}

function sizeOfJpeg(bytes: Uint8Array): Size {
  const frame = findJpegFrame(bytes)
  return frame === undefined ? [] : [numberAt(bytes, frame + 7, 2), numberAt(bytes, frame + 5, 2)]
}

function littleAt(bytes: Uint8Array, at: number, length: number): number {
  let number = 0
  for (let index = at + length - 1; index >= at; index--) number = number * 256 + (bytes[index] ?? 0)
  return number
}

/** The name of the first element of markup, in lower case; undefined for what is none. Comments and heads are passed over. */
function firstElement(bytes: Uint8Array): string | undefined {
  const text = new TextDecoder().decode(bytes.subarray(0, BEGINNING))
  let at = 0
  for (;;) {
    while (at < text.length && (/\s/.test(text[at]!) || text[at] === '\ufeff')) at++
    const end = PASSED_OVER.find(([start]) => text.startsWith(start, at))?.[1]
    if (end === undefined) break
    const found = text.indexOf(end, at + 2)
    if (found < 0) return undefined
    if (/^<!doctype\s+html/i.test(text.slice(at, at + 20))) return 'html'
    at = found + end.length
  }
  return /^<([a-z][a-z\d]*)/i.exec(text.slice(at, at + 30))?.[1]?.toLowerCase()
}

const PASSED_OVER: readonly (readonly [start: string, end: string])[] = [
  ['<!--', '-->'],
  ['<?', '?>'],
  ['<!', '>'],
]
