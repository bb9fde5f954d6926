import { violations } from './axe.ts'
import { clearStorage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { importThread, madeThread } from './import-threads.ts'
import { looksButton, openReader, panel, styleOf, thread } from './reader-looks.ts'

/** How the reader page looks, as its reader chose: for all threads and for one, at once and when it is opened again. */

const other = madeThread('9102', [{}])

test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

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
