import 'fake-indexeddb/auto'
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import type { Archive } from '../../../../archive/database.ts'
import { handleSaves } from '../../../../background/saving/handle-saves.ts'
import { writeSetting } from '../../../../settings/settings.ts'
import { startForum, type Forum } from '../../../forum/forum.ts'
import { generateThread } from '../../../forum/generate.ts'
import { contentScriptOn, deliver, ownPage } from '../../messages/deliver.ts'
import { emptyArchive, fetchFromForum, keyOf, urlOf, waitForState } from './forum-saves.ts'

const thread = generateThread({ posts: 95, seed: 2, gaps: [7, 23] })
const KEY = keyOf(thread)
let forum: Forum
let archive: Archive

beforeAll(async () => {
  forum = await startForum({ threads: [thread] })
  fetchFromForum(forum)
  await writeSetting('saveSecondsBetweenRequests', 0.2)
  archive = await emptyArchive()
  handleSaves()
})

beforeEach(async () => {
  archive = await emptyArchive()
})

afterAll(() => forum.stop())

test('a thread is saved from the address of any of its pages', async () => {
  const first = await deliver('saveThread', { url: urlOf(thread, 3) }, ownPage('popup.html'))
  expect(first).toMatchObject({ key: KEY, state: 'queued', pagesDone: 0 })
  const report = await waitForState(archive, KEY, 'finished')
  expect(report).toMatchObject({
    pagesDone: 5,
    pageCount: 5,
    posts: 93,
    newPosts: 93,
    gaps: [
      { from: 7, to: 7 },
      { from: 23, to: 23 },
    ],
  })
})

test('a page is told in the words of a save that the disk is full', async () => {
  const put = vi.spyOn(IDBObjectStore.prototype, 'put')
  put.mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError')
  })
  const ask = { url: urlOf(thread), wish: 'save' }
  try {
    const report = await deliver('threadSaveAsked', ask, contentScriptOn(urlOf(thread)))
    expect(report).toMatchObject({ key: KEY, state: 'stopped', reason: 'storage-full', pagesDone: 0 })
  } finally {
    put.mockRestore()
  }
  expect(await archive.saves.count()).toBe(0)
})

test('a page is told in the words of a save why it could not begin', async () => {
  const ask = (wish: string) => deliver('threadSaveAsked', { url: urlOf(thread), wish }, contentScriptOn(urlOf(thread)))
  const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
    throw new Error('no')
  })
  try {
    expect(await ask('save')).toMatchObject({ state: 'stopped', reason: 'failed' })
  } finally {
    put.mockRestore()
  }
  const get = vi.spyOn(IDBObjectStore.prototype, 'get').mockImplementation(() => {
    throw new DOMException('', 'QuotaExceededError')
  })
  try {
    expect(await ask('resume')).toMatchObject({ state: 'stopped', reason: 'storage-full' })
  } finally {
    get.mockRestore()
  }
})

test('nothing is told to a private window, and its page is not looked at', async () => {
  const look = vi.spyOn(browser.scripting, 'executeScript')
  const from = contentScriptOn(urlOf(thread), { incognito: true, id: 8 })
  expect(await deliver('getThreadKeeping', { url: urlOf(thread) }, from)).toBeFalsy()
  expect(look).not.toHaveBeenCalled()
})
