import type { Page, Worker } from '@playwright/test'
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { readTable, waitForThread } from './archive.ts'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test, threadUrl } from './fixtures.ts'

/** The aids on the live page of the forum, and what is kept of it. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const LONG_KEY = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`
/** Every aid there is: each is a file that declares it, and called like it. */
const AIDS_FOLDER = fileURLToPath(new URL('../../aids/', import.meta.url))
const AIDS = readdirSync(AIDS_FOLDER)
  .filter(
    (name) => name.endsWith('.ts') && /^export default defineAid\w*\(/m.test(readFileSync(AIDS_FOLDER + name, 'utf8')),
  )
  .map((name) => name.replace('.ts', ''))
const line = (page: Page) => page.locator('.loulan-length')
const foldButton = (page: Page) => page.locator('.loulan-collapse-long-posts-button').first()
const ending = (page: Page) => page.getByText('形成上下联动的工作格局').last()

/** Writes a setting as the options page does, and waits until storage has it. */
function store(worker: Worker, values: Record<string, unknown>): Promise<void> {
  return worker.evaluate((stored) => chrome.storage.local.set(stored), values)
}

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
})

test('says how long the thread is, and marks its long post', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await expect(line(page)).toHaveText('本页 2 楼 · 6,284 字 · 约 13–21 分钟 · 最长 ZOEA 6,272 字 · 楼主占 99%')
  await expect(page.locator('.loulan-length-mark')).toHaveText(['6,272 字'])
})

test('folds the long post; mouse and keyboard open and fold it', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await expect(foldButton(page)).toHaveText(/^展开全文 · 还有 6,2\d\d 字 · 约 12–21 分钟$/)
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'false')
  const folded = await page.locator('.post-card').first().boundingBox()
  expect(folded!.height).toBeLessThan(600)
  await foldButton(page).click()
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
  expect((await page.locator('.post-card').first().boundingBox())!.height).toBeGreaterThan(2000)
  await page.keyboard.press('Enter')
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'false')
  await expect(foldButton(page)).toBeFocused()
})

test('folding again from the end brings the reader back to the post', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await foldButton(page).click()
  await page.locator('.loulan-collapse-long-posts-button').last().click()
  await expect(foldButton(page)).toBeFocused()
  await expect(foldButton(page)).toBeInViewport()
  await expect(page.locator('.loulan-collapse-long-posts-button')).toHaveCount(1)
})

test('what the reader unfolded stays unfolded after a reload', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await foldButton(page).click()
  await page.waitForTimeout(200)
  await page.reload()
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
})

test('a text found by the browser opens the fold', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await page.goto('about:blank')
  await page.goto(`${threadUrl(SEED_THREAD)}#:~:text=${encodeURIComponent('深化治理改革为基层放权赋能')}`)
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
  await expect(page.getByText('深化治理改革为基层放权赋能').first()).toBeInViewport()
})

test('the post that the address points to is open', async ({ page }) => {
  await page.goto(`${threadUrl(SEED_THREAD)}#22222309`)
  await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
})

test('printing shows everything, without our buttons', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await expect(foldButton(page)).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(foldButton(page)).toBeHidden()
  expect(await ending(page).evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }))).toBe(true)
  expect((await page.locator('.post-card').first().boundingBox())!.height).toBeGreaterThan(2000)
})

test('links lead to their target, without the jump page', async ({ page, forum }) => {
  const [first] = forum.control.getThread(LONG_THREAD.id).posts
  forum.control.editPost(LONG_THREAD.id, first!.id, {
    text: '见[这里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1)',
  })
  await openThread(page, LONG_THREAD)
  const link = page.locator('.post-card').first().getByRole('link', { name: '这里' })
  await expect(link).toHaveAttribute('href', 'https://news.example/a?b=1')
  await expect(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect(page.locator('.loulan-unwrap-links-host').first()).toHaveText('news.example')
  const [opened] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await expect.poll(() => opened.url()).toBe('https://news.example/a?b=1')
  await opened.close()
  expect(forum.requests.filter(({ path }) => path.includes('jump-to.php'))).toEqual([])
})

test('switched off, each aid leaves the page as the site made it', async ({ page, extension }) => {
  const worker = await extension.serviceWorker()
  const off = Object.fromEntries(AIDS.map((id) => [`aid:${id}`, { enabled: false, options: {} }]))
  const html = () => page.evaluate(() => document.documentElement.outerHTML)
  await store(worker, off)
  await openThread(page, SEED_THREAD)
  const untouched = await html()
  expect(untouched).not.toContain('loulan')
  await worker.evaluate(() => chrome.storage.local.clear())
  await expect(foldButton(page)).toBeVisible()
  await foldButton(page).click()
  await page.locator('.loulan-only-author-control').selectOption({ label: '只看 derekdut（1 楼）' })
  await expect(page.locator('.loulan-only-author-hidden')).toHaveText('藏起了 1 楼 · 显示')
  await store(worker, off)
  await expect(foldButton(page)).toHaveCount(0)
  await expect(page.locator('.loulan-reading-bar')).toHaveCount(0)
  expect(await html()).toBe(untouched)
})

test('the threshold is the reader’s', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await expect(foldButton(page)).toBeVisible()
  const options = { characters: 10_000 }
  await store(await extension.serviceWorker(), { 'aid:collapse-long-posts': { enabled: true, options } })
  await expect(foldButton(page)).toHaveCount(0)
  await expect(line(page)).toBeVisible()
})

