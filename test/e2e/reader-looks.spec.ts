import type { Page } from '@playwright/test'
import { makePng } from '../forum/bytes.ts'
import { violations } from './axe.ts'
import { clearStorage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { importThread, madeThread } from './import-threads.ts'

/** How the reader page looks, as its reader chose: for all threads and for one, at once and when it is opened again. */

const INDENTED = '　　手工缩进的一段。'
const thread = madeThread('9101', [
  {
    isStarter: true,
    quotes: [{ username: 'reader1', excerpt: '引用的话' }],
    html: [
      '<p>没有缩进的一段，里面有<a href="https://news.example/a">链接</a>。</p>',
      `<p>${INDENTED}</p>`,
      '<p><span style="color: #00ff00">亮绿</span><span style="color: #ffff00">亮黄</span>',
      '<span style="color: #0000ff">深蓝</span><span style="background-color: #ffff00">荧光</span></p>',
      '<table><tr><th>甲</th></tr><tr><td>乙</td></tr></table><pre>code</pre>',
    ].join(''),
  },
  {},
  { html: '一行<br>又一行' },
])
const other = madeThread('9102', [{}])

const looksButton = (page: Page) => page.locator('.loulan-reading-bar').getByRole('button', { name: '外观' })
const panel = (page: Page) => page.getByRole('dialog', { name: '外观' })
const styleOf = (page: Page, selector: string, name: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)

test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

async function openReader(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.end').waitFor()
}

for (const [theme, paper] of [
  ['跟随系统', 'rgb(251, 248, 243)'],
  ['纸黄', 'rgb(243, 234, 214)'],
  ['白', 'rgb(255, 255, 255)'],
  ['深灰', 'rgb(43, 45, 48)'],
  ['黑', 'rgb(0, 0, 0)'],
] as const) {
  test(`the theme ${theme} is clean by axe, whatever the system’s colours`, async ({ page, extension }) => {
    const address = await importThread(extension, thread)
    await page.emulateMedia({ colorScheme: theme === '白' || theme === '纸黄' ? 'dark' : 'light' })
    await openReader(page, address)
    await looksButton(page).click()
    await panel(page).getByText(theme, { exact: true }).click()
    expect(await styleOf(page, 'html', 'background-color')).toBe(paper)
    expect(await violations(page)).toEqual([])
    await page.keyboard.press('Escape')
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: null })
  })
}

test('everything can be changed by keyboard, shows at once, and stays', async ({ page, extension }) => {
  const address = await importThread(extension, thread)
  await openReader(page, address)
  await looksButton(page).focus()
  await page.keyboard.press('Enter')
  await expect(panel(page)).toBeFocused()
  await panel(page).getByRole('slider', { name: '字号' }).focus()
  for (let step = 0; step < 3; step++) await page.keyboard.press('ArrowRight')
  expect(await styleOf(page, '.post-body', 'font-size')).toBe('20px')
  await panel(page).getByRole('button', { name: '行距 +' }).press('Enter')
  expect(await styleOf(page, '.post-body', 'line-height')).toBe('38px')
  await panel(page).getByRole('slider', { name: '行宽' }).press('Home')
  expect(await page.locator('main').evaluate((main) => main.clientWidth)).toBe(16 * 20 + 48)
  await panel(page).getByRole('radio', { name: '宋体' }).press('ArrowRight')
  await expect(panel(page).getByRole('radio', { name: '黑体' })).toBeChecked()
  expect(await styleOf(page, '.post-body', 'font-family')).toMatch(/^"PingFang SC"/)
  await panel(page).getByRole('checkbox', { name: '两端对齐' }).press('Space')
  await panel(page).getByRole('checkbox', { name: '首行缩进两字' }).press('Space')
  expect(await styleOf(page, '.post-body', 'text-align')).toBe('justify')
  await page.keyboard.press('Escape')
  await expect(panel(page)).toBeHidden()
  await expect(looksButton(page)).toBeFocused()

  await page.reload()
  await page.locator('.end').waitFor()
  expect(await styleOf(page, '.post-body', 'font-size')).toBe('20px')
  expect(await styleOf(page, '.post-body', 'text-align')).toBe('justify')
})

test('a paragraph is indented once, by its writer or by the reader page', async ({ page, extension }) => {
  const address = await importThread(extension, thread)
  await openReader(page, address)
  const starts = () =>
    page.locator('#post-1 .post-body > p').evaluateAll((paragraphs) =>
      paragraphs.slice(0, 2).map((paragraph) => {
        const text = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT).nextNode() as Text
        const range = document.createRange()
        const first = text.data.search(/\S/)
        range.setStart(text, first)
        range.setEnd(text, first + 1)
        return Math.round(range.getBoundingClientRect().left - paragraph.getBoundingClientRect().left)
      }),
    )
  expect(await starts()).toEqual([0, 34])
  await looksButton(page).click()
  await panel(page).getByRole('checkbox', { name: '首行缩进两字' }).check()
  expect(await starts()).toEqual([34, 34])
  expect(await styleOf(page, '#post-3 .post-body', 'text-indent')).toMatch(/^34px/)
})

