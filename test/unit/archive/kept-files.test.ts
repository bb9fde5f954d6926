// First of all: ranges of keys are others where Dexie is loaded without a database.
import 'fake-indexeddb/auto'
import { describe, expect, test } from 'vitest'
import { deleteThread, restoreThread } from '../../../archive/delete-thread.ts'
import { evictCached } from '../../../archive/evict.ts'
import {
  adoptFile,
  beginTry,
  listOpenAddresses,
  keepFile,
  listFileAddresses,
  noteMissing,
  putFileAddresses,
  readFileAddresses,
  wantFiles,
} from '../../../archive/file-addresses.ts'
import { parseFileAddress } from '../../../archive/file-records.ts'
import { findFile, lookAtFile, putFile, readFiles, removeLooseFiles } from '../../../archive/kept-files.ts'
import { countThreadFiles, measureFiles } from '../../../archive/measure-files.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import type { Archive } from '../../../archive/database.ts'
import { makePng } from '../../forum/bytes.ts'
import { newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

const png = (seed: string) => new Uint8Array(makePng(seed, 20, 10))
const address = (name: string) => `https://bbs.pku.edu.cn/attach/${name}.png`

async function addThread(archive: Archive, key: string, save = true): Promise<void> {
  await storeThread(archive, threadOf([postOf('1')], { key }), { ...pageRead(1), save })
}

/** Wants a picture of a thread and keeps it. */
async function keep(archive: Archive, threadKey: string, name: string, content = name): Promise<void> {
  await wantFiles(archive, threadKey, [{ url: address(name), kind: 'picture' }])
  await keepFile(archive, { threadKey, url: address(name) }, await lookAtFile(png(content)), timeAt(1))
}

const everything = async (archive: Archive) => [
  await archive.threads.toArray(),
  await archive.fileAddresses.toArray(),
  (await archive.files.toArray()).map(({ hash, size }) => [hash, size]),
]

test('a file is looked at: hash, kind and size', async () => {
  const file = await lookAtFile(png('a'))
  expect(file).toMatchObject({ type: 'image/png', width: 20, height: 10, size: png('a').length })
  expect(file.hash).toMatch(/^[\da-f]{64}$/)
  expect((await lookAtFile(new TextEncoder().encode('abc'))).hash).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  )
})

describe('addresses', () => {
  test('are asked for in the order of the posts, each until it is had', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    const wanted = ['z', 'a', 'm', 'a'].map((name) => ({ url: address(name), kind: 'picture' as const }))
    await wantFiles(archive, 'a', wanted)
    const asked: string[] = []
    for (const open of await listOpenAddresses(archive, 'a')) {
      asked.push(open.url)
      expect(await beginTry(archive, open, timeAt(0))).toBe(true)
      if (open.url === address('a')) await noteMissing(archive, open, 'not-found', timeAt(1))
      else await keepFile(archive, open, await lookAtFile(png(open.url)), timeAt(1))
    }
    expect(asked).toEqual(['z', 'a', 'm'].map(address))
    expect(await countThreadFiles(archive, 'a')).toMatchObject({ kept: 2, missing: 1, open: 0 })
    // Wanted again: only what is missing is asked for.
    await wantFiles(archive, 'a', [...wanted, { url: address('new'), kind: 'file' }])
    const rows = await listFileAddresses(archive, 'a')
    expect(rows.map(({ url, state, position, attempts }) => [url, state, position, attempts])).toEqual([
      [address('a'), 'open', 1, undefined],
      [address('m'), 'kept', 2, 1],
      [address('new'), 'open', 3, undefined],
      [address('z'), 'kept', 0, 1],
    ])
  })

  test('one that ends the background each time is given up', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await wantFiles(archive, 'a', [{ url: address('1'), kind: 'picture' }])
    const open = (await listOpenAddresses(archive, 'a'))[0]!
    const tries = []
    for (let run = 0; run < 4; run++) tries.push(await beginTry(archive, open, timeAt(run)))
    expect(tries).toEqual([true, true, true, false])
  })

  test('nothing is noted of a thread that is gone, nor kept for it', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await wantFiles(archive, 'a', [{ url: address('1'), kind: 'picture' }])
    await deleteThread(archive, 'a')
    await wantFiles(archive, 'a', [{ url: address('1'), kind: 'picture' }])
    const kept = await keepFile(archive, { threadKey: 'a', url: address('1') }, await lookAtFile(png('1')), timeAt(1))
    expect(kept).toBe(false)
    expect([await archive.files.count(), await archive.fileAddresses.count()]).toEqual([0, 0])
  })

  test('a kept picture is not forgotten when it cannot be had anew', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await keep(archive, 'a', '1')
    await noteMissing(archive, { threadKey: 'a', url: address('1') }, 'network', timeAt(2))
    expect(await countThreadFiles(archive, 'a')).toMatchObject({ kept: 1, missing: 0 })
  })

  test('a picture that another thread has from the same address is taken over', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await addThread(archive, 'b')
    await keep(archive, 'a', 'smile')
    await wantFiles(archive, 'b', [
      { url: address('smile'), kind: 'picture' },
      { url: address('own'), kind: 'picture' },
    ])
    expect(await adoptFile(archive, (await listOpenAddresses(archive, 'b'))[0]!)).toBe(true)
    expect(await adoptFile(archive, (await listOpenAddresses(archive, 'b'))[0]!)).toBe(false)
    expect(await archive.files.count()).toBe(1)
    expect(await countThreadFiles(archive, 'b')).toMatchObject({ kept: 1, open: 1 })
  })
})

