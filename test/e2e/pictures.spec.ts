import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readerAddress } from '../../core/reader-address.ts'
import type { SaveReport } from '../../core/save-report.ts'
import type { Chromium } from '../browsers/chromium.ts'
import { generateThread } from '../forum/generate.ts'
import { readTable } from './archive.ts'
import { checkEpub } from './epubcheck.ts'
import { makeVariant, openOwnPage } from './extension-pages.ts'
import { expect, test as base, threadUrl } from './fixtures.ts'
import { allowSite, openAnswering, withholdSites } from './site-permissions.ts'

/** Pictures of a saved thread: shown without the forum, marked where they could not be had, and in exports. */

const OUTSIDE = 'img.example.net'
const CHECKING = 120_000

/** A thread with pictures of every fate. */
const THREAD = generateThread({ posts: 6, seed: 11, plain: true })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const picture = (path: string, alt: string) =>
  `<img src="${path.includes(':') ? path : `https://bbs.pku.edu.cn/attach/${path}`}" alt="${alt}">`
THREAD.posts[0]!.body = `<p>看图：</p><p>${picture('good.png', '湖面')}${picture('good.png', '又是湖面')}</p>`
THREAD.posts[1]!.body = `<p>没有的：${picture('gone.png', '没了')}${picture('login.png', '要登录')}${picture('cut.png', '断了')}</p>`
THREAD.posts[2]!.body = `<p>太大的：${picture('1/12000000/large.png', '大图')}</p>`
THREAD.posts[3]!.body = `<p>别处的：${picture(`https://${OUTSIDE}/far.png`, '远处')}</p>`
THREAD.posts[4]!.body = '<p>附件</p>'
THREAD.posts[4]!.attachments = [
  { name: '照片 一.png', kind: 'image', size: 4000 },
  { name: '讲义.pdf', kind: 'file', size: 5000 },
]

const test = base.extend<{ withheld: Chromium }>({
  /** A browser that may read the forum, and can be given the other host. */
  withheld: async ({ launch }, use) => {
    const variant = makeVariant({ manifest: { host_permissions: [`*://${OUTSIDE}/*`] } })
    try {
      const extension = await launch({ extensionDir: variant.folder })
      await withholdSites(extension)
      await use(extension)
    } finally {
      variant.remove()
    }
  },
})
test.use({ threads: [THREAD] })

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loulan-pictures-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.beforeEach(({ forum }) => {
  forum.faults.add({ on: 'gone.png', status: 404 })
  forum.faults.add({ on: 'login.png', status: 200 })
  forum.faults.add({ on: 'cut.png', cutAfter: 0.5 })
})

/** Asks the background as the extension's own pages do. */
async function ask<T>(extension: Chromium, type: string, data: unknown): Promise<T> {
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  const reply = await page.evaluate(
    ([name, what]) =>
      chrome.runtime.sendMessage({ id: Date.now(), type: name, data: what, timestamp: Date.now() }) as Promise<unknown>,
    [type, data] as const,
  )
  await page.close()
  return (reply as { res: T }).res
}

async function setSetting(extension: Chromium, name: string, value: unknown): Promise<void> {
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  await page.evaluate((items) => chrome.storage.local.set(items), { [`setting:${name}`]: value })
  await page.close()
}

/** Saves the thread and waits until its pictures are done too. */
async function save(extension: Chromium): Promise<void> {
  await setSetting(extension, 'secondsBetweenFiles', 0)
  await ask<SaveReport>(extension, 'saveThread', { url: threadUrl(THREAD) })
  await waitUntilSaved(extension)
}

async function waitUntilSaved(extension: Chromium): Promise<void> {
  const state = async () => (await readTable<SaveReport>(extension, 'saves')).map(({ state }) => state)
  await expect.poll(state, { timeout: 30_000 }).toEqual(['finished'])
}

/** Alternative texts of the pictures on a page that are there. */
function shownPictures(page: Page): Promise<string[]> {
  return page.evaluate(() =>
    [...document.images].filter(({ complete, naturalWidth }) => complete && naturalWidth > 0).map(({ alt }) => alt),
  )
}

test('a saved thread shows its pictures without the forum, and says what is not there', async ({ withheld, forum }) => {
  await save(withheld)
  await forum.stop()
  const reader = await withheld.context.newPage()
  const requests: string[] = []
  reader.on('request', (request) => requests.push(request.url()))
  await reader.goto(withheld.extensionUrl(readerAddress(KEY)))
  await expect.poll(() => shownPictures(reader)).toEqual(['湖面', '又是湖面', '照片 一.png'])
  expect(requests.filter((url) => /^https?:/.test(url))).toEqual([])
  for (const [post, words] of [
    [1, '原网站上已经没有了'],
    [1, '原网站拒绝了'],
    [1, '中途断了'],
    [2, '超过了单个文件的上限'],
    [3, '还没有允许从这个网站取图'],
  ] as const) {
    await expect(reader.locator('.post').nth(post)).toContainText(words)
  }
  await expect(reader.locator('.reader-head')).toContainText('已存 2 个')
  await expect(reader.locator('.reader-head')).toContainText('5 个没有取到')

  await reader.getByRole('button', { name: '放大图片：湖面', exact: true }).click()
  await expect(reader.getByRole('dialog', { name: '图片：湖面' }).getByRole('img')).toHaveAttribute('src', /^blob:/)
  await reader.keyboard.press('Escape')
  // Printing waits for what is kept and was never near the screen.
  await reader.setViewportSize({ width: 800, height: 200 })
  await reader.reload()
  await reader.locator('.end').waitFor()
  await reader.evaluate(() => {
    window.print = () => {
      const shown = [...document.querySelectorAll<HTMLImageElement>('img.kept-picture')]
      document.title = shown.every(({ complete, naturalWidth }) => complete && naturalWidth > 0) ? 'whole' : 'not whole'
    }
  })
  await reader.getByRole('button', { name: '打印' }).click()
  await expect(reader).toHaveTitle('whole')
  await reader.close()
})

