import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { emptyDatabase } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { madeThread, plantThreads } from './plant-threads.ts'

/** The library as one lives in it: finding threads again, marking and deleting them. */

const COUNT = 120

const rows = (page: Page) => page.locator('.thread-row')
const row = (page: Page, index: number) => rows(page).filter({ hasText: `第 ${index} 个` })
const grid = (page: Page) => page.getByRole('grid')

async function openLibrary(extension: Chromium, hash = ''): Promise<Page> {
  const page = await openOwnPage(extension, `library.html${hash}`)
  await rows(page).first().waitFor()
  return page
}

test.beforeEach(async ({ extension }) => {
  await plantThreads(
    extension,
    Array.from({ length: COUNT }, (_, index) => madeThread(index)),
  )
})

test.afterEach(async ({ extension }) => {
  const page = await openOwnPage(extension, 'icon/loulan.svg')
  await page.evaluate(emptyDatabase)
  await page.close()
})

test('a row says what a reader wants to know', async ({ extension }) => {
  const page = await openLibrary(extension)
  const whole = row(page, 99)
  await expect(whole).toContainText(/体育天地|三角地|读书|影视|跳蚤市场|别问我是谁/)
  await expect(whole).toContainText('只读了')
  await expect(whole).toContainText('保存于')
  await expect(whole).toContainText('楼未读')
  await expect(row(page, 119)).toContainText('楼已消失')
  await expect(row(page, 119)).toContainText(/[\d,]+ 字 · \d+ 楼约 \d+/)
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.close()
})

test('sorting and filtering stay over a reload, and back takes them back', async ({ extension }) => {
  const page = await openLibrary(extension)
  await expect(rows(page).first()).toContainText('第 119 个')
  await page.getByLabel('排序').selectOption({ label: '标题' })
  await expect(rows(page).first()).toContainText('毕业与')
  await page.getByRole('button', { name: '升序' }).click()
  await expect(rows(page).first()).toContainText('租房与')
  await page.getByRole('radio', { name: '已保存' }).check()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '40')
  await page.getByRole('checkbox', { name: '有未读的楼' }).check()
  const few = await grid(page).getAttribute('aria-rowcount')
  await page.reload()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', few!)
  await expect(page.getByLabel('排序')).toHaveValue('title')
  await page.goBack()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '40')
  await page.getByRole('button', { name: '清除筛选' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.close()
})

test('typing filters by title at once, and says when nothing is left', async ({ extension }) => {
  const page = await openLibrary(extension)
  const filter = page.getByRole('searchbox', { name: '按标题筛选' })
  await filter.fill('话题 毕业')
  await expect(rows(page).first()).toContainText('毕业')
  expect(Number(await grid(page).getAttribute('aria-rowcount'))).toBeLessThan(COUNT)
  await filter.fill('没有这样的标题')
  await expect(page.getByText('没有符合条件的帖子')).toBeVisible()
  await expect(filter).toBeFocused()
  await filter.fill('')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.close()
})

