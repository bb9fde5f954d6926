// First of all: changes are told between pages by the global database's events.
import 'fake-indexeddb/auto'
import { expect, test } from 'vitest'
import { findSummaries, listFirstSummaries, readSummaries } from '../../../archive/list-threads.ts'
import { markSaved } from '../../../archive/mark-threads.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { trashThreads } from '../../../archive/trash.ts'
import { watchThreads, type LibraryChange } from '../../../archive/watch-threads.ts'
import { newArchive, pageRead, postOf, threadOf, timeAt } from './sample-thread.ts'

test('each write names the threads that it touched, and no other database’s are heard of', async () => {
  const archive = newArchive()
  const changes: LibraryChange[] = []
  const controller = new AbortController()
  watchThreads(archive, (change) => changes.push(change), controller.signal)
  const store = (key: string) => storeThread(archive, threadOf([postOf('1')], { key }), pageRead(1))
  const last = () => changes.at(-1)
  await store('a')
  await expect.poll(last).toEqual({ keys: ['a'], isTrash: false })
  await store('b')
  await markSaved(archive, ['a', 'b'], timeAt(1))
  await expect.poll(() => [...(last()!.keys as string[])].toSorted()).toEqual(['a', 'b'])
  await trashThreads(archive, ['b'], { deletedAt: timeAt(2) })
  await expect.poll(last).toEqual({ keys: ['b'], isTrash: true })
  await archive.threads.clear()
  await expect.poll(last).toEqual({ keys: 'many', isTrash: false })
  const heard = changes.length
  controller.abort()
  await store('c')
  expect(changes).toHaveLength(heard)
})

test('rows come by an index first, and then all of them, as the library shows them', async () => {
  const archive = newArchive()
  const board = { id: '22', name: '三角地' }
  const lastReply = { at: '2024-01-01T08:00:00+08:00' }
  const key = 'pku-bbs/bbs.pku.edu.cn/22/1'
  const thread = threadOf([postOf('1')], { key, title: ' ＢＢＳ  历史', board, lastReply, pageCount: 3 })
  await storeThread(archive, thread, pageRead(2, 5))
  await storeThread(archive, threadOf([postOf('1')], { key: 'odd' }), { ...pageRead(1), save: true })
  expect((await listFirstSummaries(archive, 'recentAt', 1)).map((row) => row.key)).toEqual([key])
  expect((await listFirstSummaries(archive, 'savedAt', 9)).map((row) => row.key)).toEqual(['odd'])
  const [all] = await Array.fromAsync(readSummaries(archive))
  expect(all!.map((row) => row.key)).toEqual(['odd', key])
  expect((await findSummaries(archive, [key, 'nothing'])).get(key)).toMatchObject({
    ...{ foldedTitle: 'bbs 历史', host: 'bbs.pku.edu.cn', boardKey: 'pku-bbs/bbs.pku.edu.cn/22', pagesRead: 1 },
    ...{ incomplete: true, repliedAt: Date.UTC(2024, 0, 1), unreadPosts: 1 },
  })
})
