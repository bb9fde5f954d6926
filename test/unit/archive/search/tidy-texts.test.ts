import { readFileSync } from 'node:fs'
import Dexie from 'dexie'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import type { Archive } from '../../../../archive/database.ts'
import { deleteThread } from '../../../../archive/delete-thread.ts'
import { storeThread } from '../../../../archive/store-thread.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { countBacklog, workOffBacklog } from '../../../../archive/search/text-backlog.ts'
import { tidyTexts } from '../../../../archive/search/tidy-texts.ts'
import { newArchive, pageRead, postOf, threadOf } from '../sample-thread.ts'
import { failingArchive } from './failing-archive.ts'
import { find } from './search.ts'

/** Threads, edits and deletions enough to be merged; each post has a word of its own and one that all have. */
async function fill(archive: Archive): Promise<void> {
  const long = postOf('1', { text: `鹤${'水'.repeat(70_000)}` })
  await storeThread(archive, threadOf([long], { key: 'long', title: '' }), pageRead(1))
  await storeThread(archive, threadOf([long], { key: 'gone', title: '' }), pageRead(1))
  for (let each = 0; each < 34; each++) {
    const posts = [postOf('1', { text: `甲${each}号楼` }), postOf('2', { text: `乙${each}号楼` })]
    await storeThread(archive, threadOf(posts, { key: `t${each}`, title: '' }), pageRead(1, each))
  }
  await storeThread(archive, threadOf([postOf('1', { text: '改过的楼' })], { key: 't3', title: '' }), pageRead(1, 99))
  await deleteThread(archive, 't5')
  await deleteThread(archive, 'gone')
}

async function expectWhole(archive: Archive): Promise<void> {
  expect(await find(archive, '楼')).toHaveLength(66)
  expect(await find(archive, '"甲3号"')).toEqual([])
  expect(await find(archive, '改过')).toEqual(['t3#1'])
  expect(await find(archive, '乙5号')).toEqual([])
  expect(await find(archive, '乙33号')).toEqual(['t33#2'])
  expect(await find(archive, '鹤')).toEqual(['long#1'])
}

describe('tidying', () => {
  test('merges small runs into one, and takes out what is deleted', async () => {
    const archive = newArchive()
    await fill(archive)
    expect(await archive.textRuns.count()).toBe(39)
    await expectWhole(archive)
    expect(await tidyTexts(archive)).toBeGreaterThan(0)
    expect(await archive.textRuns.count()).toBe(2)
    await expectWhole(archive)
    const run = (await archive.textRuns.toArray()).find(({ body }) => body)
    expect(run!.body!.text).not.toMatch(/甲3号|乙5号/)
    expect(run!.sections.every(({ reset, replaced }) => !reset && !replaced)).toBe(true)
    expect(await tidyTexts(archive)).toBe(0)
  })

  test('killed at any write, everything is found as before, and tidied by the next', async () => {
    const counting = new IDBFactory()
    await fill(newArchive(counting))
    const { archive: whole, writes } = failingArchive(counting, Infinity)
    await tidyTexts(whole)
    expect(writes()).toBeGreaterThan(5)
    for (let failAt = 0; failAt < writes(); failAt++) {
      const factory = new IDBFactory()
      await fill(newArchive(factory))
      const { archive: killed } = failingArchive(factory, failAt)
      await expect(tidyTexts(killed)).rejects.toThrow()
      killed.close()
      const archive = newArchive(factory)
      await expectWhole(archive)
      await tidyTexts(archive)
      await expectWhole(archive)
      expect(await archive.textRuns.count()).toBe(2)
      archive.close()
    }
  })

  test('two at once, and writes meanwhile', async () => {
    const factory = new IDBFactory()
    const [one, other] = [newArchive(factory), newArchive(factory)]
    await fill(one)
    const late = threadOf([postOf('1', { text: '晚来的一层' })], { key: 'late', title: '' })
    await Promise.all([
      tidyTexts(one),
      tidyTexts(other),
      storeThread(one, late, pageRead(1, 200)),
      deleteThread(other, 't7'),
    ])
    const still = await find(newArchive(factory), '楼')
    expect(still).toHaveLength(64)
    expect(await find(one, '晚来')).toEqual(['late#1'])
    await tidyTexts(one)
    expect(await find(other, '楼')).toEqual(still)
  })

  test('long texts become blocks with a signature, found through it and purged', async () => {
    const archive = newArchive()
    const long = (word: string) => `${word}${'未名湖水'.repeat(75_000)}${word}尾`
    for (const [index, word] of ['鹤', '鹿', '鲸', '象'].entries()) {
      const thread = threadOf([postOf('1', { text: long(word) })], { key: word, title: '' })
      await storeThread(archive, thread, pageRead(1, index))
    }
    expect(await archive.textParts.count()).toBe(8)
    await tidyTexts(archive)
    expect([await archive.textRuns.count(), await archive.textParts.count()]).toEqual([1, 2])
    const searcher = new Searcher(archive)
    expect(await find(archive, '鲸尾', searcher)).toEqual(['鲸#1'])
    expect(await find(archive, '鲸鱼', searcher)).toEqual([])
    expect(await find(archive, '湖水', searcher)).toHaveLength(4)
    await deleteThread(archive, '鲸')
    expect(await find(archive, '鲸尾', searcher)).toEqual([])
    await tidyTexts(archive)
    const bodies = await archive.textParts.where('[part+id]').between(['body', 0], ['body', Infinity]).toArray()
    expect(bodies.map((part) => (part.part === 'body' ? part.body.text.includes('鲸') : true))).toEqual([false])
    expect(await find(archive, '象', searcher)).toEqual(['象#1'])
  })

  test('texts that a damaged disk has lost are made anew', async () => {
    const archive = newArchive()
    const thread = threadOf([postOf('1', { text: `鹤${'水'.repeat(70_000)}` })], { key: 'a', title: '' })
    await storeThread(archive, thread, pageRead(1))
    await storeThread(archive, threadOf([postOf('1', { text: '短' })], { key: 'b', title: '' }), pageRead(1))
    await deleteThread(archive, 'b')
    await archive.textParts.clear()
    expect(await find(archive, '鹤')).toEqual([])
    await storeThread(archive, threadOf([postOf('2', { text: '二' })], { key: 'a', title: '' }), pageRead(1))
    await deleteThread(archive, 'a').then(() => storeThread(archive, thread, pageRead(1, 5)))
    await tidyTexts(archive)
    expect(await find(archive, '鹤')).toEqual(['a#1'])
  })
})

