import type { Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import type { Forum } from '../forum/forum.ts'
import type { ForumThread } from '../forum/model.ts'
import { waitForThread } from './archive.ts'
import { clearStorage, openOwnPage, openPopup } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test, threadUrl } from './fixtures.ts'
import { clickMenu, pressKey } from './menus.ts'

/** Saving a whole thread, from wherever a reader asks for it, and what they see of it. */

const POSTS = 85

/** A thread of five pages that no other test knows. */
function makeThread(forum: Forum, seed: number): ForumThread {
  const thread = generateThread({ posts: POSTS, seed, plain: true })
  forum.control.addThread(thread)
  return thread
}

const keyOf = ({ board, id }: ForumThread) => `pku-bbs/bbs.pku.edu.cn/${board.id}/${id}`
const line = (page: Page) => page.locator('.loulan-saved-state')
const button = (page: Page, name: string) => line(page).getByRole('button', { name, exact: true })

/** The shortest pause between two requests, for tests that wait for the end. */
async function hurry(extension: {
  serviceWorker: () => Promise<{ evaluate: (work: () => unknown) => Promise<unknown> }>
}) {
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => chrome.storage.local.set({ 'setting:saveSecondsBetweenRequests': 0.2 }))
}

test.afterEach(async ({ extension }) => clearStorage(extension))

