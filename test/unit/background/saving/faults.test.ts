import 'fake-indexeddb/auto'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest'
import type { Archive } from '../../../../archive/database.ts'
import { deleteThread } from '../../../../archive/delete-thread.ts'
import { findThreadRecord, readPosts } from '../../../../archive/read-thread.ts'
import { markSaved } from '../../../../archive/mark-threads.ts'
import { findSave } from '../../../../archive/saves.ts'
import { handleSaves } from '../../../../background/saving/handle-saves.ts'
import type { SaveReport } from '../../../../core/save-report.ts'
import { writeSetting } from '../../../../settings/settings.ts'
import { startForum, type Forum } from '../../../forum/forum.ts'
import { generateThread } from '../../../forum/generate.ts'
import { deliver, ownPage } from '../../messages/deliver.ts'
import { dumpOf, emptyArchive, fetchFromForum, keyOf, urlOf, waitForState } from './forum-saves.ts'

/** Saves against the local forum while it fails, and saves of threads that have changed. */

const thread = generateThread({ posts: 63, seed: 5, gaps: [9] })
const KEY = keyOf(thread)
const from = ownPage('popup.html')
let forum: Forum
let archive: Archive
let undisturbed: string

const save = (more: object = {}) => deliver('saveThread', { url: urlOf(thread), ...more }, from) as Promise<SaveReport>
const control = (wish: string) => deliver('controlSave', { key: KEY, wish }, from)
/** The host's runner holds this lock until it has nothing to do. */
const waitForRunner = () => navigator.locks.request('saves at bbs.pku.edu.cn', () => {})
const askedPages = () => forum.requests.map(({ path }) => Number(/[&]page=(\d+)/.exec(path)?.[1] ?? 1))

beforeAll(async () => {
  forum = await startForum({ threads: [thread] })
  fetchFromForum(forum)
  await writeSetting('saveSecondsBetweenRequests', 0.2)
  await writeSetting('keepPictures', false)
  archive = await emptyArchive()
  handleSaves()
  await save()
  await waitForState(archive, KEY, 'finished')
  undisturbed = await dumpOf(archive, KEY)
})

beforeEach(async () => {
  archive = await emptyArchive()
  forum.requests.length = 0
})

afterEach(async () => {
  await control('cancel')
  forum.faults.clear()
  forum.control.loginWall = () => false
  forum.control.addThread(thread)
})

afterAll(() => forum.stop())

test.each([
  ['too many requests', { status: 429, retryAfter: 1, times: 1 }],
  ['an error of the server', { status: 500, times: 2 }],
  ['half a page', { cutAfter: 0.5, times: 2 }],
  ['no byte', { cutAfter: 0, times: 2 }],
  ['a page that fails until the others are done', { status: 502, times: 3 }],
])('%s: the thread is what it would have been', async (_what, fault) => {
  forum.faults.add({ on: /page=3$/, ...fault })
  await save()
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ pagesDone: 4, posts: 62, gonePosts: 0 })
  expect(await dumpOf(archive, KEY)).toBe(undisturbed)
})

test('a login wall is waited at, and nothing of it is stored', async () => {
  forum.control.loginWall = () => forum.requests.length > 2
  await save()
  expect(await waitForState(archive, KEY, 'waiting')).toMatchObject({
    reason: 'login-required',
    pagesDone: 2,
    posts: 40,
  })
  forum.control.loginWall = () => false
  await control('resume')
  await waitForState(archive, KEY, 'finished')
  expect(await dumpOf(archive, KEY)).toBe(undisturbed)
})

test('a paused save stores nothing more, and goes on from where it was', async () => {
  await save()
  expect(await control('pause')).toMatchObject({ state: 'paused' })
  await waitForState(archive, KEY, 'paused')
  const before = await findSave(archive, KEY)
  await waitForRunner()
  expect(await findSave(archive, KEY)).toEqual(before)
  expect(await control('resume')).toMatchObject({ state: 'queued' })
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ posts: 62 })
})

