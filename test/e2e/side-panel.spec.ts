import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { readerAddress } from '../../core/reader-address.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { clearStorage, opened, openOwnPage, openPopup, tabIdOf } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test as base, threadUrl } from './fixtures.ts'

/** The side panel, opened as a page that speaks of a tab: what it shows of the thread there, and where it leads. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const SEED_TITLE = '关于持续解决困扰基层的形式主义问题的通知 附答问'
const THREAD = generateThread({ posts: 45, seed: 81 })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

test.afterEach(async ({ extension }) => clearStorage(extension))

/** As wide as Chrome's side panel at first. */
const PANEL = { width: 360, height: 720 }

async function openPanel(extension: Chromium, over: Page): Promise<Page> {
  return openOwnPage(extension, `sidepanel.html?tab=${await tabIdOf(extension, over)}`, PANEL)
}

const heading = (panel: Page) => panel.getByRole('heading', { level: 1 })
const search = (panel: Page) => panel.getByRole('searchbox', { name: '在这个帖子里找' })
const results = (panel: Page) => panel.getByRole('list', { name: '找到的楼' }).getByRole('listitem')

test('the outline leads to a section of the long post, folded as it was', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  const panel = await openPanel(extension, page)
  await expect(heading(panel)).toHaveText(SEED_TITLE)
  const sections = panel.locator('.outline').getByRole('button')
  await expect(sections.filter({ hasText: /^[一二三四五六七八]、/ })).toHaveCount(8)
  const fold = page.locator('.loulan-collapse-long-posts-button').first()
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  const title = (await sections.nth(4).innerText()).slice(0, 12)
  await sections.nth(4).click()
  await expect(panel.getByText('已跳到这一楼。')).toBeVisible()
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await expect(page.locator('.post-card').first()).toBeFocused()
  const words = page.locator('.post-card').first().getByText(title).first()
  await expect(words).toBeInViewport()
  expect((await words.boundingBox())!.y).toBeLessThan(300)
  await panel.close()
})

test('the search finds posts on all kept pages and leads to the page that a post stands on', async ({
  page,
  extension,
  forum,
}) => {
  const [first, last] = [THREAD.posts[2]!, THREAD.posts[40]!]
  forum.control.editPost(THREAD.id, first.id, { text: '此处提到了独角兽，只有两处' })
  forum.control.editPost(THREAD.id, last.id, { text: '这里又有一只独角兽' })
  await openThread(page, THREAD, 3)
  await waitForThread(extension, KEY, 5)
  await openThread(page, THREAD, 1)
  await waitForThread(extension, KEY, 25)
  const panel = await openPanel(extension, page)
  await expect(panel.getByText('在存下的 25 楼里找')).toBeVisible()
  await panel.keyboard.press('/')
  await expect(search(panel)).toBeFocused()
  await panel.keyboard.insertText('独角兽')
  await expect(results(panel)).toHaveCount(2)
  await expect(results(panel).first().locator('mark')).toHaveText('独角兽')
  await results(panel).first().getByRole('button').click()
  await expect(page.locator(`.post-card[data-postid="${first.id}"]`)).toBeFocused()
  await results(panel).nth(1).getByRole('button').click()
  await expect(page.locator(`.post-card[data-postid="${last.id}"]`)).toBeVisible()
  await expect(results(panel)).toHaveCount(2)
  const reader = await opened(extension, () => results(panel).nth(1).getByRole('link').click())
  await expect(reader.locator(`[data-post-id="${last.id}"]`)).toBeFocused()
  await reader.close()
  await search(panel).fill('麒麟')
  await expect(panel.getByText('存下的 25 楼里没有')).toBeVisible()
  await search(panel).press('Escape')
  await expect(panel.getByText('在存下的 25 楼里找')).toBeVisible()
  await panel.close()
})

