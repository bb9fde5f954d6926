import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../archive/database.ts'
import { countThreads, listRecentThreads } from '../../../archive/list-threads.ts'
import { markSaved } from '../../../archive/mark-threads.ts'
import { findThread } from '../../../archive/read-thread.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { UNDO_WINDOW } from '../../../core/library/undo-window.ts'
import { findGoneThreads, listTrash, purgeTrash, restoreTrashed, trashThreads } from '../../../archive/trash.ts'
import { beginVisit } from '../../../archive/visits.ts'
import { idsOf, newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

const AT = timeAt(60)
const soon = new Date(Date.parse(AT) + 1000)
const later = new Date(Date.parse(AT) + UNDO_WINDOW + 1000)

async function store(archive: Archive, ...keys: string[]): Promise<void> {
  for (const key of keys) await storeThread(archive, threadOf([postOf('1'), postOf('2')], { key }), pageRead(1))
}

const everything = (archive: Archive) => Promise.all(archive.tables.map((table) => table.toArray()))

test('gone for good is what is neither in the library nor in the trash', async () => {
  const archive = newArchive()
  await store(archive, 'a', 'b', 'c')
  await trashThreads(archive, ['b', 'c'], { deletedAt: AT })
  expect(await findGoneThreads(archive, ['c', 'a', 'x', 'b'])).toEqual(['x'])
  await purgeTrash(archive)
  expect(await findGoneThreads(archive, ['c', 'a', 'x', 'b'])).toEqual(['c', 'x', 'b'])
})

describe('deleting many threads', () => {
  test('takes them from every list, leaves the others, and is undone to what there was', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'a/1', 'b')
    const before = await everything(archive)
    expect(await trashThreads(archive, ['a', 'b', 'nothing', 'a'], { deletedAt: AT })).toEqual(['a', 'b'])
    expect((await listRecentThreads(archive)).map(({ key }) => key)).toEqual(['a/1'])
    expect(await findThread(archive, 'a')).toBeUndefined()
    expect(await listTrash(archive, soon)).toEqual([{ deletedAt: AT, keys: ['a', 'b'] }])
    expect(await restoreTrashed(archive, AT)).toEqual(['a', 'b'])
    expect(await everything(archive)).toEqual(before)
    expect(await restoreTrashed(archive, AT)).toEqual([])
  })

  test('is undone one by one, deletion by deletion', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b', 'c')
    await trashThreads(archive, ['a', 'b'], { deletedAt: AT })
    await trashThreads(archive, ['c'], { deletedAt: timeAt(61) })
    expect((await listTrash(archive, soon)).map(({ keys }) => keys)).toEqual([['c'], ['a', 'b']])
    expect(await restoreTrashed(archive, AT, { keys: ['b', 'c'] })).toEqual(['b'])
    expect((await listTrash(archive, soon)).map(({ keys }) => keys)).toEqual([['c'], ['a']])
  })

  test('a thousand, with progress, stopped in between', async () => {
    const archive = newArchive()
    const keys = Array.from({ length: 1000 }, (_, index) => `thread/${index}`)
    await store(archive, 'other')
    const [row] = await archive.threads.toArray()
    await archive.threads.bulkPut(keys.map((key) => ({ ...row!, key })))
    const controller = new AbortController()
    const seen: number[] = []
    const onProgress = (done: number) => {
      seen.push(done)
      if (done === 500) controller.abort()
    }
    const trashed = await trashThreads(archive, keys, { deletedAt: AT, onProgress, signal: controller.signal })
    expect([trashed.length, seen]).toEqual([500, [250, 500]])
    expect(await countThreads(archive)).toMatchObject({ all: 501 })
    expect(await restoreTrashed(archive, AT)).toHaveLength(500)
    expect(await countThreads(archive)).toMatchObject({ all: 1001 })
  })
})

describe('a deleted thread that is read again', () => {
  test('starts anew, and undoing merges the two without loss', async () => {
    const archive = newArchive()
    await store(archive, 'a')
    await trashThreads(archive, ['a'], { deletedAt: AT })
    const again = threadOf([postOf('2', { text: '改' }), postOf('3')], { key: 'a' })
    expect(await storeThread(archive, again, pageRead(1, 61))).toMatchObject({ added: 2, total: 2 })
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['2', '3'])
    expect(await restoreTrashed(archive, AT)).toEqual(['a'])
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['1', '2', '3'])
    const edited = await archive.posts.get(['a', '2'])
    expect([edited!.post.text, edited!.versions?.[0]?.text]).toEqual(['改', '第2个帖子'])
    expect((await archive.threads.get('a'))!.postCount).toBe(3)
    expect(await archive.trash.count()).toBe(0)
  })

  test('and deleted again: both deletions can be undone', async () => {
    const archive = newArchive()
    await store(archive, 'a')
    await trashThreads(archive, ['a'], { deletedAt: AT })
    await storeThread(archive, threadOf([postOf('3')], { key: 'a' }), pageRead(2, 61))
    await trashThreads(archive, ['a'], { deletedAt: timeAt(62) })
    await restoreTrashed(archive, AT)
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['1', '2'])
    await restoreTrashed(archive, timeAt(62))
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['1', '2', '3'])
  })

  test('is not harmed when the trash is emptied', async () => {
    const archive = newArchive()
    await store(archive, 'a')
    await trashThreads(archive, ['a'], { deletedAt: AT })
    await storeThread(archive, threadOf([postOf('3')], { key: 'a' }), pageRead(2, 61))
    expect(await purgeTrash(archive)).toBe(1)
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['3'])
  })
})

describe('emptying the trash', () => {
  test('takes what can no longer be undone, with all its posts, and nothing else', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b')
    await trashThreads(archive, ['a'], { deletedAt: AT })
    expect(await purgeTrash(archive, { now: soon })).toBe(0)
    expect(await archive.posts.count()).toBe(4)
    expect(await purgeTrash(archive, { now: later })).toBe(1)
    expect(await archive.posts.toCollection().primaryKeys()).toEqual([
      ['b', '1'],
      ['b', '2'],
    ])
    expect(await listTrash(archive, soon)).toEqual([])
    expect(await restoreTrashed(archive, AT)).toEqual([])
  })

  test('also what a wrong clock deleted far ahead', async () => {
    const archive = newArchive()
    await store(archive, 'a')
    await trashThreads(archive, ['a'], { deletedAt: '2199-01-01T00:00:00.000Z' })
    expect(await purgeTrash(archive, { now: soon })).toBe(1)
  })
})

describe('what was seen of a thread', () => {
  const seen = async (archive: Archive) => (await archive.visits.toArray()).map(({ threadKey }) => threadKey)

  test('is forgotten when it is deleted for good, not before, and not of one that is back', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b')
    for (const key of ['a', 'b']) await beginVisit(archive, key, [])
    await trashThreads(archive, ['a', 'b'], { deletedAt: AT })
    await store(archive, 'b')
    await purgeTrash(archive, { now: soon })
    expect(await seen(archive)).toEqual(['a', 'b'])
    await purgeTrash(archive, { now: later })
    expect(await seen(archive)).toEqual(['b'])
  })

  test('stays where the cache was cleared, which leaves what was saved meanwhile', async () => {
    const archive = newArchive()
    await store(archive, 'a', 'b')
    await markSaved(archive, ['b'], AT)
    await beginVisit(archive, 'a', [])
    expect(await trashThreads(archive, ['a', 'b'], { deletedAt: AT, isCacheOnly: true })).toEqual(['a'])
    await purgeTrash(archive, {})
    expect([await seen(archive), await archive.posts.count()]).toEqual([['a'], 2])
  })
})
