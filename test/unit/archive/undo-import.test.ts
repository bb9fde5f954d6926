import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../archive/database.ts'
import { deleteThread } from '../../../archive/delete-thread.ts'
import { importFiles } from '../../../archive/import-files.ts'
import { ImportLog } from '../../../archive/import-log/import-log.ts'
import { listImports, undoImport } from '../../../archive/import-log/undo-import.ts'
import { archiveReading } from '../../../archive/merge.ts'
import { omit } from '../../../archive/plain-value.ts'
import { findThread } from '../../../archive/read-thread.ts'
import { queueFiles } from '../../../archive/save-files.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { formatDump } from '../../../formats/dump.ts'
import { idsOf, newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'
import { threadHistory, type ReadingOfThread } from './thread-history.ts'

const dumpPost = (id: string, text?: string) =>
  postOf(id, { postedAt: '2020-01-01T00:00:00+08:00', ...(text === undefined ? {} : { text }) })

/** A dump that the archive merges with the thread of sample-thread.ts. */
function dumpOf(posts: ReturnType<typeof postOf>[], title = '标题'): File {
  const times = { createdAt: '2020-01-01T00:00:00+08:00', lastReply: { at: '2020-01-01T00:00:00+08:00' } }
  const thread = threadOf(posts, { title, board: { id: '22' }, author: { username: 'reader' }, ...times })
  return new File([formatDump([thread])], 'a.txt')
}

/** All that a reader would miss; positions may be others as long as the order is the same. */
async function contentOf(archive: Archive) {
  const posts = await archive.posts.toCollection().sortBy('position')
  return {
    threads: await archive.threads.toArray(),
    posts: posts.map((record) => omit(record, 'position')),
  }
}

const importOne = async (archive: Archive, file: File, minute = 10) =>
  (await importFiles(archive, [file], { readAt: timeAt(minute) })).importId!

describe('undoing an import', () => {
  test('takes out all that it brought', async () => {
    const archive = newArchive()
    const id = await importOne(archive, dumpOf([dumpPost('1'), dumpPost('2')]))
    expect(await listImports(archive)).toMatchObject([
      { id, state: 'done', sources: ['a.txt'], threads: 1, postsAdded: 2, postsChanged: 0 },
    ])
    expect(await undoImport(archive, id)).toEqual({ threadsRemoved: 1, postsRemoved: 2, postsRestored: 0 })
    expect(await contentOf(archive)).toEqual({ threads: [], posts: [] })
    expect([await listImports(archive), await archive.importChanges.count()]).toEqual([[], 0])
  })

  test('brings back what it changed, and the cached thread is cached again', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([postOf('1', { floor: 1 }), postOf('3', { floor: 3 })]), pageRead(1))
    const before = await contentOf(archive)
    const id = await importOne(archive, dumpOf([dumpPost('1', '早先的话'), dumpPost('2'), dumpPost('3')], '旧题'))
    expect((await contentOf(archive)).posts[0]!.versions).toHaveLength(1)
    await undoImport(archive, id)
    expect(await contentOf(archive)).toEqual(before)
  })

  test('keeps what was read since, without the words that only the import had', async () => {
    const archive = newArchive()
    const id = await importOne(archive, dumpOf([dumpPost('1', '早先的话'), dumpPost('2'), dumpPost('3')]))
    await storeThread(archive, threadOf([postOf('1', { floor: 1 }), postOf('9', { floor: 9 })]), pageRead(1, 20))
    await undoImport(archive, id)
    const thread = await findThread(archive, threadOf([]).key)
    expect(idsOf(thread!.posts)).toEqual(['1', '9'])
    const { threads, posts } = await contentOf(archive)
    expect(posts.map(({ versions }) => versions)).toEqual([undefined, undefined])
    expect(threads[0]).toMatchObject({ postCount: 2, source: 'page', pages: { 1: timeAt(20) } })
    expect(threads[0]!.savedAt).toBeUndefined()
  })

  test('a note of pictures that takes over a thread from an import before it undoes the thread', async () => {
    const archive = newArchive()
    const thread = archiveReading(threadOf([]), { readAt: timeAt(1), source: 'import' })
    const { key: threadKey } = thread.fields
    const [first, second] = [
      await ImportLog.begin(archive, { kind: 'restore', startedAt: timeAt(1) }),
      await ImportLog.begin(archive, { kind: 'restore', startedAt: timeAt(2) }),
    ]
    await first.write(thread)
    await second.write(thread)
    const url = 'https://example.org/1.png'
    await second.writeAddresses([{ threadKey, url, kind: 'picture', position: 0, state: 'open', size: 0 }])
    await undoImport(archive, first.id)
    expect([await archive.threads.count(), await archive.fileAddresses.count()]).toEqual([1, 1])
    await undoImport(archive, second.id)
    expect([await archive.threads.count(), await archive.fileAddresses.count()]).toEqual([0, 0])
  })

  test('ends the save of a thread that was only cached before it', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([postOf('1', { floor: 1 })]), pageRead(1))
    const id = await importOne(archive, dumpOf([dumpPost('1'), dumpPost('2')]))
    const [key] = await archive.threads.toCollection().primaryKeys()
    await queueFiles(archive, key!)
    await undoImport(archive, id)
    expect((await archive.threads.get(key!))?.savedAt).toBeUndefined()
    expect(await archive.saves.count()).toBe(0)
  })

  test('ends the save of a thread that goes', async () => {
    const archive = newArchive()
    const id = await importOne(archive, dumpOf([dumpPost('1')]))
    const [key] = await archive.threads.toCollection().primaryKeys()
    await queueFiles(archive, key!)
    expect(await archive.saves.count()).toBe(1)
    await undoImport(archive, id)
    expect(await archive.saves.count()).toBe(0)
  })

  test('a thread that was deleted since stays deleted', async () => {
    const archive = newArchive()
    const id = await importOne(archive, dumpOf([dumpPost('1')]))
    await deleteThread(archive, threadOf([]).key)
    await undoImport(archive, id)
    expect(await archive.threads.count()).toBe(0)
  })

  test('the first of two equal imports is undone: the second still holds; then that one is, too', async () => {
    const archive = newArchive()
    const file = dumpOf([dumpPost('1'), dumpPost('2')])
    const first = await importOne(archive, file, 10)
    const second = await importOne(archive, file, 20)
    await undoImport(archive, first)
    expect((await contentOf(archive)).threads).toMatchObject([{ postCount: 2 }])
    expect((await archive.threads.toArray())[0]!.savedAt).toBeDefined()
    await undoImport(archive, second)
    expect(await contentOf(archive)).toEqual({ threads: [], posts: [] })
  })

  test('a kill half way leaves it to be undone to the end', async () => {
    const archive = newArchive()
    const posts = Array.from({ length: 4500 }, (_, index) => dumpPost(String(index + 1)))
    const id = await importOne(archive, dumpOf(posts))
    const controller = new AbortController()
    const killed = undoImport(archive, id, { signal: controller.signal, onProgress: () => controller.abort() })
    await expect(killed).rejects.toThrow()
    expect(await listImports(archive)).toMatchObject([{ id, state: 'undoing' }])
    expect((await archive.threads.toArray())[0]!.postCount).toBe(await archive.posts.count())
    await undoImport(archive, id)
    expect(await contentOf(archive)).toEqual({ threads: [], posts: [] })
  })

  test('an import that is undone while it runs writes no more', async () => {
    const archive = newArchive()
    const log = await ImportLog.begin(archive, { kind: 'import', startedAt: timeAt(0) })
    const reading = archiveReading(threadOf([postOf('1')]), { source: 'dump', readAt: timeAt(0), save: true })
    expect(await log.write(reading)).toMatchObject({ added: 1 })
    await undoImport(archive, log.id)
    expect(await log.write(reading)).toBeUndefined()
    expect(await archive.threads.count()).toBe(0)
  })

  test('the last five can be undone, of the others nothing is left', async () => {
    const archive = newArchive()
    for (let index = 0; index < 7; index++) await importOne(archive, dumpOf([dumpPost(String(index))]), index)
    expect(await listImports(archive)).toHaveLength(5)
    const noted = await archive.importChanges.toArray()
    expect(new Set(noted.map(({ importId }) => importId)).size).toBe(5)
    await importOne(archive, dumpOf([dumpPost('9')]), 50 * 24 * 60)
    expect(await listImports(archive)).toHaveLength(1)
  })

  test('an import that changes nothing is none', async () => {
    const archive = newArchive()
    const report = await importFiles(archive, [new File(['words'], 'a')])
    expect(report).toMatchObject({ stopped: false, files: [{ threads: [] }] })
    expect(report).not.toHaveProperty('importId')
    expect(await listImports(archive)).toEqual([])
  })
})

