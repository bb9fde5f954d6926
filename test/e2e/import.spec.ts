import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { strToU8, zipSync } from 'fflate'
import { readTable } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

let folder: string

test.beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'loulan-import-'))
  mkdirSync(join(folder, 'threads/deep'), { recursive: true })
  for (let id = 1; id <= 12; id++) {
    const place = id % 2 ? 'threads' : 'threads/deep'
    writeFileSync(join(folder, place, `${id}.txt`), dumpOf(id))
  }
  writeFileSync(join(folder, 'threads/notes.txt'), 'no dump at all\n')
  writeFileSync(join(folder, 'threads/style.css'), 'p {}')
  writeFileSync(join(folder, 'all.zip'), zipSync({ 'a.txt': strToU8(dumpOf(21)), 'b/c.txt': strToU8(dumpOf(22)) }))
  writeFileSync(join(folder, 'broken.zip'), 'PK\u0003\u0004 broken')
})
test.afterAll(() => rmSync(folder, { recursive: true, force: true }))

function dumpOf(id: number, words = '正文'): string {
  return `#t 22 ${id} a 2020-01-01 00:00:00 b 2020-01-02 00:00:00\n标题 ${id}\n\n#p ${id}01 a 2020-01-01 00:00:00\n${words}\n\n`
}

async function give(library: Page, label: '选择文件' | '选择文件夹', paths: string | string[]): Promise<void> {
  await library.getByLabel(label, { exact: true }).and(library.locator('input')).setInputFiles(paths)
}

test('a folder is read with those in it, reported, and undone as one', async ({ launch }) => {
  const extension = await launch()
  const library = await openOwnPage(extension, 'library.html')
  await give(library, '选择文件夹', join(folder, 'threads'))
  await expect(library.getByText('读了 13 个文件：12 个帖子，12 楼；1 个文件没有读成')).toBeVisible()
  await expect(library.getByText('另有 1 个别种文件')).toBeVisible()
  await expect(library.getByText('threads/notes.txt：没有可读的帖子')).toBeVisible()
  expect(await readTable(extension, 'threads')).toHaveLength(12)

  // Undoing is still there when the page was closed meanwhile.
  await library.reload()
  await library.getByText('最近的导入（1）').click()
  await library.getByRole('button', { name: /^撤销导入/ }).click()
  await expect(library.getByRole('status').filter({ hasText: '已撤销这次导入' })).toBeVisible()
  expect(await readTable(extension, 'threads')).toEqual([])
  expect(await readTable(extension, 'posts')).toEqual([])
})

test('what is read before and after an import stays when it is undone', async ({ launch }) => {
  const extension = await launch()
  const library = await openOwnPage(extension, 'library.html')
  const own = join(folder, 'own.txt')
  const newer = join(folder, 'newer.txt')
  writeFileSync(own, dumpOf(1))
  writeFileSync(newer, dumpOf(1, '改过的正文') + dumpOf(2))
  await give(library, '选择文件', own)
  await expect(library.getByText('own.txt：读入 1 个帖子')).toBeVisible()
  await give(library, '选择文件', newer)
  await expect(library.getByText('newer.txt：读入 2 个帖子')).toBeVisible()
  await library.getByText('最近的导入（2）').click()
  await library.getByRole('button', { name: '撤销导入“newer.txt”' }).click()
  await expect(library.getByText('最近的导入（1）')).toBeVisible()
  const posts = await readTable<{ post: { text: string }; versions?: unknown }>(extension, 'posts')
  expect(posts.map(({ post, versions }) => [post.text, versions])).toEqual([['正文', undefined]])
})

test('zips are read file by file, broken ones are told', async ({ launch }) => {
  const extension = await launch()
  const library = await openOwnPage(extension, 'library.html')
  await give(library, '选择文件', [join(folder, 'all.zip'), join(folder, 'broken.zip')])
  await expect(library.getByText('all.zip / a.txt')).toBeVisible()
  await expect(library.getByText('all.zip / b/c.txt')).toBeVisible()
  await expect(library.getByText('这个压缩包损坏了，或者不是 zip。')).toBeVisible()
  expect(await readTable(extension, 'threads')).toHaveLength(2)
})
