import type { Page } from '@playwright/test'
import { Buffer } from 'node:buffer'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import type { Post, Thread } from '../../core/thread.ts'
import { formatDump } from '../../formats/dump.ts'
import type { Chromium } from '../browsers/chromium.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, LONG_THREAD, openThread, SEED_FILE, test } from './fixtures.ts'
import { waitForThread } from './archive.ts'

/** Searching the library: what is typed, what is found, and where a click leads. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

const posts = (id: number, texts: string[], username = 'derek'): Post[] =>
  texts.map((text, index) => ({
    id: String(id * 100 + index),
    author: { username },
    postedAt: `20${20 + id}-04-1${index % 9}T06:06:00+08:00`,
    html: '',
    text,
    quotes: [],
    attachments: [],
  }))

const threadOf = (id: number, title: string, all: Post[]): Thread => ({
  key: `pku-bbs/bbs.pku.edu.cn/22/${id}`,
  site: 'pku-bbs',
  id: String(id),
  url: `https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=${id}`,
  title,
  board: { id: '22' },
  author: { username: 'derek' },
  createdAt: '2020-04-10T00:00:00+08:00',
  posts: all,
})

const WALKS = threadOf(1, '湖边散步', [
  ...posts(1, ['未名湖的风\n吹过博雅塔', 'A quick brown 狐狸 jumps', '一楼一景']),
  ...posts(2, ['鹤在水上'], 'ZOEA'),
])
const MANY = threadOf(
  3,
  '塔的帖子',
  posts(
    3,
    Array.from({ length: 12 }, (_, index) => `第 ${index} 句话，说的是塔`),
  ),
)

const box = (page: Page) => page.locator('#library-search')
const counts = (page: Page) => page.locator('section:has(#library-search) [role=status]').first()
const marks = (page: Page) => page.locator('article mark')

/** A library of its own with the two threads. */
async function openLibrary(extension: Chromium): Promise<Page> {
  const page = await openOwnPage(extension, 'library.html')
  const buffer = Buffer.from(formatDump([WALKS, MANY]))
  await page.locator('input[type=file]').first().setInputFiles({ name: 'two.txt', mimeType: 'text/plain', buffer })
  await expect(page.getByText('湖边散步').first()).toBeVisible()
  return page
}

