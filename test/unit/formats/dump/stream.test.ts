import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Thread } from '../../../../core/thread.ts'
import type { Diagnostic, ReadDumpOptions } from '../../../../formats/dump.ts'
import { formatDump, isDiagnostic, parseDump, readDump } from '../../../../formats/dump.ts'
import { HEADER, hostileText, threadsWith } from './dump-samples.ts'

const seed = readFileSync(new URL('../../../../seeds/000_01465295b16f78d9.txt', import.meta.url))
const WHOLE: ReadDumpOptions = { postsPerPiece: Infinity }

async function readAll(source: Blob | ReadableStream, options?: ReadDumpOptions) {
  const threads: Thread[] = []
  const diagnostics: Diagnostic[] = []
  for await (const item of readDump(source, options)) {
    if (isDiagnostic(item)) diagnostics.push(item)
    else threads.push(item)
  }
  return { threads, diagnostics }
}

function streamOf(chunks: unknown[]): ReadableStream {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk)
      controller.close()
    },
  })
}

/** The bytes cut at these places, modulo their length. */
function cut(bytes: Uint8Array, places: number[]): Uint8Array[] {
  const ends = [...new Set(places.map((place) => place % (bytes.length + 1))), bytes.length].sort((a, b) => a - b)
  return ends.map((end, index) => bytes.subarray(index === 0 ? 0 : ends[index - 1], end))
}

describe('a stream', () => {
  test('reads the seed, from a Blob, as bytes, one byte at a time, as text and as a buffer', async () => {
    const expected = parseDump(seed.toString())
    const bytes = new Uint8Array(seed)
    const sources = [new Blob([bytes]), streamOf([bytes]), streamOf([seed.toString()]), streamOf([bytes.buffer])]
    sources.push(streamOf([...bytes].map((byte) => Uint8Array.of(byte))), streamOf([...seed.toString()]))
    for (const source of sources) {
      expect(await readAll(source)).toEqual({ threads: expected.threads, diagnostics: [] })
    }
  })

  test('gives what parseDump gives, however it is cut', async () => {
    const dump = fc.array(fc.oneof(hostileText, fc.constantFrom('\r', '\r\n', '\n', HEADER)), { maxLength: 30 })
    await fc.assert(
      fc.asyncProperty(dump, fc.array(fc.nat(), { maxLength: 20 }), async (pieces, places) => {
        const text = pieces.join('').toWellFormed()
        const { threads, diagnostics } = parseDump(text)
        const chunks = cut(new TextEncoder().encode(text), places)
        expect(await readAll(streamOf(chunks), WHOLE)).toEqual({ threads, diagnostics })
        expect(await readAll(streamOf([...text]), WHOLE)).toEqual({ threads, diagnostics })
      }),
      { numRuns: 200 },
    )
  })

  test('reads any bytes without throwing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), async (bytes) => {
        expect((await readAll(new Blob([bytes]))).diagnostics.length).toBeGreaterThan(0)
      }),
    )
  })

  test('gives a long thread in pieces that are the whole thread together', async () => {
    const [thread] = threadsWith({ text: 'x' })
    const posts = Array.from({ length: 450 }, (_, index) => ({ ...thread!.posts[0]!, id: String(index + 1) }))
    posts.push({ ...posts[0]!, text: 'again' })
    const blob = new Blob([formatDump([{ ...thread!, posts }, thread!])])
    const { threads } = await readAll(blob)
    expect(threads.map((each) => each.posts.length)).toEqual([200, 200, 51, 1])
    expect(new Set(threads.map(({ key, title, url }) => [key, title, url].join(' '))).size).toBe(1)
    expect(
      threads
        .slice(0, 3)
        .flatMap((each) => each.posts.map(({ id }) => id))
        .at(-1),
    ).toBe('1~2')
    const whole = await readAll(blob, WHOLE)
    expect(whole.threads.map((each) => each.posts.length)).toEqual([451, 1])
    expect(threads.slice(0, 3).flatMap((each) => each.posts)).toEqual(whole.threads[0]!.posts)
    expect((await readAll(blob, { postsPerPiece: 1 })).threads).toHaveLength(452)
  })

  test('gives text and lines of no thread in pieces, and whole text to a post', async () => {
    const long = 'x'.repeat(3 << 20)
    const stray = await readAll(new Blob([long, '\n', long]))
    expect(stray.diagnostics.at(-1)).toMatchObject({ code: 'not-a-dump', line: 1 })
    expect(stray.diagnostics.map(({ text }) => text ?? '').join('')).toHaveLength(long.length * 2 + 1)
    for (const text of [`${long}\n#quote a\n\\${long}`, `#p ${long}`, `\\#q${long}`]) {
      const dump = formatDump(threadsWith({ text }))
      const { threads, diagnostics } = await readAll(new Blob([dump]))
      expect(diagnostics).toEqual([])
      expect(threads.flatMap(({ posts }) => posts.map((post) => post.text === text))).toEqual([true])
    }
    const inLine = await readAll(new Blob([`${HEADER}#p 1 a 2020-01-01 00:00:00\n`, long]))
    expect(inLine.threads[0]!.posts[0]!.text).toBe(long)
    expect(inLine.diagnostics.map(({ code, line }) => `${line} ${code}`)).toEqual(['5 truncated-line'])
  })

  test('tells its progress', async () => {
    const calls: unknown[] = []
    await readAll(new Blob([seed]), { onProgress: (...figures) => calls.push(figures) })
    expect(calls.at(-1)).toEqual([seed.length, seed.length])
    await readAll(streamOf([new Uint8Array(3), new Uint8Array(4)]), { onProgress: (...figures) => calls.push(figures) })
    expect(calls.slice(-2)).toEqual([
      [3, undefined],
      [7, undefined],
    ])
  })

  test('stops when asked to, and lets go of the source', async () => {
    const reason = new Error('enough')
    await expect(readAll(new Blob([seed]), { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    let cancelled: unknown
    const endless = () => new ReadableStream({ cancel: (why) => void (cancelled = why ?? 'left') })
    const aborter = new AbortController()
    const reading = readAll(endless(), { signal: aborter.signal })
    aborter.abort(reason)
    await expect(reading).rejects.toBe(reason)
    expect(cancelled).toBe(reason)
    const chunk = new TextEncoder().encode(`${HEADER}#p 1 a 2020-01-01 00:00:00\n\n`.repeat(5000))
    let pulls = 0
    const source = new ReadableStream({
      pull: (controller) => (pulls++, controller.enqueue(chunk)),
      cancel: () => void (cancelled = 'left'),
    })
    for await (const item of readDump(source)) if (!isDiagnostic(item)) break
    expect(cancelled).toBe('left')
    expect(pulls).toBeLessThan(4)
  })

  test('that breaks off gives what had come, and says so', async () => {
    const text = `${HEADER}#p 1 a 2020-01-01 00:00:00\nx\n`
    let isFirst = true
    const source = new ReadableStream({
      pull(controller) {
        if (isFirst) controller.enqueue(new TextEncoder().encode(text))
        else controller.error(new Error('disk gone'))
        isFirst = false
      },
    })
    const { threads, diagnostics } = await readAll(source)
    expect(threads[0]!.posts[0]!.text).toBe('x')
    expect(diagnostics[0]).toMatchObject({
      code: 'source-failed',
      message: expect.stringContaining('disk gone') as string,
    })
    const objects = await readAll(streamOf([text, { not: 'bytes' }]))
    expect(objects.threads).toHaveLength(1)
    expect(objects.diagnostics[0]!.code).toBe('source-failed')
  })
})
