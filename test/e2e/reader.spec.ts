import type { Page } from '@playwright/test'
import { Buffer } from 'node:buffer'
import type { Chromium } from '../browsers/chromium.ts'
import { readTable, waitForThread, type ArchivedThread } from './archive.ts'
import { clearStorage, opened, openOwnPage, openPopup } from './extension-pages.ts'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test, threadUrl } from './fixtures.ts'

/** The reader page: a thread of the archive, without the forum. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const LAST_WORDS = '太长了，废了半天劲儿才看完。'
const readerPath = (key: string, postId?: string) =>
  `reader.html#${encodeURIComponent(key)}${postId === undefined ? '' : `/${encodeURIComponent(postId)}`}`
const foldButton = (page: Page) => page.locator('.loulan-collapse-long-posts-button').first()

/** Reads the seed's thread on the forum, then goes offline. */
async function keepSeed(page: Page, extension: Chromium, forum: { stop: () => Promise<void> }): Promise<void> {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  await page.goto('about:blank')
  await forum.stop()
}

// Before and after: a page of the test before may still have stored what was unfolded on it.
test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

test.describe('offline', () => {
  test('shows the thread with the same aids, and asks nobody for anything', async ({ page, extension, forum }) => {
    await keepSeed(page, extension, forum)
    const asked: string[] = []
    page.on('request', (request) => asked.push(request.url()))
    await page.goto(extension.extensionUrl(readerPath(SEED_KEY)))
    await expect(page.getByText(LAST_WORDS)).toBeVisible()
    await expect(page.locator('.loulan-length')).toHaveText(
      '共 2 楼 · 6,284 字 · 约 13–21 分钟 · 最长 ZOEA 6,272 字 · 楼主占 99%',
    )
    await expect(page.locator('.loulan-length-mark')).toHaveText(['6,272 字'])
    await expect(foldButton(page)).toHaveText(/^展开全文 · 还有 6,2\d\d 字 · 约 12–21 分钟$/)
    const links = await page
      .locator('.post-body a')
      .evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    expect(links).toHaveLength(2)
    expect(links.every((href) => href.startsWith('http://www.xinhuanet.com/'))).toBe(true)
    await foldButton(page).click()
    await expect(page.getByText('形成上下联动的工作格局').last()).toBeVisible()
    await expect(page).toHaveTitle(/关于持续解决.* · 楼览/)
    expect(asked.filter((url) => !url.startsWith('chrome-extension:'))).toEqual([])
  })

  test('is not disturbed by a worker that stops, nor does it need one', async ({ page, extension, forum }) => {
    await keepSeed(page, extension, forum)
    await extension.stopServiceWorker()
    await page.goto(extension.extensionUrl(readerPath(SEED_KEY)))
    await expect(page.getByText(LAST_WORDS)).toBeVisible()
    await extension.stopServiceWorker()
    await foldButton(page).click()
    await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
    await page.reload()
    await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
  })

  test('switches of the aids act on it at once', async ({ page, extension, forum }) => {
    await keepSeed(page, extension, forum)
    await page.goto(extension.extensionUrl(readerPath(SEED_KEY)))
    await expect(foldButton(page)).toBeVisible()
    const options = await openOwnPage(extension, 'options.html')
    await options.getByRole('switch', { name: '折叠长楼' }).click()
    await expect(foldButton(page)).toHaveCount(0)
    await options.getByRole('switch', { name: '直达链接' }).click()
    await expect(page.locator('.post-body a').first()).toHaveAttribute('href', /jump-to\.php/)
    await options.getByRole('switch', { name: '长度' }).click()
    await expect(page.locator('.loulan-length')).toHaveCount(0)
    await options.close()
  })
})

