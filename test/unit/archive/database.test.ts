import { readFileSync, readdirSync } from 'node:fs'
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { toArchiveError } from '../../../archive/archive-error.ts'
import { deleteThread } from '../../../archive/delete-thread.ts'
import { countThreads, listFirstSummaries } from '../../../archive/list-threads.ts'
import { listFileAddresses } from '../../../archive/file-addresses.ts'
import type { FileAddressRecord } from '../../../archive/file-records.ts'
import { findThread, readPosts } from '../../../archive/read-thread.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { idsOf, newArchive, pageRead, postOf, threadOf } from './sample-thread.ts'

interface Sample {
  version: number
  stores: Record<string, string>
  threads: { key: string; title: string }[]
  posts: { threadKey: string; id: string; post: unknown; versions?: unknown; goneSince?: string }[]
  /** Since version 2; their bytes as base64. */
  files?: { hash: string; type: string; size: number; base64: string }[]
  fileAddresses?: FileAddressRecord[]
}

const folder = new URL('versions/', import.meta.url)
const samples = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8')) as Sample)

/** A database as that version of the extension left it. */
async function writeSample(factory: IDBFactory, sample: Sample): Promise<void> {
  const { version, stores, threads, posts, files, fileAddresses } = sample
  const former = new Dexie('loulan', { indexedDB: factory, IDBKeyRange })
  former.version(version).stores(stores)
  await former.table('threads').bulkAdd(threads)
  await former.table('posts').bulkAdd(posts)
  if (fileAddresses) await former.table('fileAddresses').bulkAdd(fileAddresses)
  for (const { base64, ...file } of files ?? []) {
    await former.table('files').add({ ...file, bytes: new Blob([Buffer.from(base64, 'base64')]) })
  }
  former.close()
}

describe('upgrades', () => {
  test('there is a sample of every version', async () => {
    const archive = newArchive()
    await archive.open()
    const versions = samples.map(({ version }) => version).sort((a, b) => a - b)
    expect(versions).toEqual(Array.from({ length: archive.verno }, (_, index) => index + 1))
  })

  test.each(samples)('from version $version: everything is there and can be added to', async (sample) => {
    const factory = new IDBFactory()
    await writeSample(factory, sample)
    const archive = newArchive(factory)
    for (const { key, title } of sample.threads) {
      const addresses = (sample.fileAddresses ?? []).filter(({ threadKey }) => threadKey === key)
      expect(await listFileAddresses(archive, key)).toEqual(addresses)
      const posts = sample.posts.filter(({ threadKey }) => threadKey === key)
      const thread = (await findThread(archive, key))!
      expect(thread.title).toBe(title)
      expect(thread.posts).toEqual(posts.map(({ post }) => post))
      const stored = await Array.fromAsync(readPosts(archive, key))
      expect(stored.map(({ versions, goneSince }) => ({ versions, goneSince }))).toEqual(
        posts.map(({ versions, goneSince }) => ({ versions, goneSince })),
      )
      const goneCount = posts.filter(({ goneSince }) => goneSince !== undefined).length
      const seen = { goneCount, unreadPosts: 0, recentAt: expect.any(String), lastOpenedAt: expect.any(String) }
      expect(await archive.threads.get(key)).toMatchObject(seen)
      const more = await storeThread(archive, threadOf([postOf('99999999')], { key }), pageRead(2, 1_000_000))
      expect(more).toMatchObject({ added: 1, total: posts.length + 1 })
      const deleted = (await deleteThread(archive, key))!
      expect(idsOf(deleted.posts)).toEqual([...idsOf(posts), '99999999'])
      expect(deleted.files.addresses).toEqual(addresses)
      expect(deleted.files.files).toHaveLength(addresses.filter(({ state }) => state === 'kept').length)
    }
    expect(await archive.files.count()).toBe(0)
    expect(await listFirstSummaries(archive, 'savedAt', 50)).toEqual([])
  })
})

describe('failures', () => {
  test('a database of a newer version is left alone and named', async () => {
    const factory = new IDBFactory()
    const newer = new Dexie('loulan', { indexedDB: factory, IDBKeyRange })
    newer.version(99).stores({ threads: 'key, lastReadAt, savedAt, site, *tags' })
    await newer.table('threads').add({ key: 'a', title: 'kept' })
    newer.close()
    const archive = newArchive(factory)
    await expect(storeThread(archive, threadOf([postOf('1')]), pageRead(1))).rejects.toMatchObject({
      name: 'ArchiveError',
      code: 'too-new',
    })
    archive.close()
    await newer.open()
    expect(await newer.table('threads').toArray()).toEqual([{ key: 'a', title: 'kept' }])
  })

  test('another tab that holds an older version open is told, and waited for no longer', async () => {
    const factory = new IDBFactory()
    const held = await new Promise<IDBDatabase>((resolve) => {
      const request = factory.open('loulan', 5)
      request.onsuccess = () => resolve(request.result)
    })
    const archive = newArchive(factory)
    for (let ask = 0; ask < 2; ask++) await expect(countThreads(archive)).rejects.toMatchObject({ code: 'blocked' })
    held.close()
    await expect.poll(() => countThreads(archive)).toEqual({ all: 0, saved: 0 })
  })

  test('a newer version of the extension can upgrade while the archive is open', async () => {
    const factory = new IDBFactory()
    const archive = newArchive(factory)
    await countThreads(archive)
    const newer = new Dexie('loulan', { indexedDB: factory, IDBKeyRange })
    newer.version(99).stores({ threads: 'key' })
    await newer.open()
    expect(newer.isOpen()).toBe(true)
    newer.close()
  })

  test('a browser without a database', async () => {
    const archive = newArchive(null as never)
    await expect(countThreads(archive)).rejects.toMatchObject({ name: 'ArchiveError', code: 'unavailable' })
  })

  test('a full disk is found inside what is thrown around it', () => {
    const full = new DOMException('full', 'QuotaExceededError')
    const around = Object.assign(new Error('aborted'), { name: 'AbortError', inner: full })
    const kept = { threads: 1, posts: 20 }
    expect(toArchiveError(around, kept)).toMatchObject({ code: 'quota-exceeded', kept, cause: around })
    expect(toArchiveError('a string')).toMatchObject({ code: 'failed' })
    const loop: { inner?: unknown } = {}
    loop.inner = loop
    expect(toArchiveError(loop)).toMatchObject({ code: 'failed' })
  })
})
