import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../archive/database.ts'
import { keepFile, wantFiles } from '../../../archive/file-addresses.ts'
import { lookAtFile } from '../../../archive/kept-files.ts'
import { findManifest, restoreBackup } from '../../../archive/backup/restore-backup.ts'
import { writeBackup } from '../../../archive/backup/write-backup.ts'
import { listImports, undoImport } from '../../../archive/import-log/undo-import.ts'
import { archiveReading } from '../../../archive/merge.ts'
import { findThread } from '../../../archive/read-thread.ts'
import { storeThread, writeThread } from '../../../archive/store-thread.ts'
import { formatDump } from '../../../formats/dump.ts'
import { backupOf, fillLibrary, libraryOf, PICTURE } from './sample-library.ts'
import { newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'
import { threadHistory } from './thread-history.ts'

const now = new Date('2024-06-01T00:00:00Z')

describe('a backup', () => {
  test('restored into an empty library gives the same library', async () => {
    const archive = newArchive()
    await fillLibrary(archive)
    const file = await backupOf(archive, { 'setting:caching': false })
    const empty = newArchive()
    let settings: unknown
    const report = await restoreBackup(empty, file, { now, onSettings: async (values) => void (settings = values) })
    expect(report).toMatchObject({ threads: 3, posts: 90, files: 3, damageCount: 0, unknownLines: 0, tornCount: 0 })
    expect(report).toMatchObject({
      threadsMissing: 0,
      filesMissing: 0,
      isCutOff: false,
      isNewer: false,
      stopped: false,
    })
    expect(await libraryOf(empty)).toEqual(await libraryOf(archive))
    expect(settings).toEqual({ 'setting:caching': false })
    const restored = (await empty.files.toArray()).find(({ size }) => size === PICTURE.length)!
    expect(new Uint8Array(await restored.bytes.arrayBuffer())).toEqual(PICTURE)
  })

  test('is read by any gzip as lines of JSON', async () => {
    const archive = newArchive()
    await fillLibrary(archive, 2)
    const text = gunzipSync(new Uint8Array(await (await backupOf(archive)).arrayBuffer())).toString()
    const types = text
      .trimEnd()
      .split('\n')
      .map((line) => (JSON.parse(line) as { type: string }).type)
    expect(types).toEqual(['manifest', 'settings', 'thread', 'thread', 'file', 'file', 'addresses', 'end'])
  })

  test('says what it holds before it is restored', async () => {
    const archive = newArchive()
    await fillLibrary(archive, 2)
    expect(await findManifest(await backupOf(archive))).toMatchObject({
      createdAt: timeAt(1000),
      threads: 2,
      posts: 60,
      files: 2,
    })
    for (const text of ['', '{}', 'PK\x03\x04', 'x'.repeat(100)])
      expect(await findManifest(new Blob([text]))).toBeUndefined()
  })

  test('of a long thread keeps the order, where nothing but the order tells it', async () => {
    const archive = newArchive()
    const posts = Array.from({ length: 1700 }, (_, index) => postOf(`p${(index * 7919) % 100_003}`))
    await storeThread(archive, threadOf(posts), { source: 'dump', readAt: timeAt(0), save: true })
    const empty = newArchive()
    await restoreBackup(empty, await backupOf(archive), { now })
    const found = [await findThread(archive, threadOf([]).key), await findThread(empty, threadOf([]).key)]
    expect(formatDump([found[1]!])).toBe(formatDump([found[0]!]))
  })

  test('restored twice changes nothing, and undone leaves what was there', async () => {
    const archive = newArchive()
    await fillLibrary(archive)
    const file = await backupOf(archive)
    const other = newArchive()
    await storeThread(other, threadOf([postOf('0', { text: '此处的话', html: '<p>此处的话</p>' })]), pageRead(1, 500))
    const before = await libraryOf(other)
    const first = await restoreBackup(other, file, { now })
    const once = await libraryOf(other)
    expect(once.posts.find(({ id, threadKey }) => id === '0' && threadKey.endsWith('/1'))).toMatchObject({
      post: { text: '此处的话' },
      versions: [{ text: '帖子 1 的第 1 楼，有 链接' }, { text: '改过的话' }],
    })
    const second = await restoreBackup(other, file, { now })
    expect(await libraryOf(other)).toEqual(once)
    expect(second).not.toHaveProperty('importId')
    expect((await listImports(other)).map(({ id }) => id)).toEqual([first.importId])
    await undoImport(other, first.importId!)
    expect(await libraryOf(other)).toEqual(before)
  })

  test('undone takes its pictures from threads that were here, and leaves those that were here or came since', async () => {
    const [archive, other] = [newArchive(), newArchive()]
    await fillLibrary(archive, 2)
    await fillLibrary(other, 1)
    const key = 'pku-bbs/bbs.pku.edu.cn/22/1'
    const add = async (where: Archive, name: string, bytes: number[]) => {
      const url = `https://example.org/${name}`
      await wantFiles(where, key, [{ url, kind: 'file' }])
      if (bytes.length === 0) return
      await keepFile(where, { threadKey: key, url }, await lookAtFile(new Uint8Array(bytes)), timeAt(2))
    }
    await add(archive, 'brought', [7, 7])
    await add(archive, 'found', [8, 8])
    await add(archive, 'open', [])
    await add(other, 'found', [])
    const before = await libraryOf(other)
    const file = await backupOf(archive)
    const first = await restoreBackup(other, file, { now })
    expect((await other.files.toArray()).map(({ size }) => size).toSorted()).toEqual(
      [1, 2, 2, PICTURE.length].toSorted(),
    )
    await add(other, 'open', [9])
    await undoImport(other, first.importId!)
    const after = await libraryOf(other)
    expect(after.addresses.map(({ url, state }) => [url.slice(20), state])).toEqual([
      ['1.png', 'kept'],
      ['found', 'open'],
      ['open', 'kept'],
    ])
    expect(after.addresses.slice(0, 2)).toEqual(before.addresses)
    expect(after.files.map(({ size }) => size).toSorted()).toEqual([1, PICTURE.length].toSorted())
  })

  test('of which only pictures were new can be undone; what a second one had too stays for it', async () => {
    const [archive, other] = [newArchive(), newArchive()]
    await fillLibrary(archive, 1)
    await fillLibrary(other, 1)
    const key = 'pku-bbs/bbs.pku.edu.cn/22/1'
    const url = 'https://example.org/brought'
    await wantFiles(archive, key, [{ url, kind: 'file' }])
    await keepFile(archive, { threadKey: key, url }, await lookAtFile(new Uint8Array([7])), timeAt(2))
    const before = await libraryOf(other)
    const first = await restoreBackup(other, await backupOf(archive), { now })
    const once = await libraryOf(other)
    // Another backup, which has something new too.
    await fillLibrary(archive, 2)
    const second = await restoreBackup(other, await backupOf(archive), { now })
    await undoImport(other, first.importId!)
    expect((await libraryOf(other)).addresses).toMatchObject([...once.addresses, {}])
    await undoImport(other, second.importId!)
    expect(await libraryOf(other)).toEqual(before)
  })

  test('that a full disk refuses leaves no file behind that belongs to nothing', async () => {
    const archive = newArchive()
    await fillLibrary(archive)
    const other = newArchive()
    let files = 0
    other.files.hook('creating', () => {
      if (++files > 1) throw new DOMException('disk full', 'QuotaExceededError')
    })
    const report = await restoreBackup(other, await backupOf(archive), { now })
    expect(report).toMatchObject({ threads: 3, files: 1, failure: { code: 'quota-exceeded' } })
    expect(await other.files.count()).toBe(0)
  })

  test('can be stopped, and gone on with by restoring again', async () => {
    const archive = newArchive()
    await fillLibrary(archive, 40)
    const file = await backupOf(archive)
    const controller = new AbortController()
    const other = newArchive()
    const onProgress = () => controller.abort()
    const report = await restoreBackup(other, file, { now, signal: controller.signal, onProgress })
    expect(report).toMatchObject({ stopped: true, isCutOff: false, threadsMissing: 0 })
    expect(await other.threads.count()).toBeLessThan(40)
    await restoreBackup(other, file, { now })
    expect(await libraryOf(other)).toEqual(await libraryOf(archive))
    const bytes = writeBackup(archive, { createdAt: '', extension: '', settings: {}, signal: controller.signal })
    await expect(Array.fromAsync(bytes)).rejects.toThrow('aborted')
  })
})

test('restoring is idempotent and loses no post, version or tag, whichever side is restored into which', async () => {
  const run = fc.asyncProperty(threadHistory, fc.nat(12), async ({ readings }, split) => {
    const [left, right] = [newArchive(), newArchive()]
    const text = (isLeft: boolean, value: string) => (isLeft ? value : value.replace('个', '個'))
    for (const [index, { thread, reading }] of readings.entries()) {
      const isLeft = index < split
      const posts = thread.posts.map((post) => ({
        ...post,
        text: text(isLeft, post.text),
        html: text(isLeft, post.html),
      }))
      const history = { ...archiveReading({ ...thread, posts }, reading), tags: [isLeft ? 'left' : 'right'] }
      await writeThread(isLeft ? left : right, history)
    }
    const backups = [await backupOf(left), await backupOf(right)]
    await restoreBackup(left, backups[1]!, { now })
    await restoreBackup(right, backups[0]!, { now })
    const [a, b] = [await libraryOf(left), await libraryOf(right)]
    const facts = ({ posts, threads }: typeof a) => ({
      posts: posts
        .map(({ id, post: { text: shown }, versions = [] }) => [id, shown, ...versions.map((version) => version.text)])
        .sort(),
      threads: threads.map(({ postCount, tags, pages, firstReadAt, lastReadAt }) => ({
        ...{ postCount, pages, firstReadAt, lastReadAt },
        tags: tags.toSorted(),
      })),
    })
    expect(facts(a)).toEqual(facts(b))
    await restoreBackup(left, backups[1]!, { now })
    expect(await libraryOf(left)).toEqual(a)
    await Promise.all([left.delete(), right.delete()])
  })
  await fc.assert(run, { numRuns: 50 })
})
