import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { importDump } from '../../../archive/import-dump.ts'
import type { ImportProgress } from '../../../archive/import-dump.ts'
import { findThread, findThreadRecord } from '../../../archive/read-thread.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { formatDump, parseDump } from '../../../formats/dump.ts'
import { idsOf, newArchive, pageRead, timeAt } from './sample-thread.ts'

const seed = readFileSync(new URL('../../../seeds/000_01465295b16f78d9.txt', import.meta.url), 'utf8')
const [seedThread] = parseDump(seed).threads
const key = seedThread!.key

function longDump(threads: number, posts: number): string {
  const lines: string[] = []
  for (let thread = 0; thread < threads; thread++) {
    lines.push(`#t 22 ${1000 + thread} a 2020-04-14 00:00:00 b 2020-04-14 00:00:00`, `标题${thread}`, '')
    for (let post = 0; post < posts; post++) {
      // All within one second: only the dump itself says which comes first.
      lines.push(`#p ${(post * 7919) % 100_003} a 2020-04-14 00:00:00`, `第${post}个`, '')
    }
  }
  return lines.join('\n') + '\n'
}

describe('importing a dump', () => {
  test.each([
    ['a text', () => seed],
    ['a blob', () => new Blob([seed])],
    ['a stream', () => new Blob([seed]).stream()],
  ])('as %s: the thread comes out as it went in, saved', async (_, source) => {
    const archive = newArchive()
    const report = await importDump(archive, source(), { readAt: timeAt(0) })
    expect(report).toEqual({
      threads: [{ key, title: seedThread!.title, posts: 2 }],
      diagnostics: [],
      diagnosticCount: 0,
      leftover: '',
      stopped: false,
    })
    const thread = await findThread(archive, key)
    expect(thread).toEqual(seedThread)
    expect(formatDump([thread!])).toBe(seed)
    expect(await findThreadRecord(archive, key)).toMatchObject({
      savedAt: timeAt(0),
      incomplete: false,
      source: 'dump',
    })
  })

  test('twice changes nothing', async () => {
    const archive = newArchive()
    await importDump(archive, seed, { readAt: timeAt(0) })
    const before = [await archive.threads.toArray(), await archive.posts.toArray()]
    await importDump(archive, seed, { readAt: timeAt(0) })
    expect([await archive.threads.toArray(), await archive.posts.toArray()]).toEqual(before)
  })

  test('adds to what pages told and takes nothing from it', async () => {
    const archive = newArchive()
    const posts = seedThread!.posts.slice(1).map((post) => ({ ...post, floor: 2, votes: { up: 1 } }))
    await storeThread(archive, { ...seedThread!, title: '改了的标题', posts }, pageRead(1))
    await importDump(archive, seed, { save: false })
    const thread = (await findThread(archive, key))!
    expect(thread.title).toBe('改了的标题')
    expect(idsOf(thread.posts)).toEqual(idsOf(seedThread!.posts))
    expect(thread.posts[1]).toMatchObject({ floor: 2, votes: { up: 1 } })
    expect((await findThreadRecord(archive, key))!.savedAt).toBeUndefined()
  })

  test('keeps the order over pieces, where ids and times do not tell it', async () => {
    const archive = newArchive()
    const dump = longDump(2, 4500)
    const steps: ImportProgress[] = []
    const report = await importDump(archive, new Blob([dump]), { onProgress: (progress) => steps.push(progress) })
    expect(report.threads.map(({ posts }) => posts)).toEqual([4500, 4500])
    const found = await Promise.all(report.threads.map((thread) => findThread(archive, thread.key)))
    expect(formatDump(found.map((thread) => thread!))).toBe(dump)
    expect(steps.length).toBeGreaterThan(4)
    expect(steps.at(-1)).toEqual({
      bytesRead: Buffer.byteLength(dump),
      bytesTotal: Buffer.byteLength(dump),
      threads: 2,
      posts: 9000,
    })
  })

  test('reports what is no dump and stores nothing', async () => {
    const archive = newArchive()
    const report = await importDump(archive, 'Hello\nworld\n')
    expect(report).toMatchObject({ threads: [], diagnosticCount: 1, diagnostics: [{ code: 'not-a-dump' }] })
    expect(await archive.threads.count()).toBe(0)
  })

  test('caps what it reports, the worst first, and keeps the leftover', async () => {
    const bad = Array.from({ length: 80 }, (_, index) => `#p ${index + 1} a 2020-02-30 00:00:00\n`).join('')
    const report = await importDump(newArchive(), `before\n\n${seed}${bad}`)
    expect(report.diagnostics).toHaveLength(50)
    expect(report.diagnosticCount).toBeGreaterThanOrEqual(81)
    expect(report.diagnostics[0]!.code).toBe('text-before-thread')
    expect(report.leftover).toContain('before')
  })

  test('stops between two pieces when asked; what was stored stays', async () => {
    const archive = newArchive()
    const controller = new AbortController()
    const report = await importDump(archive, longDump(5, 10), {
      signal: controller.signal,
      onProgress: ({ threads }) => threads === 2 && controller.abort(),
    })
    expect(report).toMatchObject({ stopped: true, threads: [{ posts: 10 }, { posts: 10 }] })
    expect(await archive.threads.count()).toBe(2)
    expect((await importDump(archive, seed, { signal: controller.signal })).stopped).toBe(true)
  })

  test('a disk that is full is told together with what was kept', async () => {
    const archive = newArchive()
    archive.threads.hook('creating', (_, record) => {
      if (record.title === '标题2') throw new DOMException('disk full', 'QuotaExceededError')
    })
    const report = await importDump(archive, longDump(5, 10))
    expect(report.failure).toMatchObject({ code: 'quota-exceeded', kept: { threads: 2, posts: 20 } })
    expect(report.threads).toHaveLength(2)
    expect(await archive.posts.count()).toBe(20)
  })
})