describe('threads of an earlier version', () => {
  interface Sample {
    stores: Record<string, string>
    threads: { key: string; postCount: number }[]
    posts: { threadKey: string; position: number; post: { text: string } }[]
  }
  const sample = JSON.parse(readFileSync(new URL('../versions/v1.json', import.meta.url), 'utf8')) as Sample

  /** A library of version 1 with so many copies of the sample's thread. */
  async function writeVersion1(copies: number): Promise<IDBFactory> {
    const factory = new IDBFactory()
    const former = new Dexie('loulan', { indexedDB: factory, IDBKeyRange })
    former.version(1).stores(sample.stores)
    const [thread] = sample.threads
    for (let copy = 0; copy < copies; copy++) {
      const key = `${thread!.key}-${copy}`
      await former.table('threads').add({ ...thread, key, postCount: 700 })
      await former.table('posts').bulkAdd(sample.posts.map((post) => ({ ...post, threadKey: key })))
    }
    former.close()
    return factory
  }

  test('become findable step by step, none twice, those read meanwhile at once', async () => {
    const archive = newArchive(await writeVersion1(7))
    expect(await countBacklog(archive)).toBe(7)
    expect(await find(archive, '新话')).toEqual([])
    const key = `${sample.threads[0]!.key}-6`
    const edited = postOf('22231454', { text: '新话又新', author: { username: 'derekdut' } })
    await storeThread(archive, threadOf([edited], { key }), pageRead(1, 9_000_000))
    expect(await find(archive, '新话')).toEqual([`${key}#22231454`])
    expect(await workOffBacklog(archive)).toBe(true)
    expect(await countBacklog(archive)).toBe(4)
    expect(await find(archive, '新话')).toHaveLength(4)
    while (await workOffBacklog(archive));
    expect([await countBacklog(archive), await archive.textBacklog.count()]).toEqual([0, 0])
    expect(await find(archive, '新话')).toHaveLength(8)
    await tidyTexts(archive)
    expect(await find(archive, '新话')).toHaveLength(8)
  })

  test('killed at any write, none is lost', async () => {
    for (let failAt = 0; failAt < 8; failAt++) {
      const factory = await writeVersion1(4)
      await newArchive(factory).open()
      const { archive: killed, writes } = failingArchive(factory, failAt)
      try {
        while (await workOffBacklog(killed));
      } catch {
        expect(writes()).toBeGreaterThan(failAt)
      }
      killed.close()
      const archive = newArchive(factory)
      while (await workOffBacklog(archive));
      expect(await find(archive, '新话')).toHaveLength(4)
      archive.close()
    }
  })
})
