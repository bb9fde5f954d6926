import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import type { Archive } from '../../../../archive/database.ts'
import { listFileAddresses } from '../../../../archive/file-addresses.ts'
import { measureFiles } from '../../../../archive/measure-files.ts'
import { handleSaves } from '../../../../background/saving/handle-saves.ts'
import { writeSetting } from '../../../../settings/settings.ts'
import { startForum, type Forum } from '../../../forum/forum.ts'
import { generateThread } from '../../../forum/generate.ts'
import { deliver, ownPage } from '../../messages/deliver.ts'
import { emptyArchive, fetchFromForum, keyOf, urlOf, waitForState } from './forum-saves.ts'

const OUTSIDE = 'https://img.example.net'

/** A thread with pictures of the forum and of another host, and a picture and a file attached. */
function makeThread(names: readonly string[]) {
  const thread = generateThread({ posts: 3, seed: 7, plain: true })
  const pictures = names.map(
    (name) => `<img src="${name.includes(':') ? name : `https://bbs.pku.edu.cn/attach/${name}`}">`,
  )
  thread.posts[0]!.body = `<p>看图${pictures.join('')}</p>`
  thread.posts[1]!.attachments = [
    { name: '照片.png', kind: 'image', size: 4000 },
    { name: '讲义.pdf', kind: 'file', size: 5000 },
  ]
  return thread
}

const thread = makeThread(['1.png', '2.png', '1.png', `${OUTSIDE}/3.png`])
const KEY = keyOf(thread)
let forum: Forum
let archive: Archive

beforeAll(async () => {
  forum = await startForum({ threads: [thread] })
  fetchFromForum(forum)
  await writeSetting('saveSecondsBetweenRequests', 0.2)
  await writeSetting('secondsBetweenFiles', 0)
  archive = await emptyArchive()
  handleSaves()
})

beforeEach(async () => {
  archive = await emptyArchive()
  forum.requests.length = 0
})

afterEach(async () => {
  forum.faults.clear()
  vi.mocked(browser.permissions.contains).mockResolvedValue(true as never)
  for (const [name, value] of [
    ['keepPictures', true],
    ['keepFiles', false],
  ] as const)
    await writeSetting(name, value)
  await writeSetting('fileMegabytes', 10)
  await writeSetting('threadFilesMegabytes', 300)
})

afterAll(() => forum.stop())

const save = async () => {
  await deliver('saveThread', { url: urlOf(thread) }, ownPage('popup.html'))
  return waitForState(archive, KEY, 'finished')
}

/** What became of the addresses, by the end of their path. */
async function outcomes(): Promise<Record<string, string>> {
  const rows = await listFileAddresses(archive, KEY)
  return Object.fromEntries(rows.map(({ url, reason, state }) => [decodeURI(url).split('/').at(-1)!, reason ?? state]))
}

const asked = (part: string) => forum.requests.filter(({ path }) => decodeURI(path).includes(part)).length

test('a save goes on with the pictures; files stay where they are unless they are wanted', async () => {
  expect(await save()).toMatchObject({ pagesDone: 1, pictures: { done: 4, failed: 0, total: 4 } })
  expect(await outcomes()).toEqual({ '1.png': 'kept', '2.png': 'kept', '3.png': 'kept', '照片.png': 'kept' })
  expect(asked('/attach/1.png')).toBe(1)
  await writeSetting('keepFiles', true)
  expect(await save()).toMatchObject({ pictures: { done: 5, total: 5 } })
  expect((await outcomes())['讲义.pdf']).toBe('kept')
  expect(asked('/attach/1.png')).toBe(1)
})

test('without pictures nothing is asked for but pages', async () => {
  await writeSetting('keepPictures', false)
  expect((await save()).pictures).toBeUndefined()
  expect(asked('.png')).toBe(0)
  // Who asks for them gets them all the same.
  await deliver('getThreadFiles', { key: KEY }, ownPage('reader.html'))
  await vi.waitFor(async () => expect(Object.keys(await outcomes())).toHaveLength(4), { timeout: 10_000 })
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ pictures: { done: 4, total: 4 } })
})

test('what cannot be had says why, and is had by the next save', async () => {
  forum.faults.add({ on: '/attach/1.png', status: 404 })
  forum.faults.add({ on: '/attach/2.png', status: 200 })
  forum.faults.add({ on: '照片'.split('').map(encodeURIComponent).join(''), cutAfter: 0.5 })
  expect(await save()).toMatchObject({ pictures: { done: 1, failed: 3, total: 4 } })
  expect(await outcomes()).toEqual({ '1.png': 'not-found', '2.png': 'refused', '3.png': 'kept', '照片.png': 'network' })
  forum.faults.clear()
  expect(await save()).toMatchObject({ pictures: { done: 4, failed: 0, total: 4 } })
})

