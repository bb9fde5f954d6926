import type { Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { expect, openThread, test as base } from './fixtures.ts'

/** Quotes: folded, shown where they are from, gone to and back, and who answered. On the forum's page and in the reader. */

const MADE = generateThread({ posts: 24, seed: 71, plain: true })
const quoteOf = (floor: number, excerpt?: string) => {
  const { author, body } = MADE.posts[floor - 1]!
  const words = body
    .replaceAll('&nbsp;', ' ')
    .replace(/<\/p>/g, '\n')
    .replace(/<[^<>]*>/g, '')
  return { username: author.username, nickname: '', excerpt: excerpt ?? words.trim().split('\n')[0]!.slice(0, 30) }
}
const LONG = '这一句引文写得很长很长，长到一行放不下。'.repeat(20)
const quotes: Record<number, ReturnType<typeof quoteOf>[]> = {
  5: [quoteOf(2)],
  9: [quoteOf(2), quoteOf(5, '这里从来没有人说过的话')],
  14: [quoteOf(2, LONG)],
  22: [quoteOf(2)],
}
const THREAD = {
  ...MADE,
  posts: MADE.posts.map((post) => ({
    ...post,
    ...(post.floor === 2 && { body: `<p>${quoteOf(2).excerpt}</p><p>${LONG}</p>` }),
    quotes: quotes[post.floor] ?? [],
  })),
}
/** One that loses a post. */
const SHORT = generateThread({ posts: 6, seed: 72, plain: true })
const LOSING = {
  ...SHORT,
  posts: SHORT.posts.map((post) => ({
    ...post,
    quotes: post.floor === 5 ? [{ username: SHORT.posts[1]!.author.username, nickname: '', excerpt: '没人说过' }] : [],
  })),
}
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD, LOSING], { scope: 'worker' }] })

const id = (floor: number) => THREAD.posts[floor - 1]!.id
const post = (page: Page, floor: number) => page.locator(`[data-postid="${id(floor)}"], [data-post-id="${id(floor)}"]`)
const source = (page: Page, floor: number) => post(page, floor).locator('.loulan-quotes-source')
const answersOf = (page: Page, floor: number) => post(page, floor).getByRole('button', { name: /条回复$/ })
const preview = (page: Page) => page.locator('.loulan-quotes-preview')
const back = (page: Page) => page.locator('.loulan-quotes-control')
test('a quote shows the quoted post, by pointer and by keyboard, leads there and back', async ({ page }) => {
  await openThread(page, THREAD)
  await expect(source(page, 5)).toHaveText('↑ 2楼（猜的）')
  await post(page, 5).scrollIntoViewIfNeeded()
  const before = await page.evaluate(() => scrollY)
  await post(page, 5).locator('.blockquote').hover()
  await expect(preview(page)).toBeVisible()
  await expect(preview(page)).toContainText(quoteOf(2).excerpt)
  await expect(preview(page)).toContainText('猜的')
  expect(await page.evaluate(() => scrollY)).toBe(before)
  expect(await violations(page, '.loulan-quotes-preview')).toEqual([])
  await page.mouse.move(0, 0)
  await expect(preview(page)).toBeHidden()

  await source(page, 5).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(preview(page)).toBeVisible()
  await page.keyboard.press('Escape')
  await expect(preview(page)).toBeHidden()
  await expect(source(page, 5)).toBeFocused()
  const top = (await source(page, 5).boundingBox())!.y
  await page.keyboard.press('Enter')
  await expect(post(page, 2)).toBeFocused()
  await expect(back(page)).toHaveText('↩ 回到 5楼')
  await back(page).click()
  await expect(source(page, 5)).toBeFocused()
  expect((await source(page, 5).boundingBox())!.y).toBeCloseTo(top, 0)
  await expect(back(page)).toBeHidden()
})

