import type { Page } from '@playwright/test'
import { makePng } from '../forum/bytes.ts'
import { violations } from './axe.ts'
import { clearStorage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { importThread, madeThread } from './import-threads.ts'
import { looksButton, openReader, panel, styleOf, thread } from './reader-looks.ts'

/** What is wider than the reader page's text: pictures, tables, code; and the page on paper. */

test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

test.describe('pictures, tables and paper', () => {
  const WIDE = `<table><tr>${'<td>很宽的一格很宽的一格</td>'.repeat(12)}</tr></table>`
  const rich = madeThread('9103', [
    {
      html: [
        `<p><img src="data:image/png;base64,${makePng('a', 900, 600).toString('base64')}" alt="湖面"></p>`,
        `<p><img src="data:image/png;base64,${makePng('b', 20, 20).toString('base64')}" alt="笑脸"></p>`,
        `${WIDE}<pre>${'x'.repeat(300)}</pre><table><tr><td>窄</td></tr></table>`,
        '<p><a href="https://news.example/story">一条新闻</a> <a href="https://news.example/b">https://news.example/b</a></p>',
      ].join(''),
    },
    { html: `<p>${'写了很多很多字，说也说不完。'.repeat(200)}最后几个字。</p>`.repeat(2), text: '字'.repeat(5000) },
    { parentId: '2', text: '藏在收起的分支里' },
    ...Array.from({ length: 30 }, () => ({ html: '<p>不长不短的一楼，占几行纸。</p>'.repeat(4) })),
  ])
  const picture = (page: Page) => page.getByRole('button', { name: '放大图片：湖面' })
  const zoomed = (page: Page) => page.getByRole('dialog', { name: '图片：湖面' })

  test('a picture opens large, zooms by keys, wheel and buttons, and gives the focus back', async ({
    page,
    extension,
  }) => {
    await openReader(page, await importThread(extension, rich))
    await expect(page.getByRole('button', { name: /笑脸/ })).toHaveCount(0)
    await picture(page).focus()
    await page.keyboard.press('Enter')
    const image = zoomed(page).getByRole('img')
    const width = () => image.evaluate((element) => element.getBoundingClientRect().width)
    await expect.poll(width).toBe(900)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('+')
    await expect.poll(width).toBe(1125)
    await page.keyboard.press('0')
    await expect.poll(width).toBe(900)
    await zoomed(page).getByRole('button', { name: '缩小' }).click()
    await expect.poll(width).toBe(720)
    await image.hover()
    await page.mouse.wheel(0, -500)
    await expect.poll(width).toBeGreaterThan(1500)
    // The point under the mouse stays where it is.
    const box = zoomed(page).getByRole('group')
    expect(await box.evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(100)
    await page.keyboard.press('Escape')
    await expect(zoomed(page)).toBeHidden()
    await expect(picture(page)).toBeFocused()

    await page.setViewportSize({ width: 320, height: 640 })
    await picture(page).click()
    await expect.poll(width).toBe(320)
    await zoomed(page).getByRole('button', { name: '关闭' }).click()
    await expect(picture(page)).toBeFocused()
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('wide tables and code scroll in boxes of their own, which the keyboard reaches; narrow ones are none', async ({
    page,
    extension,
  }) => {
    await page.setViewportSize({ width: 320, height: 640 })
    await openReader(page, await importThread(extension, rich))
    const boxes = page.getByRole('group', { name: '表格或代码，可左右滚动' })
    await expect(boxes).toHaveCount(2)
    await boxes.first().focus()
    await page.keyboard.press('ArrowRight')
    await expect.poll(() => boxes.first().evaluate(({ scrollLeft }) => scrollLeft)).toBeGreaterThan(0)
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
    expect(await violations(page)).toEqual([])
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('paper has every word in black on white, where links lead, and no control', async ({ page, extension }) => {
    await openReader(page, await importThread(extension, rich))
    await looksButton(page).click()
    await panel(page).getByRole('radio', { name: '黑', exact: true }).check()
    await page.locator('#post-2 > .branch-button').click()
    await expect(page.locator('#post-2 .loulan-collapse-long-posts-button').first()).toBeVisible()
    await page.emulateMedia({ media: 'print' })
    expect(
      await page.locator('button:visible, select:visible, input:visible, summary:visible').allInnerTexts(),
    ).toEqual([])
    expect(await styleOf(page, 'html', 'background-color')).toBe('rgb(255, 255, 255)')
    expect(await styleOf(page, '.post-body', 'color')).toBe('rgb(0, 0, 0)')
    for (const words of ['最后几个字。', '藏在收起的分支里']) {
      const isShown = await page
        .getByText(words)
        .last()
        .evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }))
      expect(isShown, words).toBe(true)
    }
    const after = (name: string) =>
      page.getByRole('link', { name }).evaluate((link) => getComputedStyle(link, '::after').content)
    expect(await after('一条新闻')).toContain('(https://news.example/story)')
    expect(await after('https://news.example/b')).toBe('none')
    await expect(page.locator('.print-only')).toHaveText('https://news.ycombinator.com/item?id=9103')
    await page.emulateMedia({ media: null })
    expect(await styleOf(page, 'html', 'background-color')).toBe('rgb(0, 0, 0)')
  })

  test('paper says how many posts are hidden where one author is shown alone', async ({ page, extension }) => {
    await openReader(page, await importThread(extension, thread))
    await page.getByRole('combobox', { name: '只看谁的楼' }).selectOption('reader0')
    const line = page.locator('.loulan-only-author-hidden')
    await expect(line).toHaveText('藏起了 2 楼 · 显示')
    await page.emulateMedia({ media: 'print' })
    await expect(line).toBeVisible()
    expect(await line.innerText()).toBe('藏起了 2 楼')
    await page.emulateMedia({ media: null })
  })
})