describe('files', () => {
  test('are stored once, however many addresses and threads have them', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await addThread(archive, 'b')
    await keep(archive, 'a', '1', 'same')
    await keep(archive, 'a', '2', 'same')
    await keep(archive, 'b', '3', 'same')
    const { length } = png('same')
    const threads = new Map([
      ['a', 2 * length],
      ['b', length],
    ])
    expect(await measureFiles(archive)).toEqual({ files: 1, bytes: length, threads })
  })

  test('a picture that changed takes the place of the former one', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await keep(archive, 'a', '1', 'before')
    await keepFile(archive, { threadKey: 'a', url: address('1') }, await lookAtFile(png('after')), timeAt(2))
    const [row] = await listFileAddresses(archive, 'a')
    expect(await archive.files.toCollection().primaryKeys()).toEqual([row!.hash])
  })

  test('go with the last thread that has them, and come back with it', async () => {
    const archive = newArchive()
    for (const key of ['a', 'b']) await addThread(archive, key)
    await keep(archive, 'a', '1', 'shared')
    await keep(archive, 'a', '2')
    await keep(archive, 'b', '1', 'shared')
    const before = await everything(archive)
    const first = await deleteThread(archive, 'a')
    expect(await archive.files.count()).toBe(1)
    const second = await deleteThread(archive, 'b')
    expect([await archive.files.count(), await archive.fileAddresses.count()]).toEqual([0, 0])
    await restoreThread(archive, structuredClone(first!))
    expect(await archive.files.count()).toBe(2)
    await restoreThread(archive, second!)
    expect(await everything(archive)).toEqual(before)
    const [row] = await listFileAddresses(archive, 'a')
    const bytes = new Uint8Array(await (await findFile(archive, row!.hash!))!.bytes.arrayBuffer())
    expect(bytes).toEqual(png('shared'))
  })

  test('what was had anew before the deletion was undone stays', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await keep(archive, 'a', '1', 'before')
    const deleted = await deleteThread(archive, 'a')
    await addThread(archive, 'a')
    await keep(archive, 'a', '1', 'after')
    await restoreThread(archive, deleted!)
    const { hash } = await lookAtFile(png('after'))
    expect(await archive.files.toCollection().primaryKeys()).toEqual([hash])
    expect((await listFileAddresses(archive, 'a'))[0]!.hash).toBe(hash)
  })

  test('go when their thread is evicted', async () => {
    const archive = newArchive()
    await addThread(archive, 'a', false)
    await addThread(archive, 'b')
    await keep(archive, 'a', '1')
    await keep(archive, 'b', '2')
    expect((await evictCached(archive, 0)).threads).toBe(1)
    expect([await archive.files.count(), await archive.fileAddresses.count()]).toEqual([1, 1])
  })
})