test.describe('addresses', () => {
  test('the original is one click away', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    await page.goto(extension.extensionUrl(readerPath(SEED_KEY)))
    const original = await opened(extension, () => page.getByRole('link', { name: '打开原帖' }).click())
    await expect(original).toHaveURL(threadUrl(SEED_THREAD))
    await original.close()
  })

  test('a post’s own address opens it there, unfolded and with the focus', async ({ page, extension }) => {
    await openThread(page, LONG_THREAD)
    const key = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`
    await waitForThread(extension, key, 20)
    const wanted = LONG_THREAD.posts[15]!.id
    await page.goto(extension.extensionUrl(readerPath(key, wanted)))
    await expect(page.locator(`#post-${wanted}`)).toBeInViewport()
    await expect(page.locator(`#post-${wanted}`)).toBeFocused()
    await page.evaluate((hash) => (location.hash = hash), readerPath(key, LONG_THREAD.posts[2]!.id).split('#')[1]!)
    await expect(page.locator(`#post-${LONG_THREAD.posts[2]!.id}`)).toBeInViewport()
    await page.evaluate((hash) => (location.hash = hash), readerPath(key, 'no-such-post').split('#')[1]!)
    await expect(page.getByText('要找的那一楼不在这份副本里。')).toBeVisible()
  })

  test('a folded post that the address names is open', async ({ page, extension, forum }) => {
    await keepSeed(page, extension, forum)
    await page.goto(extension.extensionUrl(readerPath(SEED_KEY, '22222309')))
    await expect(foldButton(page)).toHaveAttribute('aria-expanded', 'true')
  })

  for (const hash of [
    '',
    '#',
    '#nothing',
    '#pku-bbs/bbs.pku.edu.cn/22/1',
    '#%',
    '#%E0%A4%A',
    `#${'x'.repeat(20_000)}`,
  ]) {
    test(`an address of no thread is answered in words: ${hash.slice(0, 30)}`, async ({ page, extension }) => {
      await page.goto(extension.extensionUrl(`reader.html${hash}`))
      await expect(page.getByText('书架里没有这个帖子')).toBeVisible()
      await page.getByRole('link', { name: '去书架' }).click()
      await expect(page.getByRole('heading', { level: 1 })).toHaveText('书架')
    })
  }

  test('from one thread to another by the address alone', async ({ page, extension }) => {
    const popup = await openPopup(extension)
    for (const title of ['甲帖', '乙帖']) {
      const id = title === '甲帖' ? 801 : 802
      const reader = await pasteDump(extension, popup, dumpOf(id, title, [`${title}的正文`]))
      await reader.close()
    }
    await page.goto(extension.extensionUrl(readerPath('pku-bbs/bbs.pku.edu.cn/22/801')))
    await expect(page.getByText('甲帖的正文')).toBeVisible()
    await page.evaluate(() => (location.hash = location.hash.replace('801', '802')))
    await expect(page.getByText('乙帖的正文')).toBeVisible()
    await expect(page.locator('.post')).toHaveCount(1)
    await expect(page.locator('.loulan-length')).toHaveCount(1)
    await page.goBack()
    await expect(page.getByText('甲帖的正文')).toBeVisible()
    await popup.close()
  })
})

test('printing shows every word and no control', async ({ page, extension, forum }) => {
  await keepSeed(page, extension, forum)
  await page.goto(extension.extensionUrl(readerPath(SEED_KEY)))
  await expect(foldButton(page)).toBeVisible()
  await page.emulateMedia({ media: 'print' })
  await expect(foldButton(page)).toBeHidden()
  await expect(page.getByRole('navigation')).toBeHidden()
  const ending = page.getByText('形成上下联动的工作格局').last()
  expect(await ending.evaluate((element) => element.checkVisibility({ contentVisibilityAuto: true }))).toBe(true)
  expect((await page.pdf()).length).toBeGreaterThan(20_000)
})

function dumpOf(id: number, title: string, bodies: readonly string[]): string {
  const time = (index: number) =>
    new Date(Date.UTC(2024, 0, 1) + index * 60_000).toISOString().slice(0, 19).replace('T', ' ')
  const head = `#t 22 ${id} ada ${time(0)} ada ${time(bodies.length)}\n${title}\n\n`
  return head + bodies.map((body, index) => `#p ${id * 100_000 + index} ada ${time(index)}\n${body}\n\n`).join('')
}

async function pasteDump(extension: Chromium, popup: Page, dump: string): Promise<Page> {
  return opened(extension, async () => {
    await popup.getByLabel('打开一份帖子文本').fill(dump)
    await popup.getByLabel('打开一份帖子文本').press('Control+Enter')
  })
}

