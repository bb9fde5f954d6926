import { readFileSync, readdirSync } from 'node:fs'
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { restoreBackup } from '../../../archive/backup/restore-backup.ts'
import { backupOf, libraryOf } from './sample-library.ts'
import { newArchive } from './sample-thread.ts'

/** Backups as each version of the extension wrote them, and the threads that they hold. Written once, never again. */
const folder = new URL('backups/', import.meta.url)
const names = readdirSync(folder)

describe('backups of every version of the database', () => {
  test('are kept', async () => {
    const archive = newArchive()
    await archive.open()
    const versions = names.map((name) => Number(/^database-(\d+)\.jsonl\.gz$/.exec(name)?.[1])).sort((a, b) => a - b)
    // Version 1 had no backups.
    expect(versions).toEqual(Array.from({ length: archive.verno - 1 }, (_, index) => index + 2))
  })

  test.each(names)('%s restores whole', async (name) => {
    const archive = newArchive()
    const report = await restoreBackup(archive, new Blob([readFileSync(new URL(name, folder))]))
    expect(report).toMatchObject({ threads: 3, posts: 90, files: 3, damageCount: 0, unknownLines: 0, tornCount: 0 })
    expect(report).toMatchObject({
      threadsMissing: 0,
      filesMissing: 0,
      filesDamaged: 0,
      isCutOff: false,
      isNewer: false,
    })
    const { threads, posts, addresses } = await libraryOf(archive)
    expect(threads.map(({ title, tags, savedAt }) => [title, tags, savedAt !== undefined])).toEqual([
      ['标题 1', ['公文', '旧'], true],
      ['标题 2', [], false],
      ['标题 3', [], false],
    ])
    expect(posts.filter(({ versions }) => versions).map(({ post }) => post.text)).toEqual(Array(6).fill('改过的话'))
    expect(addresses.map(({ state }) => state)).toEqual(['kept', 'kept', 'kept'])
  })
})

test('a library of version 1, upgraded and backed up, restores the same', async () => {
  interface Sample {
    stores: Record<string, string>
    threads: object[]
    posts: object[]
  }
  const sample = JSON.parse(readFileSync(new URL('versions/v1.json', import.meta.url), 'utf8')) as Sample
  const factory = new IDBFactory()
  const former = new Dexie('loulan', { indexedDB: factory, IDBKeyRange })
  former.version(1).stores(sample.stores)
  await former.table('threads').bulkAdd(sample.threads)
  await former.table('posts').bulkAdd(sample.posts)
  former.close()
  const upgraded = newArchive(factory)
  const restored = newArchive()
  expect(await restoreBackup(restored, await backupOf(upgraded))).toMatchObject({ damageCount: 0, tornCount: 0 })
  const [left, right] = [await libraryOf(upgraded), await libraryOf(restored)]
  expect(right.posts).toEqual(left.posts)
  const told = ({ threads }: typeof left) => threads.map((thread) => ({ ...thread, bytes: 0 })) // A guess in the sample.
  expect(told(right)).toEqual(told(left))
  expect(await restored.threads.count()).toBe(sample.threads.length)
})
