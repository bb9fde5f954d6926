import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Download, Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { checkEpub } from './epubcheck.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, openThread, test } from './fixtures.ts'

/** What the extension is for, from end to end, as one reader goes through it with one long thread. */

const PAGES = 200
const THREAD = generateThread({ posts: PAGES * 20, seed: 77, plain: true })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const SENTENCE = '湖心岛的鹅昨天夜里学会了倒立行走'
const FOUND = THREAD.posts[3210]!

test.use({ threads: [[THREAD], { scope: 'worker' }] })

let folder: string
test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loulan-journey-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Has the page save a file as where the browser cannot pick one, and gives its path. */
async function saveFile(page: Page, name: string, click: () => Promise<void>): Promise<string> {
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }))
  const [download] = (await Promise.all([page.waitForEvent('download', { timeout: 60_000 }), click()])) as [
    Download,
    unknown,
  ]
  const path = join(folder, name)
  await download.saveAs(path)
  return path
}

async function findSentence(library: Page): Promise<void> {
  await library.locator('#library-search').fill(SENTENCE.slice(4, 9))
  await expect(library.locator('article mark')).toHaveText([SENTENCE.slice(4, 9)])
}

test('saved, read offline, found, exported, wiped and restored', async ({ page, extension, forum, launch }) => {
  test.setTimeout(300_000)
  forum.control.editPost(THREAD.id, FOUND.id, { text: SENTENCE })
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => chrome.storage.local.set({ 'setting:saveSecondsBetweenRequests': 0.2 }))

  await openThread(page, THREAD)
  const line = page.locator('.loulan-saved-state')
  await line.getByRole('button', { name: '保存全帖' }).click()
  await expect(line).toContainText('保存于', { timeout: 180_000 })
  await waitForThread(extension, KEY, PAGES * 20)
  await page.goto('about:blank')
  await forum.stop()

  const library = await openOwnPage(extension, 'library.html')
  await findSentence(library)
  await library.locator('article li a').click()
  await expect(library.getByText(SENTENCE)).toBeInViewport()
  const book = await saveFile(library, 'thread.epub', async () => {
    await library.getByRole('button', { name: '导出', exact: true }).click()
    const dialog = library.getByRole('dialog')
    await dialog.getByRole('radio', { name: 'EPUB 电子书' }).check()
    await dialog.getByRole('button', { name: '导出', exact: true }).click()
  })
  expect(checkEpub(book)).toEqual([])
  await library.close()

  const options = await openOwnPage(extension, 'options.html')
  const backup = await saveFile(options, 'library.jsonl.gz', () =>
    options.getByRole('button', { name: '立即备份' }).click(),
  )
  await options.close()

  const wiped = await launch()
  const restoring = await openOwnPage(wiped, 'options.html')
  await restoring.getByLabel('从备份恢复…', { exact: true }).and(restoring.locator('input')).setInputFiles(backup)
  await restoring.getByRole('button', { name: '恢复', exact: true }).click()
  await expect(restoring.getByText('已恢复：帖子 1 个')).toBeVisible({ timeout: 60_000 })
  await waitForThread(wiped, KEY, PAGES * 20)
  const shelf = await openOwnPage(wiped, 'library.html')
  await findSentence(shelf)
})