test.describe('on the page', () => {
  test('a button saves every page, says how far it is, and since when it is saved', async ({
    page,
    extension,
    forum,
  }) => {
    const thread = makeThread(forum, 301)
    await hurry(extension)
    await openThread(page, thread)
    await button(page, '保存全帖').click()
    await expect(line(page)).toContainText(/正在保存\s*\d \/ 5 页/)
    await expect(line(page)).toContainText(/保存于 .*\d{4}/)
    await expect(button(page, '再次保存')).toBeVisible()
    await expect(line(page)).not.toContainText('新增')
    await expect(line(page).getByRole('progressbar')).toBeHidden()
    await waitForThread(extension, keyOf(thread), POSTS)
  })

  test('it pauses, goes on and is cancelled by keyboard alone', async ({ page, extension, forum }) => {
    const thread = makeThread(forum, 302)
    await openThread(page, thread)
    await button(page, '保存全帖').focus()
    await page.keyboard.press('Enter')
    await expect(button(page, '暂停')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(line(page)).toContainText('保存已暂停')
    await expect(button(page, '继续')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(line(page)).toContainText('正在保存')
    await page.keyboard.press('Tab')
    await expect(button(page, '取消保存')).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(line(page)).toContainText('没有保存完：你取消了')
    await expect(button(page, '继续')).toBeFocused()
    await hurry(extension)
    await page.keyboard.press('Enter')
    await expect(line(page)).toContainText('保存于')
    await waitForThread(extension, keyOf(thread), POSTS)
  })

  test('the second visit says what is new and what is gone', async ({ page, extension, forum }) => {
    const thread = makeThread(forum, 303)
    await hurry(extension)
    await openThread(page, thread, 5)
    await button(page, '保存全帖').click()
    await expect(line(page)).toContainText('保存于')
    forum.control.deletePost(thread.id, thread.posts[83]!.id)
    forum.control.addPosts(thread.id, 3)
    await page.reload()
    await expect(line(page)).toContainText(/保存于 .* · 新增 3 楼 · 消失 1 楼/)
  })

  test('a login that ended is said, with what to do, and resumed after it', async ({ page, extension, forum }) => {
    const thread = makeThread(forum, 304)
    await hurry(extension)
    await openThread(page, thread)
    forum.control.loginWall = () => true
    await button(page, '保存全帖').click()
    await expect(line(page)).toContainText('保存在等待：论坛要求登录')
    const worker = await extension.serviceWorker()
    const badge = () => worker.evaluate(() => chrome.action.getBadgeText({}))
    await expect.poll(badge).toBe('!')
    forum.control.loginWall = () => false
    await button(page, '继续').click()
    await expect(line(page)).toContainText('保存于')
    await expect.poll(badge).toBe('')
  })
})

test.describe('in the popup', () => {
  test('saves, pauses, resumes and cancels; what is saved is told from what is cached', async ({
    page,
    extension,
    forum,
  }) => {
    const thread = makeThread(forum, 311)
    await openThread(page, thread)
    await waitForThread(extension, keyOf(thread), 20)
    const popup = await openPopup(extension, page)
    const saving = popup.locator('.thread-saving')
    await expect(saving).toContainText(/已缓存（可能被清理）\s*1 \/ 5 页\s*20 楼/)
    await saving.getByRole('button', { name: '保存全帖' }).click()
    await expect(popup.getByRole('progressbar', { name: '保存进度' })).toBeVisible()
    await saving.getByRole('button', { name: '暂停' }).click()
    await expect(saving).toContainText('保存已暂停')
    await saving.getByRole('button', { name: '继续' }).click()
    await expect(saving).toContainText('正在保存')
    await saving.getByRole('button', { name: '取消保存' }).click()
    await expect(saving).toContainText('没有保存完：你取消了')
    await hurry(extension)
    await saving.getByRole('button', { name: '继续' }).click()
    await expect(saving).toContainText('已保存')
    await expect(saving).toContainText(/保存于 .*5 页\s*85 楼/)
    await saving.getByRole('button', { name: '不再保存' }).click()
    await expect(saving).toContainText(/已缓存（可能被清理）\s*5 页\s*85 楼/)
    await popup.close()
  })

  test('saving again counts what is new, edited and gone', async ({ page, extension, forum }) => {
    const thread = makeThread(forum, 312)
    await hurry(extension)
    await openThread(page, thread)
    await button(page, '保存全帖').click()
    await expect(line(page)).toContainText('保存于')
    forum.control.editPost(thread.id, thread.posts[82]!.id, { text: '改过的话，和原来不一样了' })
    forum.control.deletePost(thread.id, thread.posts[81]!.id)
    forum.control.addPosts(thread.id, 2)
    const popup = await openPopup(extension, page)
    await popup.getByRole('button', { name: '再次保存' }).click()
    await expect(popup.locator('.save-progress')).toContainText(/新增 2 楼\s*改过 1 楼\s*消失 1 楼/)
    await popup.close()
    const reader = await openOwnPage(extension, `reader.html#${encodeURIComponent(keyOf(thread))}`)
    await expect(reader.locator('.reader-head .keeping')).toContainText(/保存于 .*87 楼/)
    await expect(reader.locator('.post-gone')).toHaveText(/起原站已无此楼/)
    await reader.getByText('改动前的内容').click()
    await expect(reader.locator('.post-version .post-body')).toBeVisible()
    await reader.close()
  })
})

test.describe('of a saved thread', () => {
  test('an old post that was edited is found by checking all pages, as the popup says', async ({
    page,
    extension,
    forum,
  }) => {
    const thread = makeThread(forum, 313)
    await hurry(extension)
    await openThread(page, thread)
    await button(page, '保存全帖').click()
    await expect(line(page)).toContainText('保存于')
    forum.control.editPost(thread.id, thread.posts[25]!.id, { text: '很久以后改过的话' })
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('更早的楼改过或删了，用「检查全部页」才看得出')).toBeVisible()
    await popup.getByRole('button', { name: '再次保存' }).click()
    await expect(popup.locator('.save-progress')).toContainText('已保存')
    await expect(popup.locator('.save-progress')).not.toContainText('改过')
    await popup.getByRole('button', { name: '检查全部页' }).click()
    await expect(popup.locator('.save-progress')).toContainText('改过 1 楼')
    await popup.close()
  })
})

test.describe('by menu and key', () => {
  test('the menu of a link saves the thread that it leads to', async ({ page, extension, forum }) => {
    const thread = makeThread(forum, 321)
    await hurry(extension)
    await openThread(page, SEED_THREAD)
    await clickMenu(extension, 'save-link', { linkUrl: threadUrl(thread, 3) })
    await expect(page.locator('loulan-notice')).toBeAttached()
    await waitForThread(extension, keyOf(thread), POSTS)
  })

  test('the menu of a page and the key save the thread on it; the button shows how far it is', async ({
    page,
    extension,
    forum,
  }) => {
    const thread = makeThread(forum, 322)
    await openThread(page, thread)
    const worker = await extension.serviceWorker()
    const badge = () => worker.evaluate(() => chrome.action.getBadgeText({}))
    await clickMenu(extension, 'save-page')
    await expect(line(page)).toContainText('正在保存')
    await expect.poll(badge).toMatch(/^\d+%$/)
    await hurry(extension)
    await expect(line(page)).toContainText('保存于')
    await expect.poll(badge).toBe('')
    const other = makeThread(forum, 323)
    await openThread(page, other)
    await expect(button(page, '保存全帖')).toBeVisible()
    await pressKey(extension, 'save-thread')
    await expect(page.locator('loulan-notice')).toBeAttached()
    await waitForThread(extension, keyOf(other), POSTS)
  })

  test('where no thread stands it says so', async ({ page, extension }) => {
    await page.goto('https://bbs.pku.edu.cn/v2/home.php')
    await pressKey(extension, 'save-thread')
    await expect(page.locator('loulan-notice')).toBeAttached()
  })
})

test('the library lists the saves, and each can be paused there', async ({ page, extension, forum }) => {
  const threads = [331, 332].map((seed) => makeThread(forum, seed))
  for (const thread of threads) {
    await openThread(page, thread)
    await button(page, '保存全帖').click()
    await expect(button(page, '暂停')).toBeVisible()
  }
  await page.goto(extension.extensionUrl('library.html'))
  const queue = page.getByRole('region', { name: '保存的进展' })
  await expect(queue.getByRole('listitem')).toHaveCount(2)
  await queue.getByRole('button', { name: '全部暂停' }).click()
  await expect(queue.getByText('保存已暂停')).toHaveCount(2)
  await hurry(extension)
  await queue.getByRole('button', { name: '全部继续' }).click()
  await expect(queue.getByText('已保存')).toHaveCount(2, { timeout: 20_000 })
  await queue.getByRole('button', { name: '收起已完成的' }).click()
  await expect(queue).toHaveCount(0)
  for (const thread of threads) await waitForThread(extension, keyOf(thread), POSTS)
})
