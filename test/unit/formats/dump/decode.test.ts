import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Thread } from '../../../../core/thread.ts'
import type { ReadDumpOptions } from '../../../../formats/dump.ts'
import { isDiagnostic, parseDump, readDump } from '../../../../formats/dump.ts'
import { HEADER } from './dump-samples.ts'

const seed = readFileSync(new URL('../../../../seeds/000_01465295b16f78d9.txt', import.meta.url), 'utf8')
const gb18030 = gb18030Table()

/** The two-byte part of GB18030, backwards from what the decoder says. */
function gb18030Table(): Map<string, number[]> {
  const decoder = new TextDecoder('gb18030')
  const table = new Map<string, number[]>()
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const character = decoder.decode(Uint8Array.of(lead, trail))
      if (character.length === 1 && character !== '\ufffd') table.set(character, [lead, trail])
    }
  }
  return table
}

function toGb18030(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from([...text].flatMap((c) => (c < '\x80' ? c.charCodeAt(0) : gb18030.get(c)!)))
}

function toUtf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text)
}

function toUtf16(text: string, isBigEndian: boolean): Uint8Array<ArrayBuffer> {
  const view = new DataView(new ArrayBuffer(text.length * 2))
  for (let index = 0; index < text.length; index++) view.setUint16(index * 2, text.charCodeAt(index), !isBigEndian)
  return new Uint8Array(view.buffer)
}

async function read(bytes: Uint8Array<ArrayBuffer>[], options: ReadDumpOptions = {}, chunk = 1000) {
  const all = new Uint8Array(await new Blob(bytes).arrayBuffer())
  const source = new ReadableStream({
    start(controller) {
      for (let at = 0; at < all.length; at += chunk) controller.enqueue(all.subarray(at, at + chunk))
      controller.close()
    },
  })
  const items = await Array.fromAsync(readDump(source, options))
  return {
    threads: items.filter((item): item is Thread => !isDiagnostic(item)),
    notes: items.filter(isDiagnostic).map(({ code, line }) => `${line} ${code}`),
  }
}

/** A post of so many lines of Chinese. */
function longPost(id: number, lines: number): string {
  return `#p ${id} a 2020-01-01 00:00:00\n${'　　近日，相关部门就此事作出了回应。\n'.repeat(lines)}\n`
}

function textOf(dump: string): string[] {
  return parseDump(dump).threads.flatMap(({ posts }) => posts.map(({ text }) => text))
}

describe('bytes', () => {
  test('of UTF-8 are not remarked on, with or without a BOM', async () => {
    const { threads } = parseDump(seed)
    expect(await read([toUtf8(seed)])).toEqual({ threads, notes: [] })
    expect(await read([toUtf8(`\ufeff${seed}`)], {}, 1)).toEqual({ threads, notes: [] })
    expect((await read([toUtf8(seed.replace('太长', '\ufffd'))])).notes).toEqual([])
  })

  test.each([1, 3, 1000, 100_000])('of GB18030 are read as that, in chunks of %i', async (chunk) => {
    const dump = seed.replaceAll('•', '')
    expect(await read([toGb18030(dump)], {}, chunk)).toEqual({
      threads: parseDump(dump).threads,
      notes: ['1 read-as-gb18030'],
    })
  })

  test('of GB18030 are known from one character, and after much ASCII', async () => {
    for (const lines of [0, 3000]) {
      const dump = `${HEADER.replace('题', 'x')}#p 1 a 2020-01-01 00:00:00\n${'some words of ASCII text\n'.repeat(lines)}好\n\n`
      const { threads, notes } = await read([toGb18030(dump)])
      expect(threads).toEqual(parseDump(dump).threads)
      expect(notes.map((note) => note.split(' ')[1])).toEqual(['read-as-gb18030'])
    }
  })

  test('of a line without end are cut between characters', async () => {
    for (const [encode, notes] of [
      [toUtf8, []],
      [toGb18030, ['1 read-as-gb18030']],
    ] as const) {
      for (const start of ['', 'x', 'xx']) {
        const dump = `${HEADER}#p 1 a 2020-01-01 00:00:00\n${start}${'楼览'.repeat(60_000)}\n\n`
        expect(await read([encode(dump)])).toEqual({ threads: parseDump(dump).threads, notes })
      }
    }
  })

  test.each([0xff, 0xe9, 0x81, 0x80])('of UTF-8 with one damaged byte (%i) stay UTF-8', async (byte) => {
    const [start, end] = [HEADER + longPost(1, 100), longPost(2, 5000)]
    const { threads, notes } = await read([toUtf8(start.slice(0, -1)), Uint8Array.of(byte), toUtf8(`\n\n${end}`)])
    expect(notes).toEqual(['105 damaged-bytes'])
    const [first, second] = threads.flatMap(({ posts }) => posts)
    expect(first!.text).toBe(`${textOf(start)[0]}\n\ufffd`)
    expect(second!.text).toBe(textOf(HEADER + end)[0])
    const late = await read([toUtf8(start + end), Uint8Array.of(byte), toUtf8(`a\n\n${end}`)])
    expect(late.notes.slice(0, 1)).toEqual([`${start.split('\n').length + end.split('\n').length - 1} damaged-bytes`])
    expect(late.threads.at(-1)!.posts.at(-1)!.text).toBe(textOf(HEADER + end)[0])
  })

  test('of a short UTF-8 dump that is cut within a character stay UTF-8', async () => {
    const bytes = toUtf8(`${HEADER}#p 1 a 2020-01-01 00:00:00\n好的`)
    const { threads, notes } = await read([bytes.subarray(0, -1)])
    expect(threads[0]!.posts[0]!.text).toBe('好\ufffd')
    expect(notes).toEqual(['5 damaged-bytes', '5 truncated-line'])
  })

  test('of both encodings, one dump after the other, are read as both', async () => {
    const [first, second] = [HEADER + longPost(1, 6000), HEADER.replace('17', '18') + longPost(2, 6000)]
    const forth = await read([toUtf8(first), toGb18030(second)])
    expect(forth.notes.map((note) => note.split(' ')[1])).toContain('read-as-gb18030')
    expect(forth.threads.at(-1)!.posts.at(-1)!.text.slice(-1000)).toBe(textOf(second)[0]!.slice(-1000))
    const back = await read([toGb18030(first), toUtf8(second)])
    expect(back.notes.map((note) => note.split(' ')[1])).toContain('read-as-utf-8')
    expect(back.threads.at(-1)!.posts.at(-1)!.text.slice(-1000)).toBe(textOf(second)[0]!.slice(-1000))
  })

  test('of UTF-16 are known by their BOM', async () => {
    const { threads } = parseDump(seed)
    for (const isBigEndian of [false, true]) {
      const bytes = toUtf16(`\ufeff${seed}`, isBigEndian)
      expect(await read([bytes], {}, 7)).toEqual({ threads, notes: ['1 read-as-utf-16'] })
    }
  })

  test('are read as what the caller says', async () => {
    const { threads } = parseDump(seed)
    expect(await read([toUtf16(seed, false)], { encoding: 'utf-16le' })).toEqual({ threads, notes: [] })
    await expect(read([toUtf8(seed)], { encoding: 'klingon' })).rejects.toThrow(RangeError)
  })
})