/** Stores some readings as they are, and notes the others as one import. */
async function replay(archive: Archive, readings: readonly ReadingOfThread[], isNoted: (index: number) => boolean) {
  const log = await ImportLog.begin(archive, { kind: 'restore', startedAt: timeAt(0) })
  for (const [index, { thread, reading }] of readings.entries()) {
    if (isNoted(index)) await log.write(archiveReading(thread, { ...reading, save: true }))
    else await storeThread(archive, thread, reading)
  }
  await log.end('done')
  return log.id
}

test('whatever came before stands again, byte for byte', async () => {
  const run = fc.asyncProperty(threadHistory, fc.nat(12), async ({ readings }, split) => {
    const archive = newArchive()
    await replay(archive, readings.slice(0, split), () => false)
    const before = await contentOf(archive)
    const id = await replay(archive, readings.slice(split), () => true)
    await undoImport(archive, id)
    expect(await contentOf(archive)).toEqual(before)
    await archive.delete()
  })
  await fc.assert(run, { numRuns: 60 })
})

test('whatever a page tells after stays: no post of it is lost, and none of the import is left', async () => {
  const run = fc.asyncProperty(threadHistory, fc.nat(12), async ({ readings }, split) => {
    const after = readings.slice(split).filter(({ reading }) => reading.source === 'page')
    const archive = newArchive()
    const noted = await replay(archive, readings.slice(0, split), () => true)
    await replay(archive, after, () => false)
    await undoImport(archive, noted)
    const alone = newArchive()
    await replay(alone, after, () => false)
    const [left, expected] = [await contentOf(archive), await contentOf(alone)]
    expect(left.posts.map(({ id }) => id).sort()).toEqual(expected.posts.map(({ id }) => id).sort())
    expect(left.posts.map(({ versions }) => versions ?? []).flat()).toEqual([])
    expect(left.threads.map(({ postCount }) => postCount)).toEqual(expected.threads.map(({ postCount }) => postCount))
    await Promise.all([archive.delete(), alone.delete()])
  })
  await fc.assert(run, { numRuns: 60 })
})