test('new posts are listed until they were on the screen; links are those of the thread', async ({
  page,
  extension,
  forum,
}) => {
  const thread = generateThread({ posts: 6, seed: 82 })
  forum.control.addThread(thread)
  forum.control.editPost(thread.id, thread.posts[1]!.id, {
    text: '见[这里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fa)',
  })
  const key = `pku-bbs/bbs.pku.edu.cn/${thread.board.id}/${thread.id}`
  await openThread(page, thread)
  await waitForThread(extension, key, 6)
  const panel = await openPanel(extension, page)
  await expect(panel.getByText('没看的新楼（0）')).toBeVisible()
  // As if the last post had come after the visit before, and had not been on the screen.
  await panel.evaluate(
    async ([threadKey, id]) => {
      const request = indexedDB.open('loulan')
      const database = await new Promise<IDBDatabase>((resolve) => (request.onsuccess = () => resolve(request.result)))
      const visits = database.transaction('visits', 'readwrite').objectStore('visits')
      const at = new Date().toISOString()
      const visit = { threadKey, startedAt: at, lastAt: at, previousAt: at }
      const put = visits.put({ ...visit, readIds: [], newIds: [id] })
      await new Promise((resolve) => (put.onsuccess = resolve))
      database.close()
    },
    [key, thread.posts[5]!.id] as const,
  )
  await page.reload()
  const listed = panel.getByRole('list', { name: /没看的新楼/ }).getByRole('listitem')
  await expect(listed).toHaveCount(1)
  await listed.getByRole('button').click()
  await expect(page.locator(`.post-card[data-postid="${thread.posts[5]!.id}"]`)).toBeFocused()
  await page.bringToFront()
  await expect(page.locator('.loulan-new-posts-control').first()).toBeAttached()
  await page.mouse.wheel(0, 100_000)
  await expect(panel.getByText('没看的新楼（0）')).toBeVisible({ timeout: 15_000 })
  await panel.getByText('链接', { exact: true }).click()
  await expect(panel.locator('.link-list a').first()).toHaveAttribute('href', 'https://news.example/a')
  await panel.close()
})

test('it follows the tab: to another thread, to the reader, to a page that is none', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  const panel = await openPanel(extension, page)
  await expect(heading(panel)).toHaveText(SEED_TITLE)
  await openThread(page, THREAD)
  await expect(heading(panel)).toHaveText(THREAD.title)
  await page.goto(extension.extensionUrl(readerAddress(SEED_KEY)))
  await expect(heading(panel)).toHaveText(SEED_TITLE)
  await panel.locator('.outline').getByRole('button').nth(3).click()
  await expect(page.locator('.post').first()).toBeFocused()
  await page.goto('about:blank')
  await expect(panel.getByText('这个标签页里没有帖子')).toBeVisible()
  await page.goto(threadUrl(THREAD, 2))
  await expect(heading(panel)).toHaveText(THREAD.title)
  await panel.close()
})

test('a login wall is told in the site’s own words, and the panel goes on when it is gone', async ({
  page,
  extension,
  forum,
}) => {
  forum.control.loginWall = () => true
  await page.goto(threadUrl(THREAD))
  const panel = await openPanel(extension, page)
  await expect(panel.getByText('要先登录才能看这个帖子')).toBeVisible()
  forum.control.loginWall = () => false
  await page.reload()
  await expect(heading(panel)).toHaveText(THREAD.title)
  await panel.close()
})

test('what is not kept says so and still has its links', async ({ launch }) => {
  const browser = await launch()
  await (await browser.serviceWorker()).evaluate(() => chrome.storage.local.set({ 'setting:caching': false }))
  const page = await browser.context.newPage()
  await openThread(page, SEED_THREAD)
  const panel = await openPanel(browser, page)
  await expect(panel.getByText('这个帖子没有存下来')).toBeVisible()
  await panel.getByText('链接', { exact: true }).click()
  await expect(panel.locator('.link-list a').first()).toBeVisible()
})

test('the popup opens it beside the tab', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  const popup = await openPopup(extension, page)
  const worker = await extension.serviceWorker()
  const isOpen = () =>
    worker.evaluate(
      async () => (await chrome.runtime.getContexts({ contextTypes: ['SIDE_PANEL' as never] })).length > 0,
    )
  expect(await isOpen()).toBe(false)
  await popup.getByRole('button', { name: '在侧栏打开' }).click()
  await expect.poll(isOpen).toBe(true)
  await popup.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}, and nothing scrolls sideways at 320 pixels`, async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const panel = await openPanel(extension, page)
    await panel.emulateMedia({ colorScheme })
    await panel.setViewportSize({ width: 320, height: 700 })
    await panel.locator('.outline').waitFor()
    await search(panel).fill('形式主义')
    await results(panel).first().waitFor()
    await panel.getByText('链接', { exact: true }).click()
    await panel.locator('.link-list a').first().waitFor()
    expect(await violations(panel)).toEqual([])
    expect(await panel.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.goto('about:blank')
    await panel.getByText('这个标签页里没有帖子').waitFor()
    expect(await violations(panel)).toEqual([])
    await panel.close()
  })
}
