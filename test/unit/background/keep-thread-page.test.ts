import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test, vi } from 'vitest'
import { browser } from 'wxt/browser'
import { openArchive } from '../../../archive/database.ts'
import { findThreadRecord } from '../../../archive/read-thread.ts'
import { handleThreadPages } from '../../../background/keep-thread-page.ts'
import { LONG_PAGE } from '../../../core/post-lengths.ts'
import { LONGEST_PAGE } from '../../../background/look-at-tab.ts'
import type { JoinReply, ThreadPageReply } from '../../../messages/protocol.ts'
import { readSiteRecords } from '../../../settings/site-records.ts'
import { writeSetting } from '../../../settings/settings.ts'
import type { Sender } from '../../../messages/messenger.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

const SAMPLES = join(import.meta.dirname, '../../../seeds/pku-bbs')
const PAGE = readFileSync(join(SAMPLES, 'thread-first-page/page.html'), 'utf8')
const URL_OF_PAGE = /^<!-- (\S+) -->/.exec(PAGE)![1]!
const KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const sender = contentScriptOn(URL_OF_PAGE)

beforeAll(handleThreadPages)

beforeEach(async () => {
  const archive = openArchive()
  await archive.open()
  await Promise.all(archive.tables.map((table) => table.clear()))
  archive.close()
  await writeSetting('caching', true)
})

async function send(data: unknown, from: Sender = sender): Promise<ThreadPageReply> {
  return (await deliver('threadPageRead', data, from)) as ThreadPageReply
}

async function isKept(key = KEY): Promise<boolean> {
  const archive = openArchive()
  try {
    return (await findThreadRecord(archive, key)) !== undefined
  } finally {
    archive.close()
  }
}

test('a page that a content script met is kept', async () => {
  expect(await send({ url: URL_OF_PAGE, html: PAGE })).toEqual({
    key: KEY,
    page: 1,
    cached: 'cached',
    visit: { key: KEY, newIds: [] },
  })
  expect(await isKept()).toBe(true)
})

