import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, beforeEach, expect, test } from 'vitest'
import { fakeBrowser } from 'wxt/testing/fake-browser'
import { openArchive } from '../../../archive/database.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { handleThreadPages } from '../../../background/keep-thread-page.ts'
import { handleQuotes } from '../../../background/quoted-post.ts'
import { withAuthor, withWord, type Muted } from '../../../core/muted.ts'
import { changeMuted } from '../../../settings/muted.ts'
import { postOf, threadOf, timeAt } from '../archive/sample-thread.ts'
import { contentScriptOn, deliver, ownPage } from '../messages/deliver.ts'

const SAMPLES = join(import.meta.dirname, '../../../seeds/pku-bbs')
const PAGE = readFileSync(join(SAMPLES, 'thread-first-page/page.html'), 'utf8')
const URL_OF_PAGE = /^<!-- (\S+) -->/.exec(PAGE)![1]!
const KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const OTHER = 'pku-bbs/bbs.pku.edu.cn/22/1'
const sender = contentScriptOn(URL_OF_PAGE)
const AUTHOR = { username: 'jia', nickname: '阿甲' }
const URL_OF_POST = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=9#P9'

beforeAll(() => {
  handleThreadPages()
  handleQuotes()
})

beforeEach(async () => {
  await Promise.all([fakeBrowser.storage.local.clear(), fakeBrowser.storage.session.clear()])
  const archive = openArchive()
  await archive.open()
  await Promise.all(archive.tables.map((table) => table.clear()))
  await keep(postOf('9', { author: AUTHOR, floor: 170, url: URL_OF_POST, text: '明天下雨\n\n 带伞' }), KEY)
  await keep(postOf('8', { author: AUTHOR, text: '秘密' }), OTHER)
  archive.close()
  await deliver('threadPageRead', { url: URL_OF_PAGE, html: PAGE }, sender)

  function keep(post: ReturnType<typeof postOf>, key: string) {
    return storeThread(archive, threadOf([post], { key }), { source: 'page', page: 9, readAt: timeAt(0) })
  }
})

const ask = (data: unknown, from = sender) => deliver('findQuotedPost', data, from)
const mute = (change: (muted: Muted) => Muted) => changeMuted(change)

test('a post of another page of the thread is told, as text', async () => {
  expect(await ask({ key: KEY, postId: '9' })).toEqual({
    ...{ id: '9', username: 'jia', nickname: '阿甲', floor: 170, text: '明天下雨\n带伞', url: URL_OF_POST, page: 9 },
    ...{ isCut: false, isGuess: false, isMuted: false, isGone: false },
  })
  // Its page comes after the quoting one: without an id it is not what is quoted there.
  const guess = { key: KEY, username: 'jia', excerpt: '明天下雨' }
  expect(await ask(guess)).toMatchObject({ id: '9', isGuess: true })
  expect(await ask({ ...guess, quotedIn: '22222309' })).toBeUndefined()
})

test('a long post is cut between characters, and said to go on', async () => {
  const archive = openArchive()
  const long = postOf('7', { text: `字${'𠮷'.repeat(700)}` })
  await storeThread(archive, threadOf([long], { key: KEY }), { source: 'page', page: 8, readAt: timeAt(0) })
  archive.close()
  expect(await ask({ key: KEY, postId: '7' })).toMatchObject({ text: `字${'𠮷'.repeat(599)}`, isCut: true })
})

test.each([
  ['an author', (muted: Muted) => withAuthor(muted, { host: 'bbs.pku.edu.cn', name: 'JIA' }, true)],
  ['a word, also one far down', (muted: Muted) => withWord(muted, '带伞', true)],
])('of what the reader muted by %s nothing is told but whose it is', async (_, change) => {
  await mute(change)
  expect(await ask({ key: KEY, postId: '9' })).toMatchObject({ username: 'jia', text: '', isCut: false, isMuted: true })
})

test('an author who is muted on another forum is not muted here', async () => {
  await mute((muted) => withAuthor(muted, { host: 'example.com', name: 'jia' }, true))
  expect(await ask({ key: KEY, postId: '9' })).toMatchObject({ isMuted: false })
})

test.each([
  ['about another thread', { key: OTHER, postId: '8' }, sender],
  ['without a key', { postId: '9' }, sender],
  ['that is none', null, sender],
  ['with an id that is none', { key: KEY, postId: { $gt: '' } }, sender],
  ['with names and words that are none', { key: KEY, username: ['jia'], excerpt: 7, nickname: null }, sender],
  ['from another tab', { key: KEY, postId: '9' }, contentScriptOn(URL_OF_PAGE, { id: 8 })],
  ['from a private window', { key: KEY, postId: '9' }, contentScriptOn(URL_OF_PAGE, { incognito: true })],
  ['from another site in that tab', { key: KEY, postId: '9' }, contentScriptOn('https://example.com/')],
  ['from a page of the extension, which has the archive', { key: KEY, postId: '9' }, ownPage('reader.html')],
])('a question %s is not answered', async (_, data, from) => {
  expect(await ask(data, from)).toBeUndefined()
})

test('an address that is none of the web is not told', async () => {
  const archive = openArchive()
  await archive.posts.where({ threadKey: KEY, id: '9' }).modify((record) => {
    record.post.url = 'javascript:alert(1)'
  })
  archive.close()
  expect(await ask({ key: KEY, postId: '9' })).not.toHaveProperty('url')
})
