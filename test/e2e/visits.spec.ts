import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { expect, openThread, test as base, threadUrl } from './fixtures.ts'

/** What is new since the last visit, and where reading stopped: on the forum's page and in the reader. */

const THREAD = generateThread({ posts: 38, seed: 61 })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

const marks = (page: Page) => page.locator('.loulan-new-posts-mark')
const count = (page: Page) => page.locator('.loulan-new-posts-control').first()
const offer = (page: Page) => page.locator('.loulan-resume-offer')

interface Visit {
  threadKey: string
  readIds: string[]
  place?: { postId: string }
}

/** Read in the worker: another tab would hide the page, and what is hidden is not read. */
async function findVisit(extension: Chromium, hoursBack = 0): Promise<Visit | undefined> {
  const worker = await extension.serviceWorker()
  return worker.evaluate(
    async ([key, hours]) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('loulan')
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error ?? new Error('not opened'))
      })
      const visits = database.transaction('visits', 'readwrite').objectStore('visits')
      const done = <T>(request: IDBRequest<T>) =>
        new Promise<T>((resolve) => (request.onsuccess = () => resolve(request.result)))
      const visit = (await done(visits.get(key))) as (Visit & { lastAt: string }) | undefined
      if (visit && hours > 0) {
        const lastAt = new Date(Date.parse(visit.lastAt) - hours * 3_600_000).toISOString()
        await done(visits.put({ ...visit, lastAt }))
      }
      database.close()
      return visit
    },
    [KEY, hoursBack] as const,
  )
}

/** Makes what was noted look hours old, so that the next page begins a new visit. */
async function letHoursPass(extension: Chromium): Promise<void> {
  await findVisit(extension, 6)
}

/** A post as the forum shows it now, in its own time; too long for two of them to be on the screen, too short to be folded. */
function postNow(floor: number, id: string) {
  const time = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ')
  return { ...THREAD.posts[3]!, id, floor, postedAt: time, body: `<p>${'雪'.repeat(1150)}</p>` }
}

test('posts that came since the last visit are marked, counted and stepped through', async ({
  page,
  extension,
  forum,
}) => {
  await openThread(page, THREAD, 2)
  await expect(page.locator('.loulan-resume-line')).toBeAttached()
  await expect(marks(page)).toHaveCount(0)
  await page.mouse.wheel(0, 100_000)
  await expect.poll(async () => (await findVisit(extension))?.readIds.length ?? 0).toBeGreaterThan(0)
  await page.goto('about:blank')
  await letHoursPass(extension)

  forum.control.addPosts(THREAD.id, [postNow(39, '99000001'), postNow(40, '99000002')])
  forum.control.deletePost(THREAD.id, THREAD.posts[25]!.id)
  await openThread(page, THREAD, 2)
  await expect(marks(page)).toHaveCount(2)
  await expect(count(page)).toContainText('2 楼新')
  await count(page).click()
  await expect(page.locator('[data-postid="99000001"]')).toBeFocused()
  await expect(count(page)).toContainText('1 楼新')
  await count(page).click()
  await expect(page.locator('[data-postid="99000002"]')).toBeFocused()
  // What was on the screen for a while counts as read, and keeps its mark.
  await expect(count(page)).toBeHidden()
  await expect(marks(page)).toHaveCount(2)
  await expect.poll(async () => (await findVisit(extension))?.readIds).toContain('99000002')
})

test('marking all as read counts none, and the marks are gone with the next visit', async ({
  page,
  extension,
  forum,
}) => {
  await openThread(page, THREAD, 2)
  await expect.poll(async () => (await findVisit(extension))?.readIds.length ?? 0).toBeGreaterThan(0)
  await page.goto('about:blank')
  await letHoursPass(extension)
  forum.control.addPosts(THREAD.id, [postNow(41, '99000003')])
  await openThread(page, THREAD, 2)
  await expect(marks(page)).toHaveCount(1)
  await page.getByRole('button', { name: '全部标为看过' }).click()
  await expect(count(page)).toBeHidden()
  await expect.poll(async () => (await findVisit(extension))?.readIds).toContain('99000003')
  await page.goto('about:blank')
  await letHoursPass(extension)
  await openThread(page, THREAD, 2)
  await expect(page.locator('.loulan-reading-bar')).toBeVisible()
  await expect(
    page.locator('.loulan-resume-offer').or(page.locator('span.loulan-resume-control')).first(),
  ).toBeAttached()
  await expect(marks(page)).toHaveCount(0)
})

test('the next visit offers the place where reading stopped, also when its post has vanished', async ({
  page,
  extension,
  forum,
}) => {
  const stopped = THREAD.posts[8]!
  await openThread(page, THREAD)
  await expect(page.locator('.loulan-resume-line')).toBeAttached()
  await page.locator(`[data-postid="${stopped.id}"]`).evaluate((post) => post.scrollIntoView())
  await expect.poll(async () => (await findVisit(extension))?.place?.postId).toBe(stopped.id)
  await page.goto('about:blank')
  await letHoursPass(extension)
  await openThread(page, THREAD)
  await expect(offer(page)).toHaveText(`接着上次读 · ${stopped.floor} 楼`)
  await offer(page).click()
  await expect(page.locator(`[data-postid="${stopped.id}"]`)).toBeFocused()
  await expect(offer(page)).toHaveCount(0)
  // Where one is now is noted with the next frame.
  await expect.poll(async () => (await findVisit(extension))?.place?.postId).toBe(stopped.id)

  await page.goto('about:blank')
  await letHoursPass(extension)
  forum.control.deletePost(THREAD.id, stopped.id)
  await openThread(page, THREAD)
  await offer(page).click()
  await expect(page.locator(`[data-postid="${THREAD.posts[9]!.id}"]`)).toBeFocused()
})

test('from another page the offer leads to the page where reading stopped', async ({ page, extension }) => {
  await openThread(page, THREAD)
  await page.locator(`[data-postid="${THREAD.posts[5]!.id}"]`).evaluate((post) => post.scrollIntoView())
  await expect.poll(async () => (await findVisit(extension))?.place?.postId).toBe(THREAD.posts[5]!.id)
  await page.goto('about:blank')
  await letHoursPass(extension)
  await openThread(page, THREAD, 2)
  await offer(page).click()
  await expect(page).toHaveURL(threadUrl(THREAD))
})

test('the reader page knows of the visits too', async ({ page, extension }) => {
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, 20)
  await page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await expect(page.locator('.loulan-resume-line')).toBeAttached()
  await expect(page.locator('span.loulan-resume-control')).toContainText('还剩')
  await page.locator('.post').last().scrollIntoViewIfNeeded()
  const last = await page.locator('.post').last().getAttribute('data-post-id')
  await expect.poll(async () => (await findVisit(extension))?.readIds).toContain(last)
})
