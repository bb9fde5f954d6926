import { createPinia, setActivePinia } from 'pinia'
import { beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { parseLooks } from '../../../core/reader-looks.ts'
import { readLooks, writeOwnLooks } from '../../../settings/reader-looks.ts'
import { useReaderLooksStore } from '../../../stores/reader-looks.ts'

beforeEach(() => {
  fakeBrowser.reset()
  setActivePinia(createPinia())
})

const black = parseLooks({ theme: 'black' })

test('a thread waits for its own looks, also where another one was open before', async () => {
  await writeOwnLooks('a', black)
  const store = useReaderLooksStore()
  const opened = store.open('a')
  expect(store.isReady).toBe(false)
  await opened
  expect([store.isReady, store.isOwn, store.looks.theme]).toEqual([true, true, 'black'])
  const openedNext = store.open('b')
  expect(store.isReady).toBe(false)
  await openedNext
  expect([store.isReady, store.isOwn, store.looks.theme]).toEqual([true, false, 'system'])
})

test('where looks cannot be read the thread is shown all the same, never in those of another', async () => {
  const warn = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  await writeOwnLooks('a', black)
  const store = useReaderLooksStore()
  await store.open('a')
  const failing = vi.spyOn(browser.storage.local, 'get').mockRejectedValue(new Error('disk'))
  await store.open('b')
  expect([store.isReady, store.isOwn, store.looks.theme]).toEqual([true, false, 'system'])
  expect(warn).toHaveBeenCalledOnce()
  failing.mockRestore()
  warn.mockRestore()
})

test('what cannot be stored holds on this page, and is said', async () => {
  const store = useReaderLooksStore()
  await store.open('a')
  const failing = vi.spyOn(browser.storage.local, 'set').mockRejectedValue(new Error('full'))
  await store.change({ textSize: 20 })
  expect([store.looks.textSize, store.isUnstored]).toEqual([20, true])
  failing.mockRestore()
  await store.change({ textSize: 21 })
  expect(store.isUnstored).toBe(false)
  expect((await readLooks('a')).common.textSize).toBe(21)
})
