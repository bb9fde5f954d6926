import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { zipFiles } from '../../../formats/zip.ts'

const encoder = new TextEncoder()

async function collect(pieces: AsyncIterable<Uint8Array>): Promise<Uint8Array<ArrayBuffer>> {
  const all: Uint8Array<ArrayBuffer>[] = []
  for await (const piece of pieces) all.push(new Uint8Array(piece))
  return new Uint8Array(await new Blob(all).arrayBuffer())
}

test('files come out as they went in', async () => {
  const files = [
    { name: '湖边的猫.md', bytes: [encoder.encode('一'), encoder.encode('二')] },
    { name: 'empty.txt', bytes: [] },
    { name: 'a/stored.epub', bytes: [encoder.encode('stored')], isStored: true },
  ]
  const zipped = await collect(zipFiles(files, '2026-03-04T05:06:07Z'))
  const back = unzipSync(zipped)
  expect(Object.entries(back).map(([name, bytes]) => [name, strFromU8(bytes)])).toEqual([
    ['湖边的猫.md', '一二'],
    ['empty.txt', ''],
    ['a/stored.epub', 'stored'],
  ])
  expect(await collect(zipFiles(files, '2026-03-04T05:06:07Z'))).toEqual(zipped)
})

test('pieces are given while more are still to come, and none is held', async () => {
  let made = 0
  async function* pieces() {
    for (; made < 64; made++) yield crypto.getRandomValues(new Uint8Array(65_536))
  }
  let mostHeld = 0
  let given = 0
  for await (const piece of zipFiles([{ name: 'big', bytes: pieces() }])) {
    given += piece.length
    mostHeld = Math.max(mostHeld, made * 65_536 - given)
  }
  expect(given).toBeGreaterThan(64 * 65_536)
  expect(mostHeld).toBeLessThan(8 * 65_536)
})

test('what a file throws ends the zip', async () => {
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield encoder.encode('a')
    throw new Error('gone')
  }
  await expect(collect(zipFiles([{ name: 'x', bytes: broken() }]))).rejects.toThrow('gone')
})
