import { estimateReading } from '../../core/reading.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { readClipboardText } from './clipboard.ts'
import { clearStorage, opened, openPopup } from './extension-pages.ts'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test, threadUrl } from './fixtures.ts'

/** The popup over a thread, and over pages that refuse one. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const SEED_TITLE = '关于持续解决困扰基层的形式主义问题的通知 附答问'
/** A thread that tests here may change. */
const OWN_THREAD = generateThread({ posts: 25, seed: 71 })
const LONG_TEXT = Array.from({ length: 400 }, (_, index) => `第${index + 1}段，写得很长很长，一屏放不下。`).join('\n')

test.afterEach(async ({ extension }) => clearStorage(extension))

test.describe('over a thread', () => {
  test('says what the thread is, how long, and who wrote it', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(SEED_TITLE)
    const main = popup.getByRole('main')
    await expect(main).toContainText('蟹（ZOEA）')
    await expect(main.locator('dl')).toHaveText(/楼数\s*2\s*篇幅\s*6,284 字\s*阅读时间\s*约 13–21 分钟/)
    await expect(main).toContainText('楼主写了其中 99%')
    await expect(main).toContainText(/已缓存（可能被清理）\s*1 页\s*2 楼/)
    await expect(popup.locator('.longest-posts button').first()).toHaveText(
      /1 楼\s*蟹（ZOEA）\s*6,272 字 · 约 13–21 分钟/,
    )
    await expect(popup).toHaveTitle('楼览')
    await popup.close()
  })

  test('of several pages, says which one it speaks of', async ({ page, extension }) => {
    await openThread(page, LONG_THREAD, 2)
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('当前是第 2 页，共 5 页')).toBeVisible()
    await expect(popup.locator('dl')).toHaveText(/本页楼数\s*20/)
    await popup.close()
  })

  test('a click on a long post brings the page there and opens its fold', async ({ page, extension, forum }) => {
    forum.control.addThread(OWN_THREAD)
    const last = OWN_THREAD.posts[19]!
    forum.control.editPost(OWN_THREAD.id, last.id, { text: LONG_TEXT })
    await openThread(page, OWN_THREAD)
    const card = page.locator(`.post-card[data-postid="${last.id}"]`)
    const fold = card.locator('.loulan-collapse-long-posts-button').first()
    await expect(fold).toHaveAttribute('aria-expanded', 'false')
    await expect(card).not.toBeInViewport()
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts button').filter({ hasText: '20 楼' }).click()
    await expect(popup.getByText('已跳到这一楼。')).toBeVisible()
    await expect(fold).toHaveAttribute('aria-expanded', 'true')
    await expect(card).toBeInViewport()
    await expect(card).toBeFocused()
    await popup.close()
  })

  test('a post that the page no longer has is said to be gone', async ({ page, extension }) => {
    await openThread(page, LONG_THREAD)
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts button').first().waitFor()
    await page.goto(threadUrl(LONG_THREAD, 3))
    await page.locator('.loulan-length').waitFor()
    await popup.locator('.longest-posts button').first().click()
    await expect(popup.getByText('这一楼不在当前这一页上。')).toBeVisible()
    await popup.close()
  })

  test('links are their real targets, copied one by one or all', async ({ page, extension, forum }) => {
    forum.control.addThread(OWN_THREAD)
    forum.control.editPost(OWN_THREAD.id, OWN_THREAD.posts[0]!.id, {
      text: '见[这里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26utm_source%3Dbbs)',
    })
    forum.control.editPost(OWN_THREAD.id, OWN_THREAD.posts[1]!.id, {
      text: '和[那里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fb)',
    })
    await openThread(page, OWN_THREAD)
    const popup = await openPopup(extension, page)
    const rest = popup.getByRole('button', { name: /^显示其余/ })
    await popup.locator('.link-list').waitFor()
    if (await rest.isVisible()) await rest.click()
    const links = popup.locator('.link-list li a')
    const targets = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    expect(targets.slice(0, 2)).toEqual(['https://news.example/a?b=1', 'https://news.example/b'])
    expect(targets.filter((target) => target.includes('jump-to.php'))).toEqual([])
    await popup.getByRole('button', { name: '复制链接：这里' }).click()
    await expect(popup.getByText('链接已复制。')).toBeVisible()
    expect(await readClipboardText(extension, popup)).toBe('https://news.example/a?b=1')
    await popup.getByRole('button', { name: '全部复制' }).click()
    await expect(popup.getByText(`已复制 ${targets.length} 个链接。`)).toBeVisible()
    expect(await readClipboardText(extension, popup)).toBe(targets.join('\n'))
    await popup.close()
  })

  test('switches and the threshold act on the page at once', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    const folds = page.locator('.loulan-collapse-long-posts-button')
    await expect(folds).toHaveCount(1)
    const popup = await openPopup(extension, page)
    await popup.getByRole('switch', { name: '长度' }).click()
    await expect(page.locator('.loulan-length')).toHaveCount(0)
    await popup.getByRole('switch', { name: '长度' }).click()
    await expect(page.locator('.loulan-length')).toHaveCount(1)
    await popup.getByRole('switch', { name: '直达链接' }).click()
    await expect(page.locator('.body a').first()).toHaveAttribute('href', /jump-to\.php/)
    const threshold = popup.getByLabel('超过多少字才折叠')
    await threshold.fill('9000')
    await threshold.press('Enter')
    await expect(folds).toHaveCount(0)
    await threshold.fill('300')
    await threshold.press('Enter')
    await expect(folds).toHaveCount(1)
    await popup.getByRole('switch', { name: '折叠长楼' }).click()
    await expect(folds).toHaveCount(0)
    await expect(threshold).toHaveCount(0)
    await popup.close()
  })

  test('opens the cached copy in the reader', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    const reader = await opened(extension, () => popup.getByRole('button', { name: '在阅读器中打开' }).click())
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(SEED_TITLE)
    await reader.close()
    await popup.close()
  })

  test('the figures are those of the reader’s own speed', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await (
      await extension.serviceWorker()
    ).evaluate(() => chrome.storage.local.set({ 'setting:charactersPerMinute': 1000 }))
    const { low, high } = estimateReading(
      { characters: 6284, words: 0 },
      { charactersPerMinute: 1000, wordsPerMinute: 238 },
    )
    const popup = await openPopup(extension, page)
    await expect(popup.locator('dl')).toContainText(`约 ${Math.round(low)}–${Math.round(high)} 分钟`)
    await popup.close()
  })

  test('goes on after the service worker was stopped', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts').waitFor()
    await extension.stopServiceWorker()
    await popup.getByRole('switch', { name: '折叠长楼' }).click()
    await expect(page.locator('.loulan-collapse-long-posts-button')).toHaveCount(0)
    await popup.locator('.longest-posts button').first().click()
    await expect(popup.getByText('已跳到这一楼。')).toBeVisible()
    await extension.stopServiceWorker()
    await popup.reload()
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await popup.close()
  })
})