test('a thread can have looks of its own; resetting can be undone', async ({ page, extension }) => {
  const [address, elsewhere] = [await importThread(extension, thread), await importThread(extension, other)]
  await openReader(page, address)
  await looksButton(page).click()
  await panel(page).getByRole('radio', { name: '只这个帖子' }).check()
  await panel(page).getByRole('radio', { name: '黑', exact: true }).check()
  await openReader(page, elsewhere)
  expect(await styleOf(page, 'html', 'background-color')).not.toBe('rgb(0, 0, 0)')
  await openReader(page, address)
  expect(await styleOf(page, 'html', 'background-color')).toBe('rgb(0, 0, 0)')
  await looksButton(page).click()
  await panel(page).getByRole('button', { name: '恢复默认' }).click()
  expect(await styleOf(page, 'html', 'background-color')).not.toBe('rgb(0, 0, 0)')
  await panel(page).getByRole('button', { name: '撤销恢复默认' }).click()
  expect(await styleOf(page, 'html', 'background-color')).toBe('rgb(0, 0, 0)')
  await panel(page).getByRole('radio', { name: '所有帖子' }).check()
  expect(await styleOf(page, 'html', 'background-color')).not.toBe('rgb(0, 0, 0)')
})

test('another tab follows; deleting the thread for good takes its looks along', async ({ page, extension }) => {
  const address = await importThread(extension, thread)
  await openReader(page, address)
  const second = await extension.context.newPage()
  await openReader(second, address)
  await looksButton(page).click()
  await panel(page).getByRole('radio', { name: '只这个帖子' }).check()
  await panel(page).getByRole('radio', { name: '深灰' }).check()
  await expect(second.locator('html')).toHaveAttribute('data-theme', 'grey')
  await second.goto(extension.extensionUrl('library.html'))
  const stored = () =>
    second.evaluate(async () => JSON.stringify((await chrome.storage.local.get('thread-looks'))['thread-looks']))
  expect(await stored()).toContain('"9101"'.slice(1, -1))
  await second.getByRole('button', { name: `删除《${thread.title}》` }).click()
  await second.getByRole('button', { name: '立即彻底删除' }).click()
  await expect.poll(stored).toBe('[]')
  await second.close()
})

test('the chosen looks are there in the first frame that shows a post', async ({ page, extension }) => {
  const address = await importThread(extension, thread)
  await openReader(page, address)
  await page.evaluate(() =>
    chrome.storage.local.set({ 'reader-looks': { theme: 'black', font: 'sans', textSize: 24 } }),
  )
  await page.addInitScript(() => {
    const seen: string[] = []
    Object.assign(window, { seen })
    new MutationObserver((_, observer) => {
      const body = document.querySelector('.post-body')
      if (!body) return
      observer.disconnect()
      requestAnimationFrame(() => {
        seen.push(getComputedStyle(document.documentElement).backgroundColor, getComputedStyle(body).fontSize)
      })
    }).observe(document, { childList: true, subtree: true })
  })
  await page.goto('about:blank')
  await openReader(page, address)
  expect(await page.evaluate(() => (window as unknown as { seen: string[] }).seen)).toEqual(['rgb(0, 0, 0)', '24px'])
})

test('the panel works at 320 pixels and at 200 %, and leaves text to be seen', async ({ page, extension }) => {
  const address = await importThread(extension, thread)
  for (const viewport of [
    { width: 320, height: 640 },
    { width: 640, height: 450 },
  ]) {
    await page.setViewportSize(viewport)
    await openReader(page, address)
    await looksButton(page).click()
    const box = (await panel(page).boundingBox())!
    expect(box.x).toBeGreaterThanOrEqual(0)
    expect(box.x + box.width).toBeLessThanOrEqual(viewport.width)
    expect(box.y).toBeGreaterThan(viewport.height / 3)
    const beyond = await panel(page).evaluate((element) => element.scrollWidth - element.clientWidth)
    expect(beyond).toBeLessThanOrEqual(0)
    await panel(page).getByRole('slider', { name: '字号' }).press('End')
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
    expect(wide).toBeLessThanOrEqual(0)
    await panel(page).getByRole('button', { name: '恢复默认' }).click()
    await expect(panel(page).getByRole('button', { name: '撤销恢复默认' })).toBeFocused()
    await page.keyboard.press('Escape')
    await expect(panel(page)).toBeHidden()
  }
  await page.setViewportSize({ width: 1280, height: 900 })
})

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