test('a host that may not be read is asked once the reader allows it, without the pages', async () => {
  vi.mocked(browser.permissions.contains).mockImplementation(
    async ({ origins = [] }) => !origins.some((pattern) => pattern.includes('img.example.net')) as never,
  )
  await save()
  expect((await outcomes())['3.png']).toBe('no-permission')
  expect(forum.requests.some(({ host }) => host === 'img.example.net')).toBe(false)
  vi.mocked(browser.permissions.contains).mockResolvedValue(true as never)
  const pages = asked('post-read')
  expect(await deliver('getThreadFiles', { key: KEY }, ownPage('reader.html'))).toMatchObject({ state: 'queued' })
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ pictures: { done: 4, failed: 0 } })
  expect(asked('post-read')).toBe(pages)
  expect(await deliver('getThreadFiles', { key: 'nothing' }, ownPage('reader.html'))).toBeUndefined()
})

describe('limits', () => {
  const large = (name: string) => `9/700000/${name}.png`

  async function saveLarge(names: readonly string[]): Promise<Record<string, string>> {
    forum.control.editPost(thread.id, thread.posts[0]!.id, { body: makeThread(names.map(large)).posts[0]!.body })
    await save()
    return outcomes()
  }

  test('one that is larger than one may be', async () => {
    await writeSetting('fileMegabytes', 1)
    forum.control.editPost(thread.id, thread.posts[0]!.id, {
      body: makeThread(['9/1000001/a.png', '9/1000000/b.png']).posts[0]!.body,
    })
    await save()
    expect(await outcomes()).toMatchObject({ 'a.png': 'too-large', 'b.png': 'kept' })
  })

  test('those of a thread that is full', async () => {
    await writeSetting('threadFilesMegabytes', 1)
    expect(await saveLarge(['c', 'd'])).toMatchObject({ 'c.png': 'kept', 'd.png': 'thread-full', '照片.png': 'kept' })
    expect((await measureFiles(archive)).bytes).toBeLessThanOrEqual(1_000_000)
  })
})

test('a host that is down is not asked for everything', async () => {
  const names = Array.from({ length: 8 }, (_, index) => `https://down.example/${index}.png`)
  forum.control.editPost(thread.id, thread.posts[0]!.id, { body: makeThread(names).posts[0]!.body })
  forum.faults.add({ on: /^\/\d\.png$/, cutAfter: 0 })
  expect(await save()).toMatchObject({ pictures: { done: 1, failed: 8, total: 9 } })
  expect(forum.requests.filter(({ host }) => host === 'down.example')).toHaveLength(3)
})

test('a host that asks for a moment gets it, one that asks for an hour is left alone', async () => {
  const names = ['https://a.example/moment.png', 'https://b.example/hour.png', 'https://b.example/other.png']
  forum.control.editPost(thread.id, thread.posts[0]!.id, { body: makeThread(names).posts[0]!.body })
  forum.faults.add({ on: 'moment', status: 503, retryAfter: 0, times: 1 })
  forum.faults.add({ on: 'hour', status: 429, retryAfter: 3600 })
  await save()
  const { 'moment.png': moment, 'hour.png': hour, 'other.png': other } = await outcomes()
  expect([moment, hour, other]).toEqual(['kept', 'server-error', 'server-error'])
  expect(asked('other')).toBe(0)
})

test('a save whose pictures are cancelled is whole, and says what is open', async () => {
  forum.control.editPost(thread.id, thread.posts[0]!.id, { body: makeThread(['slow.png', 'next.png']).posts[0]!.body })
  forum.faults.add({ on: 'slow.png', slow: 60_000 })
  await deliver('saveThread', { url: urlOf(thread) }, ownPage('popup.html'))
  await vi.waitFor(() => expect(asked('slow.png')).toBe(1), { timeout: 10_000 })
  await deliver('controlSave', { key: KEY, wish: 'cancel' }, ownPage('popup.html'))
  const report = await waitForState(archive, KEY, 'finished')
  expect(report).toMatchObject({ pagesDone: 1, pageCount: 1 })
  expect(await outcomes()).toMatchObject({ 'slow.png': 'open', 'next.png': 'open' })
})