test('a long page is told how long its posts are, also where nothing is kept', async () => {
  const url = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'
  const row = /<div class="post-card"[\s\S]*?(?=<div class="post-card"|<\/div>\s*<div class="paging)/.exec(PAGE)?.[0]
  const ids = Array.from({ length: LONG_PAGE + 1 }, (_, index) => String(900_000 + index))
  const html = PAGE.replace(row!, ids.map((id) => row!.replace(/data-postid="\d+"/g, `data-postid="${id}"`)).join(''))
  for (const caching of [true, false]) {
    await writeSetting('caching', caching)
    const { lengths } = await send({ url, html }, contentScriptOn(url))
    expect(lengths?.[ids[40]!]?.characters).toBeGreaterThan(0)
  }
  expect((await send({ url: URL_OF_PAGE, html: PAGE })).lengths).toBeUndefined()
})

test('a page is kept once, however often it comes', async () => {
  for (let visit = 0; visit < 3; visit++) await send({ url: URL_OF_PAGE, html: PAGE })
  const archive = openArchive()
  expect(await archive.table('threads').count()).toBe(1)
  archive.close()
})

test('nothing of a private window is kept', async () => {
  const reply = await send({ url: URL_OF_PAGE, html: PAGE }, contentScriptOn(URL_OF_PAGE, { incognito: true }))
  expect(reply.cached).toBe('private-window')
  expect(await isKept()).toBe(false)
})

test('a page cannot talk the private window away', async () => {
  const forged = { url: URL_OF_PAGE, html: PAGE, incognito: false, sender: { tab: { incognito: false } }, tab: {} }
  const reply = await send(forged, contentScriptOn(URL_OF_PAGE, { incognito: true }))
  expect(reply.cached).toBe('private-window')
  expect(await isKept()).toBe(false)
})

test('nothing is kept with caching off, and again with caching on', async () => {
  await writeSetting('caching', false)
  expect((await send({ url: URL_OF_PAGE, html: PAGE })).cached).toBe('caching-off')
  expect(await isKept()).toBe(false)
  await writeSetting('caching', true)
  expect((await send({ url: URL_OF_PAGE, html: PAGE })).cached).toBe('cached')
})

test.each([
  ['another host', 'https://evil.example/v2/post-read.php?bid=22&threadid=17625528'],
  ['the plain address', URL_OF_PAGE.replace('https:', 'http:')],
  ['another port', URL_OF_PAGE.replace('.cn/', '.cn:8443/')],
  ['a host that begins alike', 'https://bbs.pku.edu.cn.evil.example/v2/'],
  ['an address that names the forum as its user', 'https://bbs.pku.edu.cn@evil.example/v2/'],
  ['the mirror', 'https://www.bdwm.net/v2/post-read.php?bid=22&threadid=17625528'],
  ['a blank page', 'about:blank'],
  ['a file', 'file:///home/reader/page.html'],
])('a content script on %s cannot speak for the forum', async (_where, url) => {
  expect(await send({ url: URL_OF_PAGE, html: PAGE }, contentScriptOn(url))).toEqual({ cached: 'not-a-thread' })
  expect(await isKept()).toBe(false)
})

const FORUM_PAGE = readFileSync(join(SAMPLES, '../phpbb3/middle-page-german/page.html'), 'utf8')
const FORUM_URL = /^<!-- (\S+) -->/.exec(FORUM_PAGE)![1]!

test('a page of a site that was granted is kept, and the engine is noted with the site', async () => {
  const pattern = `*://${new URL(FORUM_URL).hostname}/*`
  vi.mocked(browser.permissions.contains).mockResolvedValueOnce(true as never)
  const reply = await send({ url: FORUM_URL, html: FORUM_PAGE }, contentScriptOn(FORUM_URL))
  expect(browser.permissions.contains).toHaveBeenLastCalledWith({ origins: [pattern] })
  expect(reply.cached).toBe('cached')
  expect(await isKept(reply.key)).toBe(true)
  expect((await readSiteRecords([pattern])).get(pattern)).toEqual({ engine: 'phpbb3' })
})

test('a script that was left on a site that is granted no longer keeps nothing', async () => {
  const reply = await send({ url: FORUM_URL, html: FORUM_PAGE }, contentScriptOn(FORUM_URL))
  expect(reply).toMatchObject({ cached: 'site-revoked' })
  expect(await isKept(reply.key)).toBe(false)
})

test('a sender without an address, or with none that is one, is nobody', async () => {
  const nameless = { id: sender.id, tab: sender.tab }
  expect((await send({ url: URL_OF_PAGE, html: PAGE }, nameless as Sender)).cached).toBe('not-a-thread')
  await send({ url: URL_OF_PAGE, html: PAGE }, contentScriptOn('no address')).catch(() => undefined)
  expect((await send({ url: URL_OF_PAGE, html: PAGE }, ownPage('popup.html'))).cached).toBe('not-a-thread')
  expect(await isKept()).toBe(false)
})

test('a page larger than any that is read is not kept', async () => {
  const html = PAGE + ' '.repeat(LONGEST_PAGE)
  expect(await send({ url: URL_OF_PAGE, html })).toEqual({ cached: 'not-a-thread' })
  expect(await isKept()).toBe(false)
})

test.each([
  undefined,
  null,
  7,
  'text',
  [],
  {},
  { url: URL_OF_PAGE },
  { html: PAGE },
  { url: URL_OF_PAGE, html: 7 },
  { url: { toString: 1 }, html: PAGE },
  { url: 'no address', html: PAGE },
  { url: URL_OF_PAGE, html: '' },
  { url: URL_OF_PAGE, html: '<' },
])('what is no capture is no thread: %j', async (data) => {
  expect((await send(data)).cached).toBe('not-a-thread')
})

test.each(['login-wall', 'error-page', 'no-posts', 'phone-version'])('a refused page is not kept: %s', async (name) => {
  const html = readFileSync(join(SAMPLES, name, 'page.html'), 'utf8')
  const url = /^<!-- (\S+) -->/.exec(html)![1]!
  expect(await send({ url, html }, contentScriptOn(url))).toMatchObject({ cached: 'not-a-thread', problem: {} })
})

async function sendToJoin(data: unknown, from: Sender = sender): Promise<JoinReply> {
  return (await deliver('threadPageJoined', data, from)) as JoinReply
}

test('a page to be joined is kept where it is of the thread', async () => {
  const read = { key: KEY, page: 1 }
  expect(await sendToJoin({ url: URL_OF_PAGE, html: PAGE })).toEqual(read)
  expect(await isKept()).toBe(false)
  expect(await sendToJoin({ url: URL_OF_PAGE, html: PAGE, key: 'pku-bbs/bbs.pku.edu.cn/22/1' })).toEqual(read)
  expect(await isKept()).toBe(false)
  expect(await sendToJoin({ url: URL_OF_PAGE, html: PAGE, key: KEY })).toEqual({
    ...read,
    visit: { key: KEY, newIds: [] },
  })
  expect(await isKept()).toBe(true)
})

test.each([
  ['of a private window', contentScriptOn(URL_OF_PAGE, { incognito: true }), true],
  ['of another site', contentScriptOn('https://evil.example/'), false],
])('a page to be joined %s is not kept', async (_name, from, isRead) => {
  const reply = await sendToJoin({ url: URL_OF_PAGE, html: PAGE, key: KEY }, from)
  expect(reply.key).toBe(isRead ? KEY : undefined)
  expect(await isKept()).toBe(false)
})

test.each([undefined, null, 7, {}, { url: 7, html: '' }, { url: 'x', html: '' }])(
  'joining %j gives nothing',
  async (data) => {
    expect(await sendToJoin(data)).toEqual({})
  },
)

test('a page says where the next one is', async () => {
  const html = readFileSync(join(SAMPLES, 'middle-page-of-post-address/page.html'), 'utf8')
  const url = /^<!-- (\S+) -->/.exec(html)![1]!
  const { page, next } = await sendToJoin({ url, html }, contentScriptOn(url))
  expect(page).toBeGreaterThan(1)
  expect(new URL(next!).searchParams.get('page')).toBe(String(page! + 1))
})
