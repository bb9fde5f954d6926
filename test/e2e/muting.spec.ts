import type { Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { expect, openThread, test as base } from './fixtures.ts'

/** Muting of authors and words: on the forum's page, in the reader and in the settings. */

const MADE = generateThread({ posts: 16, seed: 73, plain: true })
const [ANN, BOB] = ['annmuted', 'bobkept'] as const
const author = (username: string) => ({ ...MADE.posts[0]!.author, username, nickname: '' })
const THREAD = {
  ...MADE,
  starter: author(BOB),
  posts: MADE.posts.map((post) => ({
    ...post,
    author: author(post.floor % 4 === 2 ? ANN : BOB),
    ...(post.floor === 2 && { body: '<p>这是一句被屏蔽的人说的话</p>' }),
    ...(post.floor === 7 && { body: '<p>这里说到了一个不想看见的剧透</p>' }),
    quotes: post.floor === 9 ? [{ username: ANN, nickname: '', excerpt: '这是一句被屏蔽的人说的话' }] : [],
  })),
}
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

const id = (floor: number) => THREAD.posts[floor - 1]!.id
const post = (page: Page, floor: number) => page.locator(`[data-postid="${id(floor)}"], [data-post-id="${id(floor)}"]`)
const lines = (page: Page) => page.locator('.loulan-mute-line')

test.afterEach(async ({ extension }) => {
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => chrome.storage.local.remove('muted'))
})

test('an author is muted from a post, with the keyboard, and unmuted there', async ({ page, forum }) => {
  await openThread(page, THREAD)
  const mute = post(page, 2).getByRole('button', { name: `屏蔽 ${ANN}` })
  await expect(mute).toBeAttached()
  const untouched = await post(page, 9).textContent()
  await mute.focus()
  await expect(mute).toHaveCSS('opacity', '1')
  await page.keyboard.press('Enter')
  await expect(post(page, 2)).toBeHidden()
  await expect(lines(page)).toHaveCount(5)
  await expect(lines(page).first()).toContainText(`已屏蔽 ${ANN} 的 2楼 · 显示`)
  await expect(lines(page).first().getByRole('button').first()).toBeFocused()
  await expect(post(page, 9).getByText('这是一句被屏蔽的人说的话')).toBeHidden()
  expect(await violations(page, '.loulan-mute-line')).toEqual([])

  // It holds for the next visit, also when another of the posts has been deleted.
  forum.control.deletePost(THREAD.id, id(6))
  await openThread(page, THREAD)
  await expect(lines(page)).toHaveCount(4)
  await expect(post(page, 2)).toBeHidden()
  await page.keyboard.press('Tab')
  await lines(page).first().getByRole('button').first().focus()
  await page.keyboard.press('Enter')
  await expect(post(page, 2)).toBeVisible()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await expect(lines(page)).toHaveCount(0)
  await expect(post(page, 2)).toBeFocused()
  expect(await post(page, 9).textContent()).toBe(untouched)
  forum.control.addPosts(THREAD.id, [THREAD.posts[5]!])
})

test('what is muted is never seen, not for a frame, on the page and in the reader', async ({ page, extension }) => {
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, THREAD.posts.length)
  const worker = await extension.serviceWorker()
  const muted = { authors: [{ host: 'bbs.pku.edu.cn', name: ANN }], words: [] }
  await worker.evaluate((stored) => chrome.storage.local.set({ muted: stored }), muted)
  await page.addInitScript((postId) => {
    const shown = { frames: 0, ofMuted: 0 }
    Object.assign(window, { shown })
    const look = () => {
      requestAnimationFrame(look)
      const height = (id: string) =>
        document.querySelector(`[data-postid="${id}"], [data-post-id="${id}"]`)?.getClientRects()[0]?.height ?? 0
      // What stands in a frame is looked at when it has been painted.
      setTimeout(() => {
        shown.frames += Number(document.body?.getClientRects().length > 0)
        shown.ofMuted += Number(height(postId) > 0)
      })
    }
    look()
  }, id(2))
  for (const open of [
    () => openThread(page, THREAD),
    () => page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`)),
  ]) {
    await open()
    await expect(lines(page)).toHaveCount(5)
    const shown = await page.evaluate(() => (window as unknown as { shown: Record<string, number> }).shown)
    expect(shown.ofMuted, `of ${shown.frames} frames`).toBe(0)
    expect(shown.frames).toBeGreaterThan(0)
  }
})

test('words and authors are muted in the settings, and hold in the reader', async ({ page, extension }) => {
  await page.goto(extension.extensionUrl('options.html'))
  await page.getByLabel('屏蔽一个词').fill(' ')
  await page.getByLabel('屏蔽一个词').press('Enter')
  await expect(page.getByText('这里面没有可以找的字')).toBeVisible()
  await page.getByLabel('屏蔽一个词').fill('剧 透')
  await page.getByLabel('屏蔽一个词').press('Enter')
  await expect(page.getByRole('list', { name: '屏蔽的词' })).toContainText('剧 透')
  await page.getByLabel('屏蔽一位作者').fill(ANN)
  await page.getByLabel(/^站点/).fill('bbs.pku.edu.cn')
  await page.getByLabel(/^站点/).press('Enter')
  await expect(page.getByRole('list', { name: '屏蔽的作者' })).toContainText(ANN)
  expect(await violations(page, '#mute')).toEqual([])

  await openThread(page, THREAD)
  await expect(post(page, 7)).toBeHidden()
  await expect(lines(page).filter({ hasText: '剧 透' })).toHaveCount(1)
  const html = await page.evaluate(() => document.documentElement.outerHTML)
  expect(html.match(/data-[\w-]+="[^"]*annmuted/g) ?? []).toEqual(['data-username="annmuted'])
  await waitForThread(extension, KEY, 16)
  await page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await expect(lines(page).filter({ hasText: '剧 透' })).toHaveCount(1)
  await expect(post(page, 2)).toBeHidden()
  const all = page.getByRole('button', { name: /已屏蔽 \d+ 处/ })
  await all.click()
  await expect(post(page, 2)).toBeVisible()
  await expect(all).toHaveAttribute('aria-pressed', 'true')

  await page.goto(extension.extensionUrl('options.html'))
  await page.getByRole('button', { name: `不再屏蔽 ${ANN}` }).click()
  await page.getByRole('button', { name: '不再屏蔽 剧 透' }).click()
  await expect(page.getByText('还没有屏蔽谁')).toBeVisible()
})