test('imports undone in any order: what another one had stays until that is undone, then nothing is left', async () => {
  const run = fc.asyncProperty(
    threadHistory,
    fc.array(fc.nat(2), { minLength: 12 }),
    fc.array(fc.nat(9)),
    async ({ readings }, turns, order) => {
      const archive = newArchive()
      const logs = await Promise.all(
        [0, 1, 2].map(() => ImportLog.begin(archive, { kind: 'import', startedAt: timeAt(0) })),
      )
      // An import is over before the next one begins.
      const sorted = readings.map((_, index) => turns[index]!).sort()
      for (const [index, { thread, reading }] of readings.entries())
        await logs[sorted[index]!]!.write(archiveReading(thread, { ...reading, save: true }))
      const waiting = new Set([0, 1, 2])
      for (const wish of [...order, 0, 1, 2]) {
        if (!waiting.delete(wish % 3)) continue
        await undoImport(archive, logs[wish % 3]!.id)
        const held = readings
          .filter((_, index) => waiting.has(sorted[index]!))
          .flatMap(({ thread }) => idsOf(thread.posts))
        const left = await contentOf(archive)
        expect(left.posts.map(({ id }) => id).sort()).toEqual([...new Set(held)].sort())
        expect(left.threads.map(({ postCount, savedAt }) => [postCount, savedAt !== undefined])).toEqual(
          held.length ? [[new Set(held).size, true]] : [],
        )
      }
      expect(await archive.importChanges.count()).toBe(0)
      await archive.delete()
    },
  )
  await fc.assert(run, { numRuns: 100 })
})
