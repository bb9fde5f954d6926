import AxeBuilder from 'axe-core'
import type { Page } from '@playwright/test'
import { strFromU8, unzipSync } from 'fflate'
import { createHash } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readerAddress } from '../../core/reader-address.ts'
import { formatEpub } from '../../formats/epub.ts'
import { formatHtml } from '../../formats/html.ts'
import { parseDump } from '../../formats/dump.ts'
import { makePost, makeThread, oddThread } from '../unit/formats/hostile-threads.ts'
import { waitForThread } from './archive.ts'
import { readClipboardText } from './clipboard.ts'
import { checkEpub } from './epubcheck.ts'
import { openOwnPage } from './extension-pages.ts'
import { madeThread, plantThreads } from './plant-threads.ts'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test } from './fixtures.ts'

/** Threads out of the reader and the library, as files that others' tools open. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const LONG_KEY = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`

const LARGE = { ...madeThread(1), postCount: 250 }

/** epubcheck starts a machine of its own for each book. In milliseconds. */
const CHECKING = 120_000

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loulan-export-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

test.beforeEach(async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  await openThread(page, LONG_THREAD)
  await waitForThread(extension, LONG_KEY, 20)
})

/** Picks a format in the open dialog and starts the export; gives the file that is downloaded. */
async function exportAs(page: Page, format: string, ending: string): Promise<{ name: string; path: string }> {
  await page.getByRole('radio', { name: format }).check()
  const [download] = await Promise.all([page.waitForEvent('download'), startExport(page)])
  const path = join(folder, `exported.${ending}`)
  await download.saveAs(path)
  return { name: download.suggestedFilename(), path }
}

function startExport(page: Page): Promise<void> {
  return page.getByRole('dialog').getByRole('button', { name: '导出', exact: true }).click()
}

/** What axe finds against a page. */
async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AxeBuilder.source)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .map(({ html }) => html)
          .join(' | ')
          .slice(0, 500)}`,
    )
  })
}

test('a thread leaves the reader in every format', async ({ extension }) => {
  test.setTimeout(CHECKING)
  const reader = await openOwnPage(extension, readerAddress(LONG_KEY))
  await reader.getByRole('button', { name: '导出' }).click()
  expect(await violations(reader)).toEqual([])
  const stem = LONG_THREAD.title
  for (const [format, ending] of [
    ['网页', 'html'],
    ['EPUB 电子书', 'epub'],
    ['Markdown', 'md'],
    ['纯文本', 'txt'],
    ['JSON', 'json'],
    ['帖子文本', 'txt'],
  ] as const) {
    // Where the system has no Chinese locale the browser calls every such download by another name.
    const { path } = await exportAs(reader, format, ending)
    await expect(reader.getByRole('dialog')).toContainText(`已导出 ${stem}.${ending}。`)
    if (ending === 'epub') expect(checkEpub(path)).toEqual([])
    else expect(readFileSync(path, 'utf8')).toContain(LONG_THREAD.title)
  }
  await reader.keyboard.press('Escape')
  await expect(reader.getByRole('dialog')).toBeHidden()
  await expect(reader.getByRole('button', { name: '导出' })).toBeFocused()
  await reader.close()
})

test('the HTML file opens offline, runs nothing, and has no faults for axe', async ({ extension }) => {
  const long = `<p>${'这一楼写得很长。'.repeat(60)}</p>`.repeat(5)
  const posts = Array.from({ length: 45 }, (_, index) =>
    makePost(
      index + 1,
      index === 4
        ? { html: long }
        : index === 6
          ? { quotes: [{ username: 'reader2', excerpt: '', postId: '1005' }] }
          : {},
    ),
  )
  const path = join(folder, 'whole.html')
  const oddPath = join(folder, 'odd.html')
  writeFileSync(path, formatHtml(makeThread(posts)))
  writeFileSync(oddPath, formatHtml(oddThread(), { pictures: 'omit' }))
  const page = await extension.context.newPage()
  const requests: string[] = []
  page.on('request', (request) => requests.push(request.url()))
  await extension.context.setOffline(true)
  for (const file of [path, oddPath]) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.goto(`file://${file}`)
      expect(await violations(page)).toEqual([])
    }
  }
  await page.goto(`file://${path}`)
  await page.locator('#p7 .cite a').click()
  await expect(page.locator('#p5')).toBeInViewport()
  await expect(page.locator('#p5 .replies a')).toHaveAttribute('href', '#p7')
  const rest = page.locator('#p5 .rest > p').last()
  await expect(rest).toBeHidden()
  await page.locator('#p5 summary').click()
  await expect(rest).toBeVisible()
  await page.locator('.outline summary').click()
  await page.getByRole('link', { name: '21 楼 至 40 楼' }).click()
  await expect(page.locator('#p21')).toBeInViewport()
  expect(requests.filter((url) => !url.startsWith('file:'))).toEqual([])
  await extension.context.setOffline(false)
  await page.close()
})