test('pages that come by pjax have the aids, once, also back and forward', async ({ page, extension }) => {
  const options = { characters: 300 }
  await store(await extension.serviceWorker(), { 'aid:collapse-long-posts': { enabled: true, options } })
  await openThread(page, LONG_THREAD)
  const first = await line(page).textContent()
  await page.locator('.paging-top').getByText('下一页').click()
  await expect(page.locator('.paging-top .paging-button.active')).toHaveText('2')
  await expect(line(page)).toHaveCount(1)
  await expect(line(page)).not.toHaveText(first!)
  await page.goBack()
  await expect(page.locator('.paging-top .paging-button.active')).toHaveText('1')
  await expect(line(page)).toHaveText([first!])
  const buttons = page.locator('.loulan-collapse-long-posts-button')
  const folds = await buttons.count()
  expect(folds).toBeGreaterThan(0)
  await buttons.first().click()
  await expect(buttons.first()).toHaveAttribute('aria-expanded', 'true')
  await page.goForward()
  await expect(page.locator('.paging-top .paging-button.active')).toHaveText('2')
  await expect(line(page)).toHaveCount(1)
})

test('a thread reached by pjax from the board is recognised', async ({ page }) => {
  await page.goto(`https://bbs.pku.edu.cn/v2/thread.php?bid=${LONG_THREAD.board.id}&mode=topic`)
  await expect(line(page)).toHaveCount(0)
  await page.getByText(LONG_THREAD.title).first().click()
  await expect(line(page)).toHaveText(/本页 \d+ 楼/)
})

test('posts that arrive late get the aids and are kept', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await expect(line(page)).toContainText('本页 2 楼')
  await page.evaluate(() => {
    const late = document.querySelector('.post-card')!.cloneNode(true) as HTMLElement
    late.setAttribute('data-postid', '22239999')
    for (const ours of late.querySelectorAll('[data-loulan]')) ours.remove()
    late.querySelector('.body')!.replaceChildren(document.createTextNode('晚到的一楼'))
    document.querySelector('.card-list')!.append(late)
  })
  await expect(line(page)).toContainText('本页 3 楼')
  await waitForThread(extension, SEED_KEY, 3)
})

test('nothing moves after the first paint', async ({ page }) => {
  await page.addInitScript(() => {
    const shifts: string[] = ((window as unknown as { shifts: string[] }).shifts = [])
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as unknown as { value: number; sources: { node?: Element }[] }[]) {
        shifts.push(`${entry.value} ${entry.sources.map(({ node }) => node?.outerHTML?.slice(0, 80)).join(' | ')}`)
      }
    }).observe({ type: 'layout-shift', buffered: true })
  })
  for (const thread of [SEED_THREAD, LONG_THREAD]) {
    await openThread(page, thread)
    await expect(line(page)).toBeVisible()
    // The aids that come after the page move nothing either.
    await expect(page.locator('.loulan-reading-bar')).toBeVisible()
    await page.waitForTimeout(500)
    expect(await page.evaluate(() => (window as unknown as { shifts: string[] }).shifts)).toEqual([])
  }
})

test('every page read is kept; pages of a thread merge', async ({ page, extension }) => {
  await openThread(page, LONG_THREAD, 3)
  await waitForThread(extension, LONG_KEY, 20)
  await openThread(page, LONG_THREAD, 1)
  await waitForThread(extension, LONG_KEY, 40)
  await page.locator('.paging-top').getByText('下一页').click()
  const thread = await waitForThread(extension, LONG_KEY, 60)
  expect(thread.title).toBe(LONG_THREAD.title)
  const posts = await readTable<{ threadKey: string; position: number; post: { floor: number; text: string } }>(
    extension,
    'posts',
  )
  const floors = posts
    .filter(({ threadKey }) => threadKey === LONG_KEY)
    .sort((a, b) => a.position - b.position)
    .map(({ post }) => post.floor)
  expect(floors).toEqual([...floors].sort((a, b) => a - b))
})

test('a page is kept also when the worker was stopped before', async ({ page, extension, forum }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  await extension.stopServiceWorker()
  const [added] = forum.control.addPosts(SEED_THREAD.id, 1)
  await page.reload()
  await waitForThread(extension, SEED_KEY, 3)
  forum.control.deletePost(SEED_THREAD.id, added!.id)
})

test('nothing is kept with caching off', async ({ page, launch, forum }) => {
  const browser = await launch()
  await store(await browser.serviceWorker(), { 'setting:caching': false })
  const tab = await browser.context.newPage()
  await tab.goto(threadUrl(SEED_THREAD))
  await expect(tab.locator('.loulan-length')).toBeVisible()
  await tab.waitForTimeout(1000)
  expect(await readTable(browser, 'threads')).toEqual([])
  expect(forum.requests.length).toBeGreaterThan(0)
  await page.close()
})

test('pages that are no thread are left alone', async ({ page }) => {
  for (const path of ['home.php', 'thread.php?bid=22&mode=topic', 'post-read.php?bid=22&threadid=1']) {
    await page.goto(`https://bbs.pku.edu.cn/v2/${path}`)
    await page.waitForTimeout(200)
    expect(await page.evaluate(() => document.documentElement.outerHTML)).not.toContain('loulan')
  }
})