test('finds as one types, marks the words, and opens the reader at the post', async ({ launch }) => {
  const page = await openLibrary(await launch())
  await page.keyboard.press('/')
  await expect(box(page)).toBeFocused()
  await page.keyboard.type('湖')
  await expect(counts(page)).toHaveText('1 个帖子 · 1 楼')
  await expect(marks(page)).toHaveText(['湖', '湖'])
  await box(page).fill('的风吹过')
  await expect(marks(page)).toHaveText(['的风 吹过'])
  await box(page).fill('QUICK 狐')
  await expect(marks(page)).toHaveText(['quick', '狐'])
  await expect(page).toHaveURL(/#search=QUICK\+%E7%8B%90$/)
  await page.locator('article li a').click()
  await expect(page).toHaveURL(/reader\.html#.*\/101$/)
  await expect(page.getByText('A quick brown 狐狸 jumps')).toBeInViewport()
  await page.goBack()
  await expect(box(page)).toHaveValue('QUICK 狐')
  await expect(marks(page)).toHaveText(['quick', '狐'])
  await page.reload()
  await expect(marks(page)).toHaveText(['quick', '狐'])
  await box(page).press('Escape')
  await expect(page.getByRole('link', { name: '塔的帖子' })).toBeVisible()
})

test('operators, their full-width forms, and what is no date', async ({ launch }) => {
  const page = await openLibrary(await launch())
  for (const [typed, expected] of [
    ['author:zoea', '1 个帖子 · 1 楼'],
    ['author：“ZOEA” 水', '1 个帖子 · 1 楼'],
    ['-author:derek', '1 个帖子 · 1 楼'],
    ['塔 -句话', '2 个帖子 · 1 楼'],
    ['before:2022', '1 个帖子 · 3 楼'],
    ['after:2023-04-12 before:2023-04-13', '1 个帖子 · 2 楼'],
    ['board:22 site:pku', '2 个帖子 · 16 楼'],
    ['nothing:here', '没有找到'],
  ] as const) {
    await box(page).fill(typed)
    await expect(counts(page), typed).toHaveText(expected)
  }
  await box(page).fill('塔 before:tomorrow')
  await expect(page.getByText('「before:tomorrow」不是日期')).toBeVisible()
  await expect(counts(page)).toHaveText('2 个帖子 · 13 楼')
})

test('is worked by the keyboard alone', async ({ launch }) => {
  const page = await openLibrary(await launch())
  await box(page).fill('塔')
  await expect(counts(page)).toHaveText('2 个帖子 · 13 楼')
  await box(page).press('ArrowDown')
  await expect(page.locator('article').getByRole('link', { name: '塔的帖子' })).toBeFocused()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('ArrowUp')
  await expect(box(page)).toBeFocused()
  await page.getByRole('button', { name: '显示符合的全部 12 楼' }).click()
  await expect(page.locator('article').first().locator('li')).toHaveCount(12)
  await expect(page.locator('article').first().locator('li').nth(3).getByRole('link')).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(box(page)).toHaveValue('')
  await expect(box(page)).toBeFocused()
  await expect(page).toHaveURL(/library\.html$/)
  await box(page).fill('狐')
  await expect(marks(page)).toHaveText(['狐'])
  await box(page).press('Enter')
  await expect(page).toHaveURL(/reader\.html#.*\/101$/)
})

test('an input method’s unfinished letters are not searched for', async ({ launch }) => {
  const page = await openLibrary(await launch())
  await box(page).focus()
  const session = await page.context().newCDPSession(page)
  await session.send('Input.imeSetComposition', { text: 'hu', selectionStart: 2, selectionEnd: 2 })
  await expect(box(page)).toHaveValue('hu')
  await expect(page.locator('article')).toHaveCount(0)
  await expect(page).toHaveURL(/library\.html$/)
  await session.send('Input.insertText', { text: '湖' })
  await expect(counts(page)).toHaveText('1 个帖子 · 1 楼')
})

test('finds what was read on the forum, and no thread that was deleted', async ({ page, extension }) => {
  const key = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`
  await openThread(page, LONG_THREAD)
  await waitForThread(extension, key, 20)
  const library = await openOwnPage(extension, 'library.html')
  await library.locator('input[type=file]').first().setInputFiles(SEED_FILE)
  await library.getByText('读入 1 个帖子，共 2 楼').waitFor()
  await box(library).fill('形式主义')
  await expect(counts(library)).toHaveText('1 个帖子 · 1 楼')
  await expect(marks(library).first()).toHaveText('形式主义')
  await box(library).fill(`board:${LONG_THREAD.board.id}`)
  await expect(counts(library)).toHaveText(/1 个帖子 · \d+ 楼/)
  await extension.stopServiceWorker()
  await box(library).fill('')
  await library.getByRole('button', { name: /^删除《关于持续/ }).click()
  await expect(library.getByRole('button', { name: '撤销' }).first()).toBeVisible()
  await box(library).fill('形式主义')
  await expect(counts(library)).toHaveText('没有找到')
  await box(library).fill('')
  await library.getByRole('button', { name: '撤销' }).first().click()
  await expect(library.getByRole('button', { name: /^删除《关于持续/ })).toBeVisible()
  await box(library).fill('形式主义')
  await expect(counts(library)).toHaveText('1 个帖子 · 1 楼')
  await library.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`nothing that axe finds wrong, ${colorScheme}`, async ({ launch }) => {
    const page = await openLibrary(await launch({ colorScheme }))
    await page.emulateMedia({ colorScheme })
    await page.getByRole('button', { name: '搜索方法' }).click()
    await box(page).fill('塔')
    await expect(counts(page)).toHaveText('2 个帖子 · 13 楼')
    await page.evaluate(AXE)
    const found = await page.evaluate(async () => {
      const { axe } = window as unknown as { axe: { run: () => Promise<{ violations: { id: string }[] }> } }
      return (await axe.run()).violations.map(({ id }) => id)
    })
    expect(found).toEqual([])
    await page.setViewportSize({ width: 320, height: 700 })
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth),
    ).toBeLessThanOrEqual(0)
  })
}

test.describe('in English', () => {
  test('speaks English', async ({ launch }) => {
    const page = await openLibrary(await launch({ lang: 'en' }))
    await box(page).fill('塔')
    await expect(counts(page)).toHaveText('2 threads · 13 posts')
    await expect(page.getByRole('button', { name: 'Show all 12 posts that match' })).toBeVisible()
    await box(page).fill('狐')
    await expect(counts(page)).toHaveText('1 thread · 1 post')
  })
})