test('pictures of another site come when the reader allows it, while one looks', async ({ withheld, forum }) => {
  await save(withheld)
  const pages = forum.requests.filter(({ path }) => path.includes('post-read')).length
  const refused = await openAnswering(withheld, readerAddress(KEY), 'no')
  await refused.page.getByRole('button', { name: `允许从 ${OUTSIDE} 取图` }).click()
  await expect(refused.page.getByRole('status').filter({ hasText: '没有得到许可' })).toBeVisible()
  await refused.page.close()
  const { page: reader, asked } = await openAnswering(withheld, readerAddress(KEY), 'yes')
  await reader.getByRole('button', { name: `允许从 ${OUTSIDE} 取图` }).click()
  await expect.poll(() => shownPictures(reader)).toContain('远处')
  expect(asked).toEqual([`*://${OUTSIDE}/*`])
  expect(forum.requests.filter(({ path }) => path.includes('post-read'))).toHaveLength(pages)
  // What is left has other reasons: the reader can have it tried again.
  forum.faults.clear()
  await reader.getByRole('button', { name: '再取一次' }).click()
  await expect.poll(() => shownPictures(reader)).toEqual(expect.arrayContaining(['没了', '要登录', '断了']))
  await expect(reader.locator('.reader-head')).toContainText('1 个没有取到')
  await reader.close()
})

test('a worker that is stopped over a picture goes on with it', async ({ withheld, forum }) => {
  test.setTimeout(90_000)
  await allowSite(withheld, `*://${OUTSIDE}/*`)
  forum.faults.add({ on: 'far.png', slow: 3000, times: 1 })
  await setSetting(withheld, 'secondsBetweenFiles', 0)
  await ask<SaveReport>(withheld, 'saveThread', { url: threadUrl(THREAD) })
  await expect.poll(() => forum.requests.filter(({ host }) => host === OUTSIDE).length).toBe(1)
  await withheld.stopServiceWorker()
  await ask(withheld, 'controlSave', { key: 'wake', wish: 'resume' })
  await waitUntilSaved(withheld)
  const rows = await readTable<{ url: string; state: string }>(withheld, 'fileAddresses')
  expect(rows.filter(({ state }) => state === 'kept').map(({ url }) => decodeURI(url).split('/').at(-1))).toEqual(
    expect.arrayContaining(['good.png', 'far.png', '照片 一.png']),
  )
  expect(rows.every(({ state }) => state !== 'open')).toBe(true)
})

test('kept files are downloaded from the archive', async ({ withheld, forum }) => {
  await setSetting(withheld, 'keepFiles', true)
  await save(withheld)
  await forum.stop()
  const reader = await openOwnPage(withheld, readerAddress(KEY))
  const [download] = await Promise.all([
    reader.waitForEvent('download'),
    reader.getByRole('button', { name: '下载 讲义.pdf' }).click(),
  ])
  const path = join(folder, 'file.bin')
  await download.saveAs(path)
  expect(readFileSync(path)).toHaveLength(5000)
  await reader.close()
})

/** Exports the thread from the reader; gives the path of the file. */
async function exportAs(reader: Page, format: string, ending: string): Promise<string> {
  await reader.getByRole('radio', { name: format }).check()
  const [download] = await Promise.all([
    reader.waitForEvent('download'),
    reader.getByRole('dialog').getByRole('button', { name: '导出', exact: true }).click(),
  ])
  const path = join(folder, `exported.${ending}`)
  await download.saveAs(path)
  return path
}

test('exports have the pictures, and need neither forum nor extension', async ({ withheld, forum }) => {
  test.setTimeout(CHECKING)
  await save(withheld)
  await forum.stop()
  const reader = await openOwnPage(withheld, readerAddress(KEY))
  await reader.getByRole('button', { name: '导出' }).click()
  const html = await exportAs(reader, '网页', 'html')
  const epub = await exportAs(reader, 'EPUB 电子书', 'epub')
  const markdown = await exportAs(reader, 'Markdown', 'zip')
  await reader.close()
  const page = await withheld.context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await page.goto(`file://${html}`)
  await page.locator('article').last().scrollIntoViewIfNeeded()
  await expect.poll(() => shownPictures(page)).toEqual(['湖面', '又是湖面', '照片 一.png'])
  expect(requests.filter((url) => /^https?:/.test(url))).toEqual([])
  await page.close()
  expect(checkEpub(epub)).toEqual([])
  expect(Object.keys(unzipSync(readFileSync(epub)))).toEqual(expect.arrayContaining(['EPUB/images/0001.png']))
  const files = unzipSync(readFileSync(markdown))
  const name = Object.keys(files).find((each) => each.endsWith('.md'))!
  expect(Object.keys(files).filter((each) => each.endsWith('.png'))).toHaveLength(2)
  expect(strFromU8(files[name]!)).toContain('.files/0001.png)')
})

test('a deleted thread comes back with its pictures', async ({ withheld, forum }) => {
  await save(withheld)
  await forum.stop()
  const library = await openOwnPage(withheld, 'library.html')
  await library.getByRole('button', { name: /^删除/ }).first().click()
  await library.getByRole('button', { name: '撤销' }).first().click()
  await expect(library.getByRole('link', { name: THREAD.title })).toBeVisible()
  await library.close()
  const reader = await openOwnPage(withheld, readerAddress(KEY))
  await expect.poll(() => shownPictures(reader)).toEqual(['湖面', '又是湖面', '照片 一.png'])
  await reader.close()
})