test.describe('ten thousand posts', () => {
  const POSTS = 10_000
  const KEY = 'pku-bbs/bbs.pku.edu.cn/22/700'
  const bodies = Array.from({ length: POSTS }, (_, index) =>
    index % 50 === 7
      ? `第 ${index + 1} 楼是长的。\n${'写了很多很多字，说也说不完。\n'.repeat(120)}`
      : `第 ${index + 1} 楼的话，不长。\n看[这里](jump-to.php?url=https%3A%2F%2Fnews.example%2F${index})。`,
  )

  // Ten thousand posts take a busy machine a while to store, and stay from one test to the next.
  test.describe.configure({ timeout: 180_000 })

  test.beforeEach(async ({ extension }) => {
    const threads = await readTable<ArchivedThread>(extension, 'threads')
    if (threads.some(({ key, postCount }) => key === KEY && postCount === POSTS)) return
    const library = await openOwnPage(extension, 'library.html')
    const buffer = Buffer.from(dumpOf(700, '一万楼', bodies))
    await library
      .getByLabel('选择文件', { exact: true })
      .and(library.locator('input'))
      .setInputFiles({ name: 'long.txt', mimeType: 'text/plain', buffer })
    await expect(library.getByText('long.txt：读入 1 个帖子，共 10,000 楼')).toBeVisible({ timeout: 90_000 })
    await library.close()
  })

  test('the first are there soon, all in the end, and what is written in the last is found', async ({
    page,
    extension,
  }) => {
    await page.goto(extension.extensionUrl(readerPath(KEY)))
    await expect(page.locator('.post').first()).toBeVisible()
    expect(await page.locator('.post').count()).toBeLessThan(POSTS)
    await whenWhole(page)
    await expect(page.locator('.post')).toHaveCount(POSTS)
    await expect(page.locator('.loulan-length')).toContainText('共 10,000 楼')

    expect(await page.evaluate(findWords, '第 9990 楼的话')).toBe(true)
    await expect(page.locator('#post-70009989')).toBeInViewport()

    await page.evaluate(() => scrollTo(0, 0))
    expect((await workOfLeaps(page, extension)).filter((milliseconds) => milliseconds > 200)).toEqual([])
  })

  test('the address of a post near the end leads there, and opens its fold', async ({ page, extension }) => {
    await page.goto(extension.extensionUrl(readerPath(KEY, '70009957')))
    await whenWhole(page)
    const post = page.locator('#post-70009957')
    await expect(post).toBeInViewport()
    await expect(post).toBeFocused()
    await expect(post.locator('.loulan-collapse-long-posts-button').first()).toHaveAttribute('aria-expanded', 'true')
  })
})

/** Waits until the last post stands. In the page: questions from outside would take the time that the posts need. */
async function whenWhole(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector('.end') !== null, undefined, {
    polling: 500,
    timeout: 40_000,
  })
}

/** What find-in-page does with the words of the page. */
function findWords(words: string): boolean {
  return (window as unknown as { find: (text: string) => boolean }).find(words)
}

/**
 * Scrolls through the whole page in leaps of a fortieth, two frames each. Gives what each cost the page's main thread, in
 * milliseconds of the processor's time: a machine that is busy with other things makes it no longer.
 */
async function workOfLeaps(page: Page, extension: Chromium): Promise<number[]> {
  const session = await extension.context.newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const spent = async () => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')!.value * 1000
  }
  const end = await page.evaluate(() => document.documentElement.scrollHeight)
  const leaps: number[] = []
  for (let step = 1; step <= 40; step++) {
    const before = await spent()
    await page.evaluate(leapTo, (end * step) / 40)
    leaps.push((await spent()) - before)
  }
  await session.detach()
  expect(Math.max(...leaps)).toBeGreaterThan(0)
  return leaps
}

async function leapTo(top: number): Promise<void> {
  const frame = () => new Promise((resolve) => requestAnimationFrame(resolve))
  scrollTo(0, top)
  await frame()
  await frame()
}
