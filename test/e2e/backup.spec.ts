import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { formatDump } from '../../formats/dump.ts'
import type { Post, Thread } from '../../core/thread.ts'
import { readTable, waitForThread } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, LONG_THREAD, openThread, SEED_FILE, test } from './fixtures.ts'

const LONG_KEY = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`

let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loulan-backup-'))
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

interface PostRow {
  threadKey: string
  position: number
  post: Post
}

/** The dump of each thread in the archive, and all that is known of its history. */
async function libraryOf(extension: Chromium) {
  const [threads, posts] = [
    await readTable<Omit<Thread, 'posts'>>(extension, 'threads'),
    await readTable<PostRow>(extension, 'posts'),
  ]
  return threads.map((thread) => {
    const rows = posts.filter(({ threadKey }) => threadKey === thread.key).sort((a, b) => a.position - b.position)
    return { thread, rows, dump: formatDump([{ ...thread, posts: rows.map(({ post }) => post) }]) }
  })
}

/** Backs up by the extension's own storage, as where the browser cannot pick a file, and gives the file's path. */
async function backUp(extension: Chromium): Promise<string> {
  const options = await openOwnPage(extension, 'options.html')
  await options.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }))
  const download = options.waitForEvent('download')
  await options.getByRole('button', { name: '立即备份' }).click()
  const path = join(folder, 'library.jsonl.gz')
  await (await download).saveAs(path)
  await expect(options.getByText('已备份为 loulan-backup-')).toBeVisible()
  await options.close()
  return path
}

async function choose(options: Page, path: string): Promise<void> {
  await options.getByLabel('从备份恢复…', { exact: true }).and(options.locator('input')).setInputFiles(path)
}

async function importSeed(extension: Chromium): Promise<void> {
  const library = await openOwnPage(extension, 'library.html')
  await library.getByLabel('选择文件', { exact: true }).and(library.locator('input')).setInputFiles(SEED_FILE)
  await expect(library.getByText('1 个帖子').first()).toBeVisible()
  await library.close()
}

test('a library restored into a fresh profile is the same, byte for byte', async ({ launch }) => {
  const first = await launch()
  await importSeed(first)
  await openThread(await first.context.newPage(), LONG_THREAD)
  await waitForThread(first, LONG_KEY, 20)
  const before = await libraryOf(first)
  const path = await backUp(first)

  const second = await launch()
  const options = await openOwnPage(second, 'options.html')
  await choose(options, path)
  await expect(options.getByText('有 2 个帖子')).toBeVisible()
  expect(await readTable(second, 'threads')).toEqual([])
  await options.getByRole('button', { name: '恢复', exact: true }).click()
  await expect(options.getByText('已恢复：帖子 2 个')).toBeVisible()
  const after = await libraryOf(second)
  expect(after.map(({ dump }) => dump)).toEqual(before.map(({ dump }) => dump))
  expect(after).toEqual(before)

  await options.getByRole('button', { name: '撤销这次恢复' }).click()
  await expect.poll(() => readTable(second, 'threads')).toEqual([])
  expect(await readTable(second, 'posts')).toEqual([])
})

test('of a damaged backup all that is whole is restored, and the rest is told', async ({ launch }) => {
  const extension = await launch()
  await importSeed(extension)
  const path = await backUp(extension)
  const cut = join(folder, 'cut.jsonl.gz')
  const bytes = readFileSync(path)
  writeFileSync(cut, bytes.subarray(0, bytes.length - 5))
  const options = await openOwnPage(extension, 'options.html')
  await choose(options, cut)
  await options.getByRole('button', { name: '恢复', exact: true }).click()
  await expect(options.getByText('文件不完整，结尾缺失。')).toBeVisible()
  await expect(options.getByText('恢复了一部分：帖子 1 个，共 2 楼')).toBeVisible()

  await choose(options, SEED_FILE)
  await expect(options.getByText('这个文件开头不是楼览的备份')).toBeVisible()
  await options.getByRole('button', { name: '恢复', exact: true }).click()
  await expect(options.getByText('这个文件里没有可以恢复的内容')).toBeVisible()
  await options.close()
})
