import { expect, test } from 'vitest'
import { describePicture, isHtmlPage } from '../../../formats/describe-picture.ts'
import { makePng } from '../../forum/bytes.ts'

const text = (words: string) => new TextEncoder().encode(words)
const bytes = (latin: string) => Uint8Array.from(latin, (character) => character.charCodeAt(0))

const JPEG_HEAD = '\xff\xd8\xff\xe0\x00\x04ab\xff\xc2\x00\x11\x08\x00\x64\x00\xc8\x03\x01\x22\x00'

test.each([
  ['png', new Uint8Array(makePng('a', 30, 20)), { type: 'image/png', width: 30, height: 20 }],
  ['gif', bytes('GIF89a\x02\x01\x01\x00\x00\x00\x00;'), { type: 'image/gif', width: 258, height: 1 }],
  ['progressive jpeg', bytes(JPEG_HEAD), { type: 'image/jpeg', width: 200, height: 100 }],
  [
    'lossy webp',
    bytes(`RIFF\x00\x00\x00\x00WEBPVP8 ${'\x00'.repeat(4)}\x00\x00\x00\x9d\x01\x2a\x90\x01\x2c\x01`),
    { type: 'image/webp', width: 400, height: 300 },
  ],
  [
    'lossless webp',
    bytes('RIFF\x00\x00\x00\x00WEBPVP8L\x00\x00\x00\x00\x2f\x8f\xc1\x4a\x00'),
    { type: 'image/webp', width: 400, height: 300 },
  ],
  [
    'extended webp',
    bytes('RIFF\x00\x00\x00\x00WEBPVP8X\x0a\x00\x00\x00\x00\x00\x00\x00\x8f\x01\x00\x2b\x01\x00'),
    { type: 'image/webp', width: 400, height: 300 },
  ],
  [
    'bitmap upside down',
    bytes(`BM${'\x00'.repeat(12)}\x28\x00\x00\x00\x10\x00\x00\x00\xf8\xff\xff\xff${'\x00'.repeat(40)}`),
    { type: 'image/bmp', width: 16, height: 8 },
  ],
  ['avif', bytes('\x00\x00\x00\x20ftypavif\x00\x00\x00\x00'), { type: 'image/avif' }],
  ['svg', text('<?xml version="1.0"?>\n<!-- <html> --><!DOCTYPE svg>\n<svg xmlns="x"/>'), { type: 'image/svg+xml' }],
])('%s', (_name, picture, expected) => expect(describePicture(picture)).toEqual(expected))

test.each([
  ['nothing', ''],
  ['a page', '<!DOCTYPE html><html><body><svg></svg></body></html>'],
  ['words', 'BMW is a car, and this text is long enough to be a bitmap of nothing at all'],
  ['a comment without an end', `<!--${'-'.repeat(10_000)}`],
  ['a video', '\0\0\0 ftypisom'],
])('no picture: %s', (_name, words) => expect(describePicture(text(words))).toBeUndefined())

test.each([
  ['<!DOCTYPE html>', true],
  ['\ufeff \n<!-- x --><HTML lang="zh">', true],
  ['<?xml version="1.0"?><!DOCTYPE html PUBLIC "x">', true],
  ['<script>location="/login"</script>', true],
  ['<svg/>', false],
  ['words', false],
])('a page of HTML: %s', (words, expected) => expect(isHtmlPage(text(words))).toBe(expected))
