import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeThread } from '../../../archive/merge.ts'
import { findThread, findThreadRecord, readPosts } from '../../../archive/read-thread.ts'
import { archivedPostOf, bytesOf } from '../../../archive/records.ts'
import type { ArchivedThread } from '../../../archive/records.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import type { Archive } from '../../../archive/database.ts'
import { dumpRead, idsOf, newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'
import { threadHistory } from './thread-history.ts'

const { key } = threadOf([])

async function storedPosts(archive: Archive) {
  return Array.fromAsync(readPosts(archive, key))
}

/** The thread's row must equal what its posts add up to. */
async function expectSound(archive: Archive): Promise<void> {
  const record = await findThreadRecord(archive, key)
  const posts = await storedPosts(archive)
  const sum = (pick: (post: (typeof posts)[number]) => number) => posts.reduce((total, post) => total + pick(post), 0)
  expect(record).toMatchObject({
    postCount: posts.length,
    characters: sum(({ measure }) => measure.characters),
    words: sum(({ measure }) => measure.words),
    bytes: sum(bytesOf),
  })
  expect(new Set(posts.map(({ position }) => position)).size).toBe(posts.length)
}

describe('storing', () => {
  test('gives in the database what merging gives in memory, whatever is read in whatever order', async () => {
    await fc.assert(
      fc.asyncProperty(threadHistory, async ({ readings }) => {
        const archive = newArchive()
        let merged: ArchivedThread | undefined
        for (const { thread, reading } of readings) {
          await storeThread(archive, thread, reading)
          merged = mergeThread(merged, thread, reading)
        }
        expect((await storedPosts(archive)).map(archivedPostOf)).toEqual(merged!.posts)
        expect(await findThread(archive, key)).toEqual({
          ...merged!.fields,
          posts: merged!.posts.map(({ post }) => post),
        })
        await expectSound(archive)
        archive.close()
      }),
      { numRuns: 60 },
    )
  })

  test('tells what it added and updated', async () => {
    const archive = newArchive()
    const first = threadOf([postOf('1'), postOf('2')])
    expect(await storeThread(archive, first, pageRead(1))).toEqual({ key, added: 2, updated: 0, edited: 0, total: 2 })
    expect(await storeThread(archive, first, pageRead(1, 1))).toEqual({
      key,
      added: 0,
      updated: 0,
      edited: 0,
      total: 2,
    })
    const second = threadOf([postOf('2', { text: '改' }), postOf('3')])
    expect(await storeThread(archive, second, pageRead(1, 2))).toEqual({
      key,
      added: 1,
      updated: 1,
      edited: 1,
      total: 3,
    })
    await expectSound(archive)
  })

  test('a thread found is the thread stored', async () => {
    const archive = newArchive()
    const thread = threadOf(
      [postOf('1', { floor: 1, isStarter: true, quotes: [{ username: 'a', excerpt: '\ud800 \u2028 😀' }] })],
      { pageCount: 1, board: { id: '22', name: '版' } },
    )
    await storeThread(archive, thread, pageRead(1))
    expect(await findThread(archive, key)).toEqual(thread)
    expect(await findThread(archive, 'no such thread')).toBeUndefined()
  })

  test('a page without posts leaves no empty thread and counts as unread', async () => {
    const archive = newArchive()
    expect(await storeThread(archive, threadOf([]), pageRead(1))).toMatchObject({ total: 0 })
    expect(await findThreadRecord(archive, key)).toBeUndefined()
    await storeThread(archive, threadOf([postOf('1')], { pageCount: 2 }), pageRead(1))
    await storeThread(archive, threadOf([], { pageCount: 2 }), pageRead(2))
    expect(await findThreadRecord(archive, key)).toMatchObject({ incomplete: true, pages: { 1: timeAt(0) } })
    await storeThread(archive, threadOf([postOf('2')], { pageCount: 2 }), pageRead(2))
    expect(await findThreadRecord(archive, key)).toMatchObject({ incomplete: false })
  })

  test('a title without posts in a dump is kept', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([]), dumpRead())
    expect(await findThread(archive, key)).toEqual(threadOf([]))
  })

  test('saved once stays saved', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([postOf('1')]), { ...pageRead(1), save: true })
    await storeThread(archive, threadOf([postOf('1')]), pageRead(1, 5))
    expect(await findThreadRecord(archive, key)).toMatchObject({
      savedAt: timeAt(0),
      firstReadAt: timeAt(0),
      lastReadAt: timeAt(5),
    })
  })

  test('a write that fails half way leaves nothing behind', async () => {
    const archive = newArchive()
    await storeThread(archive, threadOf([postOf('1')]), pageRead(1))
    archive.threads.hook('updating', () => {
      throw new DOMException('disk full', 'QuotaExceededError')
    })
    const failing = storeThread(archive, threadOf([postOf('1', { text: '改' }), postOf('2')]), pageRead(1, 1))
    await expect(failing).rejects.toMatchObject({ name: 'ArchiveError', code: 'quota-exceeded' })
    expect(await findThread(archive, key)).toEqual(threadOf([postOf('1')]))
  })

  test('two writers at once lose nothing', async () => {
    const archive = newArchive()
    const pages = Array.from({ length: 8 }, (_, index) =>
      threadOf([postOf(String(2 * index + 1)), postOf(String(2 * index + 2))]),
    )
    await Promise.all(pages.map((page, index) => storeThread(archive, page, pageRead(index + 1))))
    expect((await findThread(archive, key))!.posts).toHaveLength(16)
    await expectSound(archive)
  })

  test('posts find room between two others however often some are put there', async () => {
    const archive = newArchive()
    const at = (minute: number) => postOf(`p${minute}`, { postedAt: timeAt(minute) })
    await storeThread(archive, threadOf([at(0), at(1000)]), dumpRead())
    for (let minute = 999; minute > 930; minute--) await storeThread(archive, threadOf([at(minute)]), dumpRead())
    const ids = idsOf((await findThread(archive, key))!.posts)
    expect(ids).toEqual(['p0', ...Array.from({ length: 70 }, (_, index) => `p${931 + index}`)])
    await expectSound(archive)
  })

  test('pages with absurd numbers', async () => {
    const archive = newArchive()
    const page = (start: number) => threadOf([0, 1, 2].map((index) => postOf(String(start + index))))
    for (const [start, number] of [
      [100, 1e15],
      [103, 1e15 + 2],
      [200, 3e15],
      [1, -5],
    ] as const) {
      await storeThread(archive, page(start), pageRead(number))
    }
    await storeThread(archive, threadOf([postOf('101'), postOf('150'), postOf('200')]), pageRead(1e15, 1))
    const ids = ['1', '2', '3', '100', '101', '102', '103', '104', '105', '150', '200', '201', '202']
    expect(idsOf((await findThread(archive, key))!.posts)).toEqual(ids)
    await expectSound(archive)
  })

  test('pages of a long thread in any order, each looked up near its place', async () => {
    const archive = newArchive()
    const pages = Array.from({ length: 60 }, (_, page) =>
      Array.from({ length: 5 }, (_, index) => postOf(`n${page}-${index}`, { floor: page * 5 + index + 1 })),
    )
    const shuffled = [...pages.keys()].sort((a, b) => ((a * 37) % 61) - ((b * 37) % 61))
    for (const page of shuffled) await storeThread(archive, threadOf(pages[page]!), pageRead(page + 1))
    expect(idsOf((await findThread(archive, key))!.posts)).toEqual(idsOf(pages.flat()))
  })
})

describe('reading a part', () => {
  test('streams from a post on, in order, over the size of a batch', async () => {
    const archive = newArchive()
    const posts = Array.from({ length: 1234 }, (_, index) => postOf(String(1000 + index)))
    await storeThread(archive, threadOf(posts), dumpRead())
    const read = async (range: { from?: number; limit?: number }) =>
      idsOf(await Array.fromAsync(readPosts(archive, key, range)))
    expect(await read({})).toEqual(idsOf(posts))
    expect(await read({ from: 10, limit: 3 })).toEqual(['1010', '1011', '1012'])
    expect(await read({ from: 490, limit: 600 })).toEqual(idsOf(posts.slice(490, 1090)))
    expect(await read({ from: 2000 })).toEqual([])
    expect(await read({ limit: 0 })).toEqual([])
  })
})
