import { IDBFactory } from 'fake-indexeddb'
import { describe, expect, test } from 'vitest'
import { deleteThread, restoreThread } from '../../../../archive/delete-thread.ts'
import { evictCached } from '../../../../archive/evict.ts'
import { ImportLog } from '../../../../archive/import-log/import-log.ts'
import { undoImport } from '../../../../archive/import-log/undo-import.ts'
import { markOpened } from '../../../../archive/mark-threads.ts'
import { archiveReading } from '../../../../archive/merge.ts'
import { storeThread } from '../../../../archive/store-thread.ts'
import { purgeTrash, restoreTrashed, trashThreads } from '../../../../archive/trash.ts'
import { Searcher } from '../../../../archive/search/searcher.ts'
import { tidyTexts } from '../../../../archive/search/tidy-texts.ts'
import { dumpRead, newArchive, pageRead, postOf, threadOf, timeAt } from '../sample-thread.ts'
import { ask, find, library } from './search.ts'

describe('what changes in the archive', () => {
  test('edited, deleted, restored and evicted, with one searcher that stays open', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const found = (typed: string) => find(archive, typed, searcher)
    expect(await found('风')).toEqual(['a#11'])
    const edited = postOf('11', { text: '改了', floor: 1, author: { username: 'ZOEA' }, editedAt: '2024-01-01' })
    await storeThread(archive, threadOf([edited], { key: 'a', title: '新题' }), pageRead(1, 3))
    expect([await found('风'), await found('改'), await found('新题')]).toEqual([[], ['a#11'], ['a#']])
    const deleted = (await deleteThread(archive, 'a'))!
    expect([await found('改'), await found('新题'), await found('塔')]).toEqual([[], [], ['b#21']])
    await restoreThread(archive, deleted)
    expect([await found('改'), await found('塔')]).toEqual([['a#11'], ['a#12', 'b#21']])
    await evictCached(archive, 0, { keep: 'b' })
    expect([await found('改'), await found('塔')]).toEqual([[], ['b#21']])
    await tidyTexts(archive)
    expect([await found('改'), await found('塔')]).toEqual([[], ['b#21']])
    expect(JSON.stringify(await archive.textRuns.toArray())).not.toContain('改了')
  })

  test('put into the trash and taken out again', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    expect(await find(archive, '湖', searcher)).toEqual(['a#11', 'b#21'])
    const deletedAt = new Date().toISOString()
    await trashThreads(archive, ['a'], { deletedAt })
    expect(await find(archive, '湖', searcher)).toEqual(['b#21'])
    await restoreTrashed(archive, deletedAt)
    expect(await find(archive, '风', searcher)).toEqual(['a#11'])
    await trashThreads(archive, ['a'], { deletedAt })
    await purgeTrash(archive)
    expect(await find(archive, '风', searcher)).toEqual([])
    await tidyTexts(archive)
    expect(JSON.stringify(await archive.textRuns.toArray())).not.toContain('博雅')
  })

  test('what an import brought is found no more once it is undone', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const log = await ImportLog.begin(archive, { kind: 'import', startedAt: new Date().toISOString() })
    const more = [postOf('11', { text: '未名湖的雪' }), postOf('13', { text: '雪后的塔' })]
    await log.write(archiveReading(threadOf(more, { key: 'a', title: '湖边' }), { ...pageRead(2, 9) }))
    await log.write(archiveReading(threadOf([postOf('31', { text: '雪人' })], { key: 'c', title: '' }), dumpRead(8)))
    await log.end('done')
    expect(await find(archive, '雪', searcher)).toEqual(['a#11', 'a#13', 'c#31'])
    await undoImport(archive, log.id)
    expect([await find(archive, '雪', searcher), await find(archive, '风', searcher)]).toEqual([[], ['a#11']])
    await tidyTexts(archive)
    expect([await find(archive, '雪'), await find(archive, '风')]).toEqual([[], ['a#11']])
  })

  test('links in dumps are searched by what is read of them', async () => {
    const archive = newArchive()
    const post = postOf('1', { text: '看[这里](https://example.org/secret)吧' })
    await storeThread(archive, threadOf([post], { key: 'a' }), dumpRead())
    expect([await find(archive, '看这里吧'), await find(archive, 'secret')]).toEqual([['a#1'], []])
  })

  test('all posts of a thread are shown as they were found, though their texts were merged meanwhile', async () => {
    const archive = newArchive()
    for (let each = 0; each < 33; each++)
      await storeThread(archive, threadOf([postOf(String(each), { text: '塔' })], { key: 'a' }), pageRead(1, each))
    const searcher = new Searcher(archive)
    await ask(searcher, '塔')
    expect(await tidyTexts(archive)).toBeGreaterThan(0)
    await searcher.prepare()
    expect(await searcher.postsOf('a')).toHaveLength(33)
  })

  test('texts that are merged before they were read are found where they are then', async () => {
    const factory = new IDBFactory()
    const [archive, other] = [newArchive(factory), newArchive(factory)]
    for (const [minute, key] of ['c', 'b', 'a'].entries()) {
      const post = postOf('1', { text: `塔${'水'.repeat(350_000)}` })
      await storeThread(archive, threadOf([post], { key, title: '' }), pageRead(1, minute))
    }
    const searcher = new Searcher(archive)
    await searcher.prepare()
    const read = archive.textParts.bulkGet.bind(archive.textParts)
    // When the texts are asked for, somebody else has just replaced their run.
    archive.textParts.bulkGet = ((keys: [string, number][]) =>
      searcher
        .prepare()
        .then(() => tidyTexts(other))
        .then(() => read(keys))) as typeof read
    expect(await find(archive, '塔', searcher)).toEqual(['a#1', 'b#1', 'c#1'])
    expect(await other.textRuns.count()).toBe(1)
  })

  test('a thread that was opened since comes first, though no text has changed', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    expect(await find(archive, '湖', searcher)).toEqual(['a#11', 'b#21'])
    await markOpened(archive, 'b', timeAt(50))
    expect(await find(archive, '塔', searcher)).toEqual(['b#21', 'a#11', 'a#12'])
    await markOpened(archive, 'a', timeAt(55))
    expect(await find(archive, '塔', searcher)).toEqual(['a#11', 'a#12', 'b#21'])
  })

  test('signatures that cannot be read fail a search that goes on, and nothing else', async () => {
    const unseen: unknown[] = []
    const note = (reason: unknown) => unseen.push(reason)
    process.on('unhandledRejection', note)
    try {
      const archive = newArchive()
      for (let each = 0; each < 5; each++) {
        const post = postOf('1', { text: `塔${'水'.repeat(350_000)}` })
        await storeThread(archive, threadOf([post], { key: `t${each}`, title: '' }), pageRead(1, each))
      }
      const read = archive.textParts.bulkGet.bind(archive.textParts)
      archive.textParts.bulkGet = ((keys: [string, number][]) =>
        keys[0]![0] === 'signature' ? Promise.reject(new Error('unreadable')) : read(keys)) as typeof read
      await expect(ask(new Searcher(archive), '塔')).rejects.toMatchObject({ name: 'ArchiveError' })
      const given = new Searcher(archive)
      await given.prepare()
      const search = ask(given, '塔')
      await Promise.resolve()
      given.stop()
      expect(await search).toBeUndefined()
      await new Promise((resolve) => setTimeout(resolve, 0))
      expect(unseen).toEqual([])
    } finally {
      process.off('unhandledRejection', note)
    }
  })

  test('a search that is overtaken tells nothing more', async () => {
    const archive = await library()
    const searcher = new Searcher(archive)
    const told: string[] = []
    const first = searcher.search('湖', 20, ({ typed }) => told.push(typed))
    const second = searcher.search('湖的', 20, ({ typed }) => told.push(typed))
    expect([await first, await second, told]).toEqual([false, true, ['湖的']])
  })
})
