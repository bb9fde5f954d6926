// First of all: Dexie asks for the global database when it is loaded.
import 'fake-indexeddb/auto'
import { beforeEach, expect, test } from 'vitest'
import { deleteThread } from '../../../archive/delete-thread.ts'
import { useArchive } from '../../../stores/open-archive.ts'
import { useSearchStore } from '../../../stores/search.ts'
import { keepThreads, makeThread, startEmpty } from './sample-archive.ts'

beforeEach(startEmpty)

const keys = () => useSearchStore().result?.hits.map(({ key }) => key.split('/').at(-1))
const complete = () => expect.poll(() => useSearchStore().result?.isComplete)

test('the last thing typed is what is answered', async () => {
  await keepThreads(makeThread('6'), makeThread('7', 3))
  const search = useSearchStore()
  for (const typed of ['3', '3 楼', '帖子 7']) search.search(typed)
  await complete().toBe(true)
  expect([search.result!.typed, keys(), search.isSearching, search.failure]).toEqual([
    '帖子 7',
    ['7'],
    false,
    undefined,
  ])
  search.search('')
  expect([search.result, search.isActive]).toEqual([undefined, false])
})

test('more threads, and all posts of one', async () => {
  await keepThreads(...Array.from({ length: 12 }, (_, index) => makeThread(String(index), 5)))
  const search = useSearchStore()
  search.search('楼')
  await complete().toBe(true)
  expect([search.result!.threads, search.result!.posts, search.result!.hits.length]).toEqual([12, 60, 10])
  search.showMore()
  await expect.poll(() => search.result!.hits.length).toBe(12)
  const { key, hits } = search.result!.hits[0]!
  expect(hits.map(({ floor }) => floor)).toEqual([1, 2, 3])
  search.openThread(key)
  await expect.poll(() => search.opened.get(key)?.map(({ floor }) => floor)).toEqual([1, 2, 3, 4, 5])
})

test('a page that lets go of everything searches again when it is back', async () => {
  await keepThreads(makeThread('6'))
  const search = useSearchStore()
  search.search('楼')
  await complete().toBe(true)
  search.drop()
  await deleteThread(await useArchive(), 'pku-bbs/bbs.pku.edu.cn/22/6')
  search.setHidden(false)
  await expect.poll(keys).toEqual([])
})
