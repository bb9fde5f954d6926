import type { Page } from '@playwright/test'
import { readdirSync } from 'node:fs'
import type { Chromium } from '../browsers/chromium.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { clearStorage } from './extension-pages.ts'
import { expect, openThread, test as base, threadUrl } from './fixtures.ts'

/** The next pages of a thread, joined to the one on the screen. */

const THREAD = generateThread({ posts: 55, seed: 91, plain: true })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

/** Names of files: those of the aids are their ids. */
const EVERY_AID = readdirSync(new URL('../../aids/', import.meta.url)).map((name) => name.replace(/\.\w+$/, ''))

const cards = (page: Page) => page.locator('.post-card[data-postid]')
const lines = (page: Page) => page.locator('.loulan-join-pages-line')
const foot = (page: Page) => page.locator('.loulan-join-pages-foot')
const markup = (page: Page) => page.locator('#page-content').evaluate((content) => content.outerHTML)

/** Switches aids on or off, as the settings do. */
async function setAids(extension: Chromium, states: Record<string, boolean>): Promise<void> {
  const worker = await extension.serviceWorker()
  const entries = Object.entries(states).map(([id, enabled]) => [`aid:${id}`, { enabled }])
  await worker.evaluate((values) => chrome.storage.local.set(values), Object.fromEntries(entries))
}

/** Scrolls as a reader does, until so many posts stand. */
async function readOn(page: Page, posts: number): Promise<void> {
  await expect(async () => {
    await page.mouse.wheel(0, 6000)
    await expect(cards(page)).toHaveCount(posts, { timeout: 300 })
  }).toPass()
}

const toPost = (page: Page, place: number) =>
  page
    .locator(`[data-postid="${THREAD.posts[place]!.id}"]`)
    .evaluate((post) => post.scrollIntoView({ behavior: 'instant' }))

test.beforeEach(async ({ extension, forum }) => {
  forum.control.addThread(THREAD)
  await clearStorage(extension)
  await setAids(extension, { 'join-pages': true })
})
test.afterEach(async ({ extension }) => clearStorage(extension))

test('reads on to the end, with the site’s scripts, the aids and the archive on the posts', async ({
  page,
  extension,
  forum,
}) => {
  await openThread(page, THREAD)
  await readOn(page, 55)
  await expect(lines(page)).toHaveText(['第 2 页', '第 3 页'])
  await expect(foot(page)).toHaveText('全帖到这里为止')
  expect(await cards(page).evaluateAll((posts) => posts.map((post) => (post as HTMLElement).dataset.postid))).toEqual(
    THREAD.posts.map(({ id }) => id),
  )
  await waitForThread(extension, KEY, 55)
  const asked = forum.requests.filter(({ path }) => /page=\d/.test(path)).map(({ path }) => /page=(\d)/.exec(path)![1])
  expect(asked).toEqual(['2', '3'])
  const voted = cards(page).nth(45)
  await voted.locator('[data-action=upvote]').click()
  await expect(voted.locator('.upvote-count')).toHaveText(/赞\([1-9]/)
  await expect(voted.locator('[data-action=upvote]')).toHaveClass(/checked/)
  await expect(page.locator('.loulan-only-author-control option').first()).toBeAttached()
  await page.keyboard.press('?')
  await page.keyboard.press('Escape')
  await toPost(page, 30)
  await page.keyboard.press('j')
  await expect(page.locator('[data-loulan-keyboard]')).toHaveAttribute('data-postid', /\d/)
  expect(await violations(page, '.loulan-join-pages-line')).toEqual([])
  expect(await violations(page, '.loulan-join-pages-foot')).toEqual([])
})

test('address and history follow; reload, back and a link from the joined part work', async ({ page }) => {
  await openThread(page, THREAD)
  await readOn(page, 40)
  const entries = await page.evaluate(() => history.length)
  await toPost(page, 25)
  await expect(page).toHaveURL(threadUrl(THREAD, 2))
  await toPost(page, 3)
  await expect(page).toHaveURL(threadUrl(THREAD))
  await toPost(page, 25)
  await expect(page).toHaveURL(threadUrl(THREAD, 2))
  expect(await page.evaluate(() => history.length)).toBe(entries)
  // Away by the site's own pjax without scrolling to the link, and back to the page that the address says.
  const away = page.locator('.breadcrumb-trail a', { hasText: '版面目录' })
  await away.evaluate((link: HTMLElement) => link.click())
  await expect(cards(page)).toHaveCount(0)
  await page.goBack()
  await expect(page).toHaveURL(threadUrl(THREAD, 2))
  await expect(cards(page).first()).toHaveAttribute('data-postid', THREAD.posts[20]!.id)
  await page.reload()
  await expect(page).toHaveURL(threadUrl(THREAD, 2))
  await expect(cards(page).first()).toHaveAttribute('data-postid', THREAD.posts[20]!.id)
  expect(await page.evaluate(() => scrollY)).toBeLessThan(500)
})

test('switched off, the page is what it was and asks for nothing', async ({ page, extension, forum }) => {
  await setAids(extension, Object.fromEntries(EVERY_AID.map((id) => [id, false])))
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, 20)
  const before = await markup(page)
  await page.mouse.wheel(0, 60_000)
  expect(await markup(page)).toBe(before)
  await setAids(extension, { 'join-pages': true })
  await readOn(page, 40)
  await setAids(extension, { 'join-pages': false })
  await expect(cards(page)).toHaveCount(20)
  expect(await markup(page)).toBe(before)
  await expect(page).toHaveURL(threadUrl(THREAD))
  expect(forum.requests.filter(({ path }) => path.includes('page=3'))).toEqual([])
})

test('a forum that fails is told and tried again; a post that moved comes once; a login wall ends it', async ({
  page,
  forum,
}) => {
  await openThread(page, THREAD)
  await expect(foot(page)).toBeAttached()
  forum.faults.add({ on: 'page=2', status: 503 })
  await expect(async () => {
    await page.mouse.wheel(0, 60_000)
    await expect(foot(page)).toContainText('第 2 页没有接上', { timeout: 300 })
  }).toPass()
  expect(await violations(page, '.loulan-join-pages-foot')).toEqual([])
  forum.faults.clear()
  // Something was put before: post 20 begins the next page.
  forum.control.getThread(THREAD.id).posts.splice(3, 0, { ...THREAD.posts[3]!, id: '99999999', floor: 4 })
  await foot(page).getByRole('button', { name: '再试一次' }).click()
  await expect(lines(page)).toHaveText(['第 2 页'])
  await expect(page.locator(`[data-postid="${THREAD.posts[19]!.id}"]`)).toHaveCount(1)
  forum.control.loginWall = () => true
  await readOn(page, 39)
  await expect(async () => {
    await page.mouse.wheel(0, 60_000)
    await expect(foot(page)).toContainText('论坛要求登录', { timeout: 300 })
  }).toPass()
  await expect(cards(page)).toHaveCount(39)
})