test('tags are given to several threads, filtered by, renamed and deleted', async ({ extension }) => {
  const page = await openLibrary(extension)
  await row(page, 119).getByRole('checkbox').check()
  await row(page, 117)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] })
  await expect(page.getByText('已选 3 个帖子')).toBeVisible()
  await page.getByRole('button', { name: '标签……' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('textbox').fill(' 周末  读，  ')
  await dialog.getByRole('textbox').press('Enter')
  await expect(dialog.getByRole('button', { name: '去掉标签：周末 读' })).toBeVisible()
  await dialog.getByRole('button', { name: '完成' }).click()
  await expect(row(page, 118)).toContainText('周末 读')
  await row(page, 118).getByRole('button', { name: '周末 读' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '3')
  await page.getByRole('button', { name: '管理标签' }).click()
  await dialog.getByRole('button', { name: '给标签改名：周末 读' }).click()
  await dialog.getByRole('textbox').fill('周日读')
  await dialog.getByRole('textbox').press('Enter')
  await expect(dialog).toContainText('周日读')
  await dialog.getByRole('button', { name: '删除标签：周日读' }).click()
  await dialog.getByRole('button', { name: '确定删除' }).click()
  await expect(dialog).not.toContainText('周日读')
  await page.keyboard.press('Escape')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.close()
})

test('the cache is cleared and had back, in the settings and in the library', async ({ extension }) => {
  const options = await openOwnPage(extension, 'options.html')
  const clear = options.getByRole('button', { name: '清空缓存' })
  await clear.click()
  await options.getByRole('dialog').getByRole('button', { name: '清空缓存' }).click()
  await expect(options.getByText('刚删除了 80 个帖子')).toBeVisible()
  const page = await openLibrary(extension)
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '40')
  await options.getByRole('button', { name: '撤销' }).click()
  await expect(options.getByText('已恢复 80 个帖子')).toBeVisible()
  await expect(clear).toBeFocused()
  await options.close()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.getByRole('button', { name: '清空缓存' }).click()
  await page.getByRole('dialog').getByRole('button', { name: '清空缓存' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '40')
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await page.close()
})

test('many threads are deleted at once and had back, also after the tab was closed', async ({ extension }) => {
  const page = await openLibrary(extension, '#keep=cached')
  await rows(page).first().getByRole('checkbox').check()
  await page.getByRole('button', { name: '选中全部 80 个' }).click()
  await page.getByRole('button', { name: '删除', exact: true }).first().click()
  await expect(page.getByText('没有符合条件的帖子')).toBeVisible()
  await page.getByRole('button', { name: '撤销' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '80')
  await expect(page.locator('.thread-row:focus')).toHaveCount(1)
  await page.keyboard.press('Control+a')
  await page.keyboard.press('Delete')
  await expect(page.getByText('刚删除了 80 个帖子')).toBeVisible()
  await page.close()
  const again = await openLibrary(extension)
  await expect(grid(again)).toHaveAttribute('aria-rowcount', '40')
  await again.getByRole('button', { name: '撤销' }).click()
  await expect(grid(again)).toHaveAttribute('aria-rowcount', String(COUNT))
  await again.close()
})

test('threads are marked as saved and made cached ones again', async ({ extension }) => {
  const page = await openLibrary(extension)
  await row(page, 118).getByRole('checkbox').check()
  await page.getByRole('button', { name: '标为保存' }).click()
  await expect(row(page, 118)).toContainText('保存于')
  await page.getByRole('button', { name: '改为缓存' }).click()
  await expect(row(page, 118)).not.toContainText('保存于')
  await page.close()
})

test('what another tab changes shows up and leaves the reader’s place alone', async ({ extension }) => {
  const [page, other] = [await openLibrary(extension), await openLibrary(extension)]
  await page.bringToFront()
  await page.evaluate(() => scrollTo(0, 2500))
  const top = () =>
    page.evaluate(() => {
      const standing = [...document.querySelectorAll<HTMLElement>('.thread-row')]
      // While the rows of a new place are being put in, none may stand.
      const first = standing.find((each) => each.getBoundingClientRect().top > 200)
      return first ? [first.dataset.key, Math.round(first.getBoundingClientRect().top)] : ['', 0]
    })
  await expect.poll(async () => (await top())[1]).toBeGreaterThan(0)
  await page.waitForFunction(() => document.querySelector('.thread-row[aria-rowindex="50"]'))
  await expect.poll(async () => (await top())[0]).not.toBe('')
  const before = await top()
  await row(other, 119).focus()
  await other.keyboard.press('Delete')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT - 1))
  await expect.poll(top).toEqual(before)
  await other.getByRole('button', { name: '撤销' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await expect.poll(top).toEqual(before)
  await Promise.all([page.close(), other.close()])
})

test('everything is in reach of the keyboard', async ({ extension }) => {
  const page = await openLibrary(extension)
  const focused = page.locator('.thread-row:focus')
  await page.getByRole('searchbox', { name: '按标题筛选' }).focus()
  await page.keyboard.press('ArrowDown')
  await expect(focused).toHaveAttribute('aria-rowindex', '1')
  await page.keyboard.press('End')
  await expect(focused).toHaveAttribute('aria-rowindex', String(COUNT))
  await expect(focused).toBeInViewport()
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Space')
  await expect(focused).toHaveAttribute('aria-selected', 'true')
  await page.keyboard.press('Shift+ArrowUp')
  await expect(page.getByText('已选 2 个帖子')).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(page.getByText('已选 2 个帖子')).toHaveCount(0)
  await page.keyboard.press('Delete')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT - 1))
  await expect(focused).toHaveAttribute('aria-rowindex', String(COUNT - 2))
  await page.keyboard.press('Control+z')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', String(COUNT))
  await expect(page.getByText('已恢复 1 个帖子')).toBeAttached()
  await page.keyboard.press('Home')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/reader\.html#/)
  await page.goBack()
  await expect(page.locator('.thread-row:focus')).toHaveAttribute('aria-rowindex', '1')
  await page.keyboard.press('End')
  await expect(focused).toHaveAttribute('aria-rowindex', String(COUNT))
  const opened = await focused.getAttribute('data-key')
  await page.keyboard.press('Enter')
  await expect(page).toHaveURL(/reader\.html#/)
  await page.goBack()
  // What was just read may stand first now: it has the focus wherever it stands.
  await expect(focused).toHaveAttribute('data-key', opened!)
  await page.close()
})