test('each post lists who answered it; what is not on the page says so', async ({ page }) => {
  await openThread(page, THREAD)
  const answers = answersOf(page, 2)
  await expect(answers).toHaveText('3 条回复')
  await answers.focus()
  await page.keyboard.press('Enter')
  const list = page.locator('.loulan-quotes-list')
  await expect(list.getByRole('button')).toHaveCount(3)
  await expect(answers).toHaveAttribute('aria-expanded', 'true')
  expect(await violations(page, '.loulan-quotes-list')).toEqual([])
  await page.keyboard.press('Escape')
  await expect(list).toBeHidden()
  await expect(answers).toBeFocused()
  await answers.click()
  await list.getByRole('button').nth(1).click()
  await expect(post(page, 9)).toBeFocused()
  await expect(source(page, 9).nth(1)).toHaveText('↑ 不在本页')
  await source(page, 9).nth(1).click()
  await expect(preview(page)).toContainText('没有找到原帖')
})

test('a quoted post that was deleted is said not to be there, and shown as it is kept', async ({ page, forum }) => {
  const [, second, , , fifth] = LOSING.posts
  const words = second!.body
    .replace(/<[^<>]*>/g, '')
    .replaceAll('&nbsp;', ' ')
    .slice(0, 20)
  fifth!.quotes[0]!.excerpt = words
  await openThread(page, LOSING)
  const control = page.locator(`[data-postid="${fifth!.id}"] .loulan-quotes-source`)
  await expect(control).toHaveText('↑ 2楼（猜的）')
  forum.control.deletePost(LOSING.id, second!.id)
  await openThread(page, LOSING)
  await expect(control).toHaveText('↑ 不在本页')
  await control.click()
  await expect(preview(page)).toContainText('论坛上已经看不到原帖了，这是本地保存的内容。')
  await expect(preview(page)).toContainText(words)
  await expect(preview(page).getByRole('link')).toHaveCount(0)
})

test('long quotes are folded once they are off the screen, and open with a click', async ({ page }) => {
  await openThread(page, THREAD)
  const fold = post(page, 14).locator('.loulan-quotes-fold')
  await expect(fold).toBeAttached()
  await expect(post(page, 14).locator('.blockquote').nth(1)).toHaveAttribute('hidden', 'until-found')
  await fold.getByRole('button', { name: '展开引文' }).click()
  await expect(post(page, 14).locator('.blockquote').nth(1)).toBeVisible()
  await expect(fold.getByRole('button', { name: '收起引文' })).toBeFocused()
})

test('by touch the first tap shows the quoted post', async ({ page }) => {
  await openThread(page, THREAD)
  await source(page, 5).scrollIntoViewIfNeeded()
  const tap = () =>
    source(page, 5).evaluate((control) => {
      for (const type of ['pointerdown', 'click'])
        control.dispatchEvent(new PointerEvent(type, { bubbles: true, cancelable: true, pointerType: 'touch' }))
    })
  await tap()
  await expect(preview(page)).toBeVisible()
  await preview(page).getByRole('button', { name: '去原帖' }).click()
  await expect(post(page, 2)).toBeFocused()
})

test('the reader has them too', async ({ page, extension }) => {
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, 20)
  await page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await expect(source(page, 5)).toContainText('2 楼')
  await expect(post(page, 14).locator('.loulan-quotes-fold')).toBeAttached()
  await source(page, 5).click()
  await expect(post(page, 2)).toBeFocused()
  await back(page).click()
  await expect(source(page, 5)).toBeFocused()
  await expect(answersOf(page, 2)).toHaveText('3 条回复')
})

/** The last: it keeps the second page as well. */
test('a quoted post of another page is shown from what is kept, with the way there', async ({ page, extension }) => {
  const second = 'post-read.php?bid=103&threadid=' + THREAD.id + '&page=2'
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, 20)
  await page.goto(new URL(second, page.url()).href)
  await expect(source(page, 22)).toHaveText('↑ 不在本页')
  await post(page, 22).scrollIntoViewIfNeeded()
  await source(page, 22).focus()
  await page.keyboard.press('Tab')
  await page.keyboard.press('Shift+Tab')
  await expect(preview(page)).toContainText(quoteOf(2).excerpt)
  await expect(preview(page)).toContainText('原帖在第 1 页，这是本地保存的内容。')
  await expect(preview(page)).toContainText('猜的')
  expect(await violations(page, '.loulan-quotes-preview')).toEqual([])
  await preview(page).getByRole('link', { name: '去原帖' }).click()
  await expect(post(page, 2)).toBeVisible()
})
