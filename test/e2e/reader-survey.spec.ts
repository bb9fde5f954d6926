import type { Page } from '@playwright/test'
import type { Post } from '../../core/thread.ts'
import { violations } from './axe.ts'
import { clearStorage, openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { importThread, madeThread } from './import-threads.ts'

/** Who wrote in a thread and when: the table of authors and the timeline of the reader page. */

/** Thirty days in 2014, one post each, and ten in 2024. */
const timed = (count: number): Partial<Post>[] =>
  Array.from({ length: count }, (_, index) => {
    const day = new Date(Date.UTC(index < 30 ? 2014 : 2024, 2, 1 + (index % 30)))
    return { postedAt: `${day.toISOString().slice(0, 10)}T12:00:00+08:00`, isStarter: index % 3 === 0 }
  })

const bars = (page: Page) => page.getByRole('list', { name: /^时间线/ }).getByRole('link')
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

test.afterEach(async ({ extension }) => clearStorage(extension))

async function openSurvey(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.end').waitFor()
  await page.getByText('作者与时间').click()
}

test('the timeline says when, keeps its days over years, and leads to them by keyboard', async ({
  page,
  extension,
}) => {
  await openSurvey(page, await importThread(extension, madeThread('9301', timed(40))))
  await expect(page.locator('.timeline figcaption')).toContainText('2014-03-01 至 2024-03-10')
  await expect(page.locator('.timeline figcaption')).toContainText('最长 10 年无人发言')
  await expect(bars(page)).toHaveCount(40)
  await bars(page).first().focus()
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowLeft', 'End', 'ArrowLeft']) await page.keyboard.press(key)
  await expect(bars(page).nth(38)).toBeFocused()
  await expect(bars(page).nth(38)).toHaveAccessibleName('2024-03-09 · 1 楼')
  await expect(page.locator('.told')).toHaveText('2024-03-09 · 1 楼')
  await page.keyboard.press('Enter')
  await expect(page.locator('#post-39')).toBeFocused()
  await expect(page.locator('#post-39')).toBeInViewport()
  await page.goBack()
  await page.getByText('列成文字').click()
  await page.locator('.as-list').getByRole('link', { name: '2014-03-30 · 1 楼' }).click()
  await expect(page.locator('#post-30')).toBeFocused()
})

test('authors sort by every column, and a name shows that author’s posts alone', async ({ page, extension }) => {
  const posts = timed(40)
  posts[39]!.author = { username: 'late', nickname: '迟到的人' }
  await openSurvey(page, await importThread(extension, madeThread('9302', posts)))
  await expect(page.getByRole('row')).toHaveCount(5)
  await expect(page.getByRole('row').nth(1)).toHaveText(/^reader0\s*楼主\s*13\s*.*2014-03-01\s*2024-03-07$/)
  await expect(row(page, 'reader1').getByRole('cell')).toHaveText(['13', /字/, '2014-03-02', '2024-03-08'])
  await page.getByRole('button', { name: '最早' }).click()
  await expect(page.getByRole('columnheader', { name: '最早' })).toHaveAttribute('aria-sort', 'ascending')
  await page.getByRole('button', { name: '最早' }).click()
  await expect(page.getByRole('row').nth(1)).toContainText('迟到的人（late）')
  await row(page, 'late').getByRole('button').click()
  await expect(page.locator('#post-40')).toBeFocused()
  await expect(page.getByRole('combobox', { name: '只看谁的楼' })).toHaveValue('late')
  await expect(page.getByText('藏起了 39 楼')).toBeVisible()

  // Without the aid a name leads to the author's first post.
  const options = await openOwnPage(extension, 'options.html')
  await options.getByRole('switch', { name: '只看一人' }).click()
  await options.close()
  await expect(page.getByRole('combobox', { name: '只看谁的楼' })).toHaveCount(0)
  await row(page, 'reader1').getByRole('button').click()
  await expect(page.locator('#post-2')).toBeFocused()
})

test('a thread without times, and a crowd of authors', async ({ page, extension }) => {
  const crowd = Array.from({ length: 50 }, (_, index) => ({ author: { username: index === 7 ? '' : `u${index}` } }))
  await openSurvey(page, await importThread(extension, madeThread('9303', crowd)))
  await expect(page.getByText('画不出时间线')).toBeVisible()
  await expect(page.getByRole('row')).toHaveCount(21)
  await page.getByRole('button', { name: '显示其余 30 位' }).click()
  await expect(page.getByRole('row')).toHaveCount(51)
  await row(page, '（没有名字）').getByRole('button').click()
  await expect(page.locator('#post-8')).toBeFocused()
})

for (const [colorScheme, width] of [
  ['light', 1280],
  ['dark', 320],
] as const) {
  test(`axe finds nothing, and nothing scrolls sideways: ${colorScheme}, ${width} pixels`, async ({
    page,
    extension,
  }) => {
    await page.emulateMedia({ colorScheme })
    await page.setViewportSize({ width, height: 800 })
    await openSurvey(page, await importThread(extension, madeThread('9301', timed(40))))
    await bars(page).first().waitFor()
    await page.getByText('列成文字').click()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(width)
    await page.setViewportSize({ width: 1280, height: 900 })
    await page.emulateMedia({ colorScheme: null })
  })
}