test('a cancelled save leaves what was stored, and can be taken up', async () => {
  await save()
  await waitForState(archive, KEY, 'running')
  expect(await control('cancel')).toMatchObject({ state: 'stopped', reason: 'cancelled' })
  await save()
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ pagesDone: 4 })
  expect(await dumpOf(archive, KEY)).toBe(undisturbed)
})

test('deleting the thread ends its save', async () => {
  await save()
  await waitForState(archive, KEY, 'running')
  while (!(await deleteThread(archive, KEY))) await new Promise((resolve) => setTimeout(resolve, 5))
  expect(await findSave(archive, KEY)).toBeUndefined()
  await waitForRunner()
  expect(await findThreadRecord(archive, KEY)).toBeUndefined()
})

test('saving again asks for the last page, and for those that are new', async () => {
  await save()
  await waitForState(archive, KEY, 'finished')
  forum.requests.length = 0
  forum.control.addPosts(thread.id, 30)
  await save()
  expect(await waitForState(archive, KEY, 'finished')).toMatchObject({ newPosts: 30, pageCount: 5, pagesDone: 5 })
  expect(askedPages()).toEqual([4, 5])
})

test('a post that was edited keeps its earlier words, one that vanished is kept and marked', async () => {
  await save()
  await waitForState(archive, KEY, 'finished')
  const [, edited, gone, last] = [0, 3, 30, 61].map((index) => thread.posts[index]!.id)
  forum.control.editPost(thread.id, edited!, { text: '改过的话' })
  forum.control.deletePost(thread.id, gone!)
  forum.control.deletePost(thread.id, last!)
  await save()
  const report = await waitForState(archive, KEY, 'finished')
  expect(report).toMatchObject({ newPosts: 0, editedPosts: 1, gonePosts: 2, posts: 62 })
  const posts = await Array.fromAsync(readPosts(archive, KEY))
  expect(posts.filter(({ goneSince }) => goneSince).map(({ id }) => id)).toEqual([gone, last])
  expect(posts.find(({ id }) => id === edited)).toMatchObject({ post: { text: '改过的话' }, versions: [{}] })
  expect(await findThreadRecord(archive, KEY)).toMatchObject({ goneCount: 2 })
  forum.control.addThread(thread)
  await save({ checkAll: true })
  await waitForState(archive, KEY, 'finished')
  expect(await findThreadRecord(archive, KEY)).toMatchObject({ goneCount: 0, postCount: 62 })
})

test('a thread that the forum deleted is kept, and none of its posts is marked', async () => {
  await save()
  await waitForState(archive, KEY, 'finished')
  forum.control.deleteThread(thread.id)
  await save()
  expect(await waitForState(archive, KEY, 'stopped', 'waiting')).toMatchObject({ reason: 'site-error', posts: 62 })
  expect(await findThreadRecord(archive, KEY)).toMatchObject({ goneCount: 0, postCount: 62 })
})

test('a thread given back to the cache is saved no more', async () => {
  await save()
  await waitForState(archive, KEY, 'finished')
  expect(await findThreadRecord(archive, KEY)).toHaveProperty('savedAt')
  expect(await markSaved(archive, [KEY], undefined)).toBe(1)
  expect(await findThreadRecord(archive, KEY)).not.toHaveProperty('savedAt')
  expect(await findSave(archive, KEY)).toBeUndefined()
})

test('a thread given back to the cache while it is being saved stays there', async () => {
  await save()
  await vi.waitUntil(() => findThreadRecord(archive, KEY), { timeout: 15_000, interval: 5 })
  expect(await markSaved(archive, [KEY], undefined)).toBe(1)
  await waitForRunner()
  expect(await findThreadRecord(archive, KEY)).not.toHaveProperty('savedAt')
  expect(await findSave(archive, KEY)).toBeUndefined()
})

test.each([
  {},
  { url: 7 },
  { url: 'about:blank' },
  { url: 'file:///etc/passwd' },
  { url: 'javascript:alert(1)' },
  undefined,
])('what is no address of a thread is not saved: %j', async (data) => {
  const reply = await deliver('saveThread', data, from).catch(() => undefined)
  expect(reply ?? undefined).toBeUndefined()
  expect(forum.requests).toEqual([])
})
