import { beforeEach, expect, test } from 'vitest'
import { ROWS_AT_ONCE, useLibraryStore } from '../../../stores/library.ts'
import { closeArchive, useArchive } from '../../../stores/open-archive.ts'
import { keepThreads, makeThread, startEmpty } from './sample-archive.ts'

beforeEach(startEmpty)

const titles = () => useLibraryStore().rows.map(({ thread }) => thread.title)

test('an empty archive is shown as empty, not as failed', async () => {
  const library = useLibraryStore()
  await library.load()
  expect([library.state, library.rows, library.threadCount, library.hasMore]).toEqual(['shown', [], 0, false])
})

test('lists what was read last first, in parts', async () => {
  await keepThreads(...Array.from({ length: ROWS_AT_ONCE + 3 }, (_, index) => makeThread(String(index), 1)))
  const library = useLibraryStore()
  await library.load()
  expect(titles()[0]).toBe(`帖子 ${ROWS_AT_ONCE + 2}`)
  expect([library.rows.length, library.threadCount, library.hasMore]).toEqual([ROWS_AT_ONCE, ROWS_AT_ONCE + 3, true])
  await Promise.all([library.loadMore(), library.loadMore()])
  expect([titles().length, new Set(titles()).size, library.hasMore]).toEqual([
    ROWS_AT_ONCE + 3,
    ROWS_AT_ONCE + 3,
    false,
  ])
})

test('a deleted thread keeps its row until it is restored, with all its posts', async () => {
  const thread = makeThread('7', 3)
  await keepThreads(makeThread('6'), thread)
  const library = useLibraryStore()
  await library.load()
  await library.remove(thread.key)
  expect(library.rows.map(({ isDeleted }) => isDeleted)).toEqual([true, false])
  expect([library.threadCount, await library.has(thread.key)]).toEqual([1, false])
  expect(await library.restore(thread.key)).toBe(true)
  expect(library.rows.map(({ isDeleted }) => isDeleted)).toEqual([false, false])
  await library.load()
  expect(library.rows[0]!.thread).toMatchObject({ key: thread.key, postCount: 3 })
})

test('what was never deleted cannot be restored', async () => {
  expect(await useLibraryStore().restore('nothing')).toBe(false)
})

test('rows stay in step when threads are deleted before more are read', async () => {
  await keepThreads(...Array.from({ length: ROWS_AT_ONCE + 2 }, (_, index) => makeThread(String(index), 1)))
  const library = useLibraryStore()
  await library.load()
  await library.remove(library.rows[0]!.thread.key)
  await library.loadMore()
  expect([titles().length, library.shownCount, library.hasMore]).toEqual([ROWS_AT_ONCE + 2, ROWS_AT_ONCE + 1, false])
})

test('clearing the cache deletes what was not saved', async () => {
  await keepThreads(makeThread('1'), makeThread('2'))
  const library = useLibraryStore()
  expect(await library.clearCache()).toBe(2)
  await library.load()
  expect(library.rows).toEqual([])
})

test('a database that cannot be opened is a failure with a code, and trying again can succeed', async () => {
  const library = useLibraryStore()
  ;(await useArchive()).close({ disableAutoOpen: true })
  await library.load()
  expect([library.state, library.failure?.code]).toEqual(['failed', 'closed'])
  await closeArchive()
  await library.load()
  expect([library.state, library.failure]).toEqual(['shown', undefined])
})
