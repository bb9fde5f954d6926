// First of all: live queries ask for the global database when Dexie is loaded.
import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { liveQuery } from 'dexie'
import { deleteThread, restoreThread } from '../../../archive/delete-thread.ts'
import { evictCached, measureArchive } from '../../../archive/evict.ts'
import { countThreads, listFirstSummaries, listRecentThreads } from '../../../archive/list-threads.ts'
import { findThread, findThreadRecord } from '../../../archive/read-thread.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import type { Archive } from '../../../archive/database.ts'
import { idsOf, newArchive, pageRead, postOf, threadOf } from './sample-thread.ts'

async function store(archive: Archive, key: string, minute: number, save = false): Promise<void> {
  await storeThread(archive, threadOf([postOf('1'), postOf('2')], { key }), { ...pageRead(1, minute), save })
}

async function storeFour(archive: Archive): Promise<void> {
  await store(archive, 'old-saved', 0, true)
  await store(archive, 'old', 1)
  await store(archive, 'middle', 2)
  await store(archive, 'new', 3)
}

const keysOf = (threads: readonly { key: string }[]) => threads.map(({ key }) => key)

describe('lists', () => {
  test('newest first, in parts, saved ones apart', async () => {
    const archive = newArchive()
    await storeFour(archive)
    expect(keysOf(await listRecentThreads(archive))).toEqual(['new', 'middle', 'old', 'old-saved'])
    expect(keysOf(await listRecentThreads(archive, { offset: 1, limit: 2 }))).toEqual(['middle', 'old'])
    expect(keysOf(await listFirstSummaries(archive, 'savedAt', 50))).toEqual(['old-saved'])
    expect(await countThreads(archive)).toEqual({ all: 4, saved: 1 })
  })

  test('tell a live query that a thread came', async () => {
    const archive = newArchive()
    const seen: string[][] = []
    const subscription = liveQuery(() => listRecentThreads(archive)).subscribe((threads) => seen.push(keysOf(threads)))
    await expect.poll(() => seen.length).toBe(1)
    await store(archive, 'new', 0)
    await expect.poll(() => seen.length).toBe(2)
    subscription.unsubscribe()
    expect(seen).toEqual([[], ['new']])
  })
})

describe('deleting', () => {
  test('takes the thread with all its posts, and no other', async () => {
    const archive = newArchive()
    await store(archive, 'a', 0)
    await store(archive, 'a/1', 0)
    const deleted = await deleteThread(archive, 'a')
    expect(idsOf(deleted!.posts)).toEqual(['1', '2'])
    expect(await findThread(archive, 'a')).toBeUndefined()
    expect(await archive.posts.count()).toBe(2)
    expect(await deleteThread(archive, 'a')).toBeUndefined()
  })

  test('is undone to the same thread', async () => {
    const archive = newArchive()
    await store(archive, 'a', 0, true)
    await storeThread(archive, threadOf([postOf('2', { text: '改' })], { key: 'a' }), pageRead(1, 1))
    const before = [await archive.threads.toArray(), await archive.posts.toArray()]
    const deleted = await deleteThread(archive, 'a')
    // As if it had gone through a message in between.
    expect(await restoreThread(archive, structuredClone(deleted!))).toMatchObject({ added: 2, total: 2 })
    expect([await archive.threads.toArray(), await archive.posts.toArray()]).toEqual(before)
  })

  test('is undone after the thread was read again, and loses neither', async () => {
    const archive = newArchive()
    await store(archive, 'a', 0)
    const deleted = await deleteThread(archive, 'a')
    await storeThread(archive, threadOf([postOf('2', { text: '改' }), postOf('3')], { key: 'a' }), pageRead(1, 1))
    await restoreThread(archive, deleted!)
    expect(idsOf((await findThread(archive, 'a'))!.posts)).toEqual(['1', '2', '3'])
    const edited = await archive.posts.get(['a', '2'])
    expect([edited!.post.text, edited!.versions?.[0]?.text]).toEqual(['改', '第2个帖子'])
  })
})

describe('evicting', () => {
  test('the cached thread read longest ago goes first, saved ones stay', async () => {
    const archive = newArchive()
    await storeFour(archive)
    const { bytes } = (await findThreadRecord(archive, 'old'))!
    expect(await measureArchive(archive)).toEqual({ cached: 3 * bytes, saved: bytes })
    expect(await evictCached(archive, 3 * bytes)).toEqual({ threads: 0, bytes: 0 })
    expect(await evictCached(archive, 2 * bytes)).toEqual({ threads: 1, bytes })
    expect(keysOf(await listRecentThreads(archive))).toEqual(['new', 'middle', 'old-saved'])
    expect(await evictCached(archive, 0, { keep: 'middle' })).toEqual({ threads: 1, bytes })
    expect(keysOf(await listRecentThreads(archive))).toEqual(['middle', 'old-saved'])
    expect(await archive.posts.count()).toBe(4)
  })
})
