import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { openArchive } from '../../../archive/database.ts'
import { handleReading } from '../../../background/note-reading.ts'
import { handleThreadPages } from '../../../background/keep-thread-page.ts'
import { contentScriptOn, deliver } from '../messages/deliver.ts'

const SAMPLES = join(import.meta.dirname, '../../../seeds/pku-bbs')
const PAGE = readFileSync(join(SAMPLES, 'thread-first-page/page.html'), 'utf8')
const URL_OF_PAGE = /^<!-- (\S+) -->/.exec(PAGE)![1]!
const KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const sender = contentScriptOn(URL_OF_PAGE)

beforeAll(() => {
  handleThreadPages()
  handleReading()
})

beforeEach(async () => {
  const archive = openArchive()
  await archive.open()
  await Promise.all(archive.tables.map((table) => table.clear()))
  archive.close()
})

async function findVisit(key = KEY) {
  const archive = openArchive()
  try {
    return await archive.visits.get(key)
  } finally {
    archive.close()
  }
}

test('what was on the screen of the thread in the tab is noted, what is no post or place is not', async () => {
  await deliver('threadPageRead', { url: URL_OF_PAGE, html: PAGE }, sender)
  const place = { postId: '22222309', part: 0.25, url: 'javascript:alert(1)' }
  await deliver('threadRead', { key: KEY, readIds: ['22222309', 7, null], place }, sender)
  expect(await findVisit()).toMatchObject({ readIds: ['22222309'], place: { postId: '22222309', part: 0.25 } })
  expect((await findVisit())?.place?.url).toBeUndefined()
})

test.each([
  ['of another thread', { key: 'pku-bbs/bbs.pku.edu.cn/22/1', readIds: ['1'] }],
  ['that is none', null],
  ['without a key', { readIds: ['1'] }],
])('a message %s changes nothing', async (_, data) => {
  await deliver('threadPageRead', { url: URL_OF_PAGE, html: PAGE }, sender)
  const before = await findVisit()
  await deliver('threadRead', data, sender)
  expect(await findVisit()).toEqual(before)
  expect(await findVisit('pku-bbs/bbs.pku.edu.cn/22/1')).toBeUndefined()
})

test('nothing of a private window is remembered', async () => {
  const hidden = contentScriptOn(URL_OF_PAGE, { incognito: true })
  await deliver('threadPageRead', { url: URL_OF_PAGE, html: PAGE }, hidden)
  await deliver('threadRead', { key: KEY, readIds: ['1'] }, hidden)
  expect(await findVisit()).toBeUndefined()
})