test('books are valid, also of hostile threads', async () => {
  test.setTimeout(CHECKING)
  const path = join(folder, 'odd.epub')
  const png = Buffer.from(
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
    'base64',
  )
  const pictures = new Map([['https://a.example/x.png', { type: 'image/png', bytes: new Blob([png]) }]])
  for (const thread of [oddThread(), makeThread([]), makeThread(oddThread().posts, { title: '', url: '', key: '' })]) {
    writeFileSync(path, await Array.fromAsync(formatEpub(thread, { pictures })).then(Buffer.concat))
    expect(checkEpub(path)).toEqual([])
  }
})

test('the reader copies the thread as Markdown', async ({ extension }) => {
  const reader = await openOwnPage(extension, readerAddress(SEED_KEY))
  await reader.getByRole('button', { name: '复制为 Markdown' }).click()
  await expect(reader.getByRole('status').filter({ hasText: '已复制为 Markdown' })).toBeVisible()
  const copied = await readClipboardText(extension, reader)
  expect(copied).toContain('## 1 楼 · ')
  expect(copied).toContain(
    '[http://www.xinhuanet.com/politics/zywj/2020-04/14/c_1125855165.htm](http://www.xinhuanet.com',
  )
  await reader.close()
})

test('selected threads leave the library in a zip, downloaded from memory; what old exports left goes', async ({
  extension,
}) => {
  const library = await openOwnPage(extension, 'library.html')
  await library.evaluate(async () => {
    Object.assign(window, { showSaveFilePicker: undefined })
    // What an export left that was downloaded long ago.
    const folder = await navigator.storage.getDirectory()
    await folder.getFileHandle('export-1700000000000-old', { create: true })
  })
  const boxes = library.getByRole('checkbox', { name: /^选择/ })
  await boxes.nth(0).check()
  await boxes.nth(1).check()
  await library.getByRole('button', { name: '导出所选' }).click()
  await expect(library.getByRole('dialog')).toContainText('导出 2 个帖子')
  const { name, path } = await exportAs(library, 'Markdown', 'zip')
  expect(name).toMatch(/^loulan-\d{4}-\d\d-\d\d\.zip$/)
  const files = unzipSync(new Uint8Array(readFileSync(path)))
  expect(Object.keys(files)).toContain(`${LONG_THREAD.title}.md`)
  expect(Object.values(files).map((bytes) => strFromU8(bytes).slice(0, 4))).toEqual(['---\n', '---\n'])
  const left = await library.evaluate(async () => {
    const names: string[] = []
    for await (const name of (await navigator.storage.getDirectory()).keys()) names.push(name)
    return names
  })
  expect(left).not.toContain('export-1700000000000-old')
  await library.close()
})

