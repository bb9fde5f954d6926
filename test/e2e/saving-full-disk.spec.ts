import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'
import { generateThread } from '../forum/generate.ts'
import { readRows } from './archive.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect, test, threadUrl } from './fixtures.ts'
import { SaveDesk } from './saves.ts'

/** A save while the browser's share of the disk is full: it waits, says so, and goes on when there is room. */

const PAGES = 4
const THREAD = generateThread({ posts: PAGES * 20, seed: 19, plain: true })
/** Each post so long that a page of them does not fit where a row of a save does; browsers compress what repeats itself. */
const WORDS = makeWords(60_000)

test.use({ threads: [[THREAD], { scope: 'worker' }] })

/** Han characters in an order that nothing is saved by. */
function makeWords(length: number): string {
  let state = 19
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return String.fromCharCode(0x4e00 + ((state >>> 12) % 20_000))
  }).join('')
}

/** Gives the extension so many bytes more than it uses, until what is returned is called. */
async function limitRoom(extension: Chromium, page: Page, bytes: number): Promise<() => Promise<void>> {
  const { usage = 0 } = await page.evaluate(() => navigator.storage.estimate())
  const session = await extension.context.newCDPSession(page)
  const origin = `chrome-extension://${extension.extensionId}`
  await session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: usage + bytes })
  // The browser forgets it with the session.
  return () => session.detach()
}

test('a full disk stops a save with what it has, says so, and lets it go on', async ({ launch, forum }) => {
  test.setTimeout(180_000)
  for (const { id } of THREAD.posts.slice(20)) forum.control.editPost(THREAD.id, id, { text: WORDS })
  const extension = await launch()
  const desk = await SaveDesk.open(extension)
  const endLimit = await limitRoom(extension, desk.page, 1_500_000)
  // The browser looks up how much room is left twice a minute at most, and believes what it saw till then.
  await desk.page.waitForTimeout(32_000)
  await desk.ask('saveThread', { url: threadUrl(THREAD) })
  const report = await desk.waitFor('waiting')
  expect(report.reason).toBe('storage-full')
  // How much goes in is the browser's to say; what went in is whole pages.
  expect(report.pagesDone).toBeGreaterThan(0)
  expect(report.pagesDone).toBeLessThan(PAGES)
  expect(await readRows(desk.page, 'posts')).toHaveLength(report.pagesDone * 20)

  const library = await openOwnPage(extension, 'library.html')
  await expect(library.getByText('磁盘或浏览器给扩展的配额满了').first()).toBeVisible()
  await expect(library.getByText('已存的页都在', { exact: false }).first()).toBeVisible()
  await library.close()

  await endLimit()
  const resume = async () => {
    const state = (await desk.report())?.state
    if (state === 'waiting') await desk.ask('controlSave', { key: report.key, wish: 'resume' })
    return state
  }
  await expect.poll(resume, { timeout: 90_000, intervals: [2000] }).toBe('finished')
  expect(await desk.report()).toMatchObject({ pagesDone: PAGES, posts: PAGES * 20 })
  const posts = await readRows<{ position: number; post: { text: string } }>(desk.page, 'posts')
  expect(posts).toHaveLength(PAGES * 20)
  expect(posts.filter(({ post }) => post.text === WORDS)).toHaveLength((PAGES - 1) * 20)
})