describe('backup', () => {
  test('all files and addresses come out and go into another archive', async () => {
    const [archive, other] = [newArchive(), newArchive()]
    for (const each of [archive, other]) for (const key of ['a', 'b']) await addThread(each, key)
    for (let number = 0; number < 210; number++) await keep(archive, number % 2 ? 'a' : 'b', String(number))
    for await (const { hash, bytes } of readFiles(archive)) expect(await putFile(other, { hash, bytes })).toBe(true)
    const rows = await Array.fromAsync(readFileAddresses(archive))
    expect(rows).toHaveLength(210)
    // As if they had gone through a file.
    const parsed = (JSON.parse(JSON.stringify(rows)) as unknown[]).map((row) => parseFileAddress(row)!)
    await putFileAddresses(other, parsed)
    expect((await everything(other)).slice(1)).toEqual((await everything(archive)).slice(1))
  })

  test('bytes of another hash are refused; their address is open again', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    const { hash } = await lookAtFile(png('1'))
    expect(await putFile(archive, { hash, bytes: png('2') })).toBe(false)
    const row = {
      threadKey: 'a',
      url: address('1'),
      kind: 'picture',
      state: 'kept',
      hash,
      position: 0,
      width: 1,
      height: 1,
    }
    await putFileAddresses(archive, [parseFileAddress(row)!, parseFileAddress({ ...row, threadKey: 'gone' })!])
    expect(await listFileAddresses(archive, 'a')).toEqual([
      { threadKey: 'a', url: address('1'), kind: 'picture', state: 'open', position: 0, size: 0 },
    ])
    expect(await archive.fileAddresses.count()).toBe(1)
  })

  test('what is kept here stays; files without an address can be removed', async () => {
    const archive = newArchive()
    await addThread(archive, 'a')
    await keep(archive, 'a', '1')
    const before = await everything(archive)
    const loose = await lookAtFile(png('loose'))
    await putFile(archive, { hash: loose.hash, bytes: loose.bytes })
    const row = { threadKey: 'a', url: address('1'), kind: 'picture', state: 'kept', hash: loose.hash, position: 9 }
    await putFileAddresses(archive, [parseFileAddress(row)!])
    await removeLooseFiles(archive)
    expect(await everything(archive)).toEqual(before)
  })

  test.each([
    [undefined],
    [{ threadKey: 'a', url: 'javascript:alert(1)', kind: 'picture', state: 'open' }],
    [{ threadKey: 'a', url: `https://a.example/${'a'.repeat(5000)}`, kind: 'picture', state: 'open' }],
    [{ threadKey: 1, url: 'https://a.example/', kind: 'picture', state: 'open' }],
    [{ threadKey: 'a', url: 'https://a.example/', kind: 'script', state: 'open' }],
  ])('rows that are none: %j', (value) => expect(parseFileAddress(value)).toBeUndefined())

  test('of a row only what is right is read', () => {
    const row = { threadKey: 'a', url: 'https://a.example/', kind: 'file' }
    const base = { ...row, position: 0, size: 0 }
    const wrong = { position: -1, size: 5, width: 'x', attempts: 1.5, triedAt: '<', more: 1 }
    expect(parseFileAddress({ ...row, ...wrong, state: 'kept', hash: 'A'.repeat(64) })).toEqual({
      ...base,
      state: 'open',
    })
    expect(parseFileAddress({ ...row, state: 'missing', reason: 'whatever' })).toEqual({ ...base, state: 'open' })
    expect(parseFileAddress({ ...row, state: 'missing', reason: 'not-found' })).toEqual({
      ...{ ...base, state: 'missing', reason: 'not-found' },
    })
  })
})