test('a thread of 34 MB leaves the reader by way of the extension’s own storage, whole', async ({ launch }) => {
  test.setTimeout(CHECKING)
  const extension = await launch()
  await plantThreads(extension, [LARGE])
  const reader = await openOwnPage(extension, 'icon/loulan.svg')
  const texts = await reader.evaluate(plantLargePosts, { threadKey: LARGE.key, posts: 250, characters: 45_000 })
  await reader.goto(extension.extensionUrl(readerAddress(LARGE.key)))
  await reader.getByRole('button', { name: '导出' }).click()
  const { path } = await exportAs(reader, '帖子文本', 'txt')
  const text = readFileSync(path, 'utf8')
  expect(Buffer.byteLength(text)).toBeGreaterThan(33_000_000)
  const { threads, diagnostics } = parseDump(text)
  expect(diagnostics).toEqual([])
  expect(threads.map(({ title, posts }) => [title, posts.length])).toEqual([[LARGE.title, 250]])
  expect(threads[0]!.posts.map((post) => createHash('sha256').update(post.text).digest('hex'))).toEqual(texts)
  const waiting = await reader.evaluate(async () => {
    const sizes: number[] = []
    const folder = await navigator.storage.getDirectory()
    for await (const handle of folder.values()) {
      if (handle.kind === 'file') sizes.push((await (handle as FileSystemFileHandle).getFile()).size)
    }
    return sizes
  })
  expect(waiting).toEqual([statSync(path).size])
})

/** Runs in the page. Stores posts of random Han characters; gives the SHA-256 of each one's text. */
async function plantLargePosts(how: { threadKey: string; posts: number; characters: number }): Promise<string[]> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('loulan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
  const hashes: string[] = []
  const at = new Date().toISOString()
  for (let floor = 1; floor <= how.posts; floor++) {
    const codes = new Uint16Array(how.characters)
    for (let from = 0; from < codes.length; from += 32_000) crypto.getRandomValues(codes.subarray(from, from + 32_000))
    const text = Array.from(codes, (code) => String.fromCharCode(0x4e00 + (code % 20_000))).join('')
    const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)))
    hashes.push(Array.from(hash, (byte) => byte.toString(16).padStart(2, '0')).join(''))
    const id = String(floor)
    const author = { username: 'reader' }
    const post = { id, floor, author, html: `<p>${text}</p>`, text, postedAt: at, quotes: [], attachments: [] }
    const record = { threadKey: how.threadKey, id, position: floor, source: 'page', readAt: at, page: 1, post }
    const transaction = database.transaction('posts', 'readwrite')
    transaction.objectStore('posts').put(record)
    await new Promise<void>((resolve, reject) => {
      transaction.oncomplete = () => resolve()
      transaction.onerror = () => reject(transaction.error!)
    })
  }
  database.close()
  return hashes
}

test('all threads leave the library as one dump, into the file that the reader picks', async ({ launch }) => {
  // A profile of its own: what other tests have left in the library is no business of this one.
  const extension = await launch()
  await openThread(await extension.context.newPage(), LONG_THREAD)
  await waitForThread(extension, LONG_KEY, 20)
  const library = await openOwnPage(extension, 'library.html')
  await library.evaluate(() => {
    // The browser's own dialog cannot be clicked: this is a file that it could have given.
    const pick = async () => (await navigator.storage.getDirectory()).getFileHandle('picked.txt', { create: true })
    Object.assign(window, { showSaveFilePicker: pick })
  })
  await library.getByRole('button', { name: '导出全部' }).click()
  await library.getByRole('radio', { name: '帖子文本' }).check()
  await startExport(library)
  await expect(library.getByRole('dialog')).toContainText('已导出 loulan-')
  const text = await library.evaluate(async () => {
    const handle = await (await navigator.storage.getDirectory()).getFileHandle('picked.txt')
    return (await handle.getFile()).text()
  })
  const { threads, diagnostics } = parseDump(text)
  expect(diagnostics).toEqual([])
  expect(threads.map(({ title }) => title)).toContain(LONG_THREAD.title)
  await library.close()
})

test('a picker that is closed exports nothing and says nothing', async ({ extension }) => {
  const library = await openOwnPage(extension, 'library.html')
  await library.evaluate(() => {
    const refuse = () => Promise.reject(new DOMException('closed', 'AbortError'))
    Object.assign(window, { showSaveFilePicker: refuse })
  })
  await library.getByRole('button', { name: '导出全部' }).click()
  await startExport(library)
  await expect(library.getByRole('dialog').getByRole('button', { name: '关闭' })).toBeVisible()
  await expect(library.getByRole('dialog')).not.toContainText('没能导出')
  await library.close()
})
