import { beforeEach, expect, test } from 'vitest'
import { useArchive } from '../../../stores/open-archive.ts'
import { useThreadStore } from '../../../stores/thread.ts'
import { keepThreads, makeThread, startEmpty } from './sample-archive.ts'

beforeEach(startEmpty)

test('reads a thread with all its posts in order', async () => {
  const thread = makeThread('5', 1203)
  await keepThreads(thread)
  const store = useThreadStore()
  await store.open(thread.key)
  expect([store.state, store.readCount, store.isComplete]).toEqual(['shown', 1203, true])
  expect(store.posts.map(({ post }) => post.id)).toEqual(thread.posts.map(({ id }) => id))
})

test('a thread that is not there is missing, not failed', async () => {
  const store = useThreadStore()
  await store.open('pku-bbs/x/1')
  expect([store.state, store.record]).toEqual(['missing', undefined])
})

test('opening another thread gives up the first', async () => {
  const [first, second] = [makeThread('1', 900), makeThread('2', 4)]
  await keepThreads(first, second)
  const store = useThreadStore()
  await Promise.all([store.open(first.key), store.open(second.key)])
  expect([store.record?.key, store.posts.length, store.isComplete]).toEqual([second.key, 4, true])
})

test('says why the archive could not be read', async () => {
  const store = useThreadStore()
  ;(await useArchive()).close({ disableAutoOpen: true })
  await store.open('pku-bbs/x/1')
  expect([store.state, store.failure?.code]).toEqual(['failed', 'closed'])
})
