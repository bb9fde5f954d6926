import { createRequire } from 'node:module'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { measureText } from '../../core/reading.ts'
import { emptyDatabase } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { madeThread, plantThreads } from './plant-threads.ts'

/** The library with ten thousand threads, by axe's rules, in English and on narrow screens. */

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

async function violations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run: () => Promise<{ violations: { id: string; nodes: { html: string }[] }[] }> }
    }
    return (await axe.run()).violations.map(({ id, nodes }) => `${id}: ${nodes[0]!.html.slice(0, 300)}`)
  })
}

test('ten thousand threads: few rows stand at a time, the last one is reached, all can be deleted and had back', async ({
  extension,
}) => {
  test.setTimeout(240_000)
  await plantThreads(
    extension,
    Array.from({ length: 10_000 }, (_, index) => madeThread(index)),
  )
  const page = await openOwnPage(extension, 'library.html')
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10000')
  const standing = page.locator('.thread-row')
  await expect(page.getByRole('radio', { name: '全部帖子' }).locator('..')).toContainText('10,000')
  expect(await standing.count()).toBeLessThan(100)
  await standing.first().focus()
  await page.keyboard.press('End')
  await expect(page.locator('.thread-row:focus')).toContainText('第 0 个')
  await page.evaluate(() => scrollTo(0, 250_000))
  await expect(
    page
      .locator('.thread-row')
      .filter({ hasText: /第 \d+ 个/ })
      .nth(20),
  ).toBeInViewport()
  await expect(page.locator('.thread-row:focus')).toContainText('第 0 个')
  expect(await standing.count()).toBeLessThan(100)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.getByText('刚删除了 10,000 个帖子')).toBeVisible({ timeout: 90_000 })
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', '10000', { timeout: 90_000 })
  await page.evaluate(emptyDatabase)
  await page.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`has no faults for axe: ${colorScheme}`, async ({ extension }) => {
    await plantThreads(
      extension,
      Array.from({ length: 40 }, (_, index) => madeThread(index)),
    )
    const page = await openOwnPage(extension, 'library.html#sort=title')
    await page.emulateMedia({ colorScheme })
    await page.locator('.thread-row').first().waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('checkbox', { name: '有未读的楼' }).check()
    await page.locator('.thread-row').first().getByRole('checkbox').check()
    await page.getByRole('button', { name: '标签……' }).click()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '完成' }).click()
    await page.getByRole('button', { name: '管理标签' }).click()
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.locator('.thread-row').first().focus()
    await page.keyboard.press('Delete')
    await page.getByRole('button', { name: '撤销' }).waitFor()
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 320, height: 700 })
    await page.getByText('筛选、导入与空间').click()
    await expect(page.getByRole('radio', { name: '已保存' })).toBeVisible()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.evaluate(emptyDatabase)
    await page.close()
  })
}

test('in English nothing is Chinese but the forum’s own words', async ({ launch }) => {
  const english = await launch({ lang: 'en' })
  await plantThreads(
    english,
    Array.from({ length: 40 }, (_, index) => madeThread(index)),
  )
  const page = await openOwnPage(english, 'library.html#unread=1&keep=saved&gone=1&incomplete=1')
  await page.getByText('No thread matches').waitFor()
  await page.getByRole('button', { name: 'Clear filters' }).first().click()
  await page.locator('.thread-row').first().focus()
  await page.keyboard.press('Delete')
  await page.getByRole('button', { name: 'Undo' }).waitFor()
  await page.locator('.thread-row').first().getByRole('checkbox').check()
  const text = await page.evaluate(() => {
    for (const element of document.querySelectorAll('.thread-line a, .place, .tag, select')) element.remove()
    return document.body.innerText
  })
  expect(measureText(text).characters).toBe(0)
  expect(text).toContain('Threads selected: 1')
  await page.close()
})