test.describe('over a page that refuses the thread', () => {
  test('a login wall speaks in the site’s own words, and the kept copy is offered', async ({
    page,
    extension,
    forum,
  }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    forum.control.loginWall = () => true
    await page.reload()
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('要先登录才能看这个帖子')).toBeVisible()
    await expect(popup.locator('blockquote')).toContainText('您还没有登录，请先登录后再访问本页面。')
    const reader = await opened(extension, () => popup.getByRole('button', { name: '读缓存的副本' }).click())
    await expect(reader.getByText('太长了，废了半天劲儿才看完。')).toBeVisible()
    await reader.close()
    forum.control.loginWall = () => false
    await page.reload()
    await popup.getByRole('button', { name: '再试一次' }).click()
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await popup.close()
  })

  test('an error page speaks in the site’s own words', async ({ page, extension }) => {
    await page.goto('https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1')
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('网站没有给出这个帖子')).toBeVisible()
    await expect(popup.locator('blockquote')).toContainText('该主题不存在或者已被删除。')
    await popup.close()
  })

  test('the phone version is recognised and said to be unknown', async ({ page, extension }) => {
    await page.goto(threadUrl(SEED_THREAD).replace('/v2/', '/v2/mobile/'))
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('还不认识这个版式')).toBeVisible()
    await popup.close()
  })
})
