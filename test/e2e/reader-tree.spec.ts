import type { Page } from '@playwright/test'
import type { Post } from '../../core/thread.ts'
import type { Chromium } from '../browsers/chromium.ts'
import { readTable } from './archive.ts'
import { violations } from './axe.ts'
import { clearStorage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { importThread, madeThread } from './import-threads.ts'

/** Threads that are trees, in the reader: indented, folded by branch, and never losing a post. */

/** `parents[n]` is the number of the post that post n + 1 hangs under, 0 for none. */
const postsUnder = (...parents: number[]): Partial<Post>[] =>
  parents.map((parent, index) => ({
    text: `第 ${index + 1} 条。`,
    ...(parent === 0 ? {} : { parentId: String(parent) }),
  }))

const TREE = madeThread('9201', postsUnder(0, 1, 2, 3, 2, 1, 0, 7))
const shownPosts = (page: Page) =>
  page
    .locator('.post')
    .evaluateAll((posts) =>
      posts
        .filter(
          (post) => post.checkVisibility({ contentVisibilityAuto: false }) && post.getBoundingClientRect().height > 0,
        )
        .map((post) => Number((post as HTMLElement).dataset.postId)),
    )
const branchButton = (page: Page, id: number) => page.locator(`#post-${id} > .branch-button`)

test.afterEach(async ({ extension }) => clearStorage(extension))

/** Waits until it is stored which branches are folded. */
async function expectFolded(extension: Chromium, key: string, ids: string): Promise<void> {
  const stored = async () => {
    const visits = await readTable<{ threadKey: string; foldedIds?: string[] }>(extension, 'visits')
    return (visits.find(({ threadKey }) => threadKey === key)?.foldedIds ?? []).join()
  }
  await expect.poll(stored).toBe(ids)
}

async function openReader(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.end').waitFor()
}

test('branches are indented and fold by keyboard; what is folded is said', async ({ page, extension }) => {
  await openReader(page, await importThread(extension, TREE))
  const indents = await page
    .locator('.post')
    .evaluateAll((posts) => posts.map((post) => parseFloat(getComputedStyle(post).paddingInlineStart)))
  expect(indents.map((indent) => (indent - indents[0]!) / 20)).toEqual([0, 1, 2, 3, 2, 1, 0, 1])
  await expect(branchButton(page, 2)).toHaveText('收起 3 条回复')
  await branchButton(page, 2).focus()
  await page.keyboard.press('Enter')
  await expect(branchButton(page, 2)).toHaveText('展开 3 条回复')
  await expect(branchButton(page, 2)).toHaveAttribute('aria-expanded', 'false')
  await expect(branchButton(page, 2)).toBeFocused()
  expect(await shownPosts(page)).toEqual([1, 2, 6, 7, 8])
  await page.getByRole('button', { name: '收起所有回复' }).click()
  expect(await shownPosts(page)).toEqual([1, 7])
  await page.getByRole('button', { name: '展开所有回复' }).click()
  expect(await shownPosts(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('what is folded stays so when the thread is opened again; an address in it unfolds the way', async ({
  page,
  extension,
}) => {
  const address = await importThread(extension, TREE)
  await openReader(page, address)
  await branchButton(page, 2).click()
  await branchButton(page, 7).click()
  expect(await shownPosts(page)).toEqual([1, 2, 6, 7])
  await expectFolded(extension, TREE.key, '2,7')
  await page.reload()
  await page.locator('.end').waitFor()
  expect(await shownPosts(page)).toEqual([1, 2, 6, 7])
  await expect(branchButton(page, 2)).toHaveText('展开 3 条回复')
  await page.getByRole('button', { name: '收起所有回复' }).click()
  await expectFolded(extension, TREE.key, '2,7,1')
  await page.reload()
  await page.getByRole('button', { name: '展开所有回复' }).waitFor()
  expect(await shownPosts(page)).toEqual([1, 7])
  await page.goto('about:blank')
  await openReader(page, `${address}/4`)
  await expect(page.locator('#post-4')).toBeFocused()
  expect(await shownPosts(page)).toEqual([1, 2, 3, 4, 5, 6, 7])
  await page.getByRole('button', { name: '收起所有回复' }).click()
  await page.getByRole('button', { name: '展开所有回复' }).click()
  await expectFolded(extension, TREE.key, '')
  await page.reload()
  await page.locator('.end').waitFor()
  expect(await shownPosts(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('a long thread shows no post of a folded branch while it comes', async ({ page, extension }) => {
  const parents = Array.from({ length: 1500 }, (_, index) => (index % 10 === 0 ? 0 : Math.floor(index / 10) * 10 + 1))
  const thread = madeThread('9206', postsUnder(...parents))
  const roots = thread.posts.filter(({ parentId }) => parentId === undefined).map(({ id }) => id)
  await openReader(page, await importThread(extension, thread))
  await page.getByRole('button', { name: '收起所有回复' }).click()
  await expectFolded(extension, thread.key, roots.join())
  await page.addInitScript(() => {
    const seen = new Set<string>()
    Object.assign(window, { seen })
    const look = () => {
      for (const post of document.querySelectorAll<HTMLElement>('.post.reply'))
        if (!post.closest('[hidden]')) seen.add(post.id)
      requestAnimationFrame(look)
    }
    requestAnimationFrame(look)
  })
  await page.reload()
  await page.locator('.end').waitFor()
  await expect(page.locator('.post')).toHaveCount(1500)
  expect(await page.evaluate(() => [...(window as unknown as { seen: Set<string> }).seen])).toEqual([])
  await expect(branchButton(page, 1)).toHaveText('展开 9 条回复')
})

test('the way to a post unfolds: by its address, by what it answers, and by find-in-page', async ({
  page,
  extension,
}) => {
  await openReader(page, await importThread(extension, TREE))
  await branchButton(page, 3).click()
  await branchButton(page, 1).click()
  expect(await shownPosts(page)).toEqual([1, 7, 8])
  await page.evaluate(() => (location.hash += '/4'))
  await expect(page.locator('#post-4')).toBeFocused()
  expect(await shownPosts(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
  await page.locator('#post-4').getByRole('link', { name: '回复 reader2' }).click()
  await expect(page.locator('#post-3')).toBeFocused()
  await branchButton(page, 1).click()
  // As the browser does before it shows what its own search has found.
  await page
    .locator('#post-5')
    .evaluate((post) => post.closest('[hidden]')!.dispatchEvent(new Event('beforematch', { bubbles: true })))
  expect(await shownPosts(page)).toEqual([1, 2, 3, 4, 5, 6, 7, 8])
})

test('one author only, and folding, do not undo each other', async ({ page, extension }) => {
  await openReader(page, await importThread(extension, TREE))
  const choice = page.getByRole('combobox', { name: '只看谁的楼' })
  await choice.selectOption('reader0')
  expect(await shownPosts(page)).toEqual([1, 4, 7])
  await branchButton(page, 1).click()
  expect(await shownPosts(page)).toEqual([1, 7])
  await branchButton(page, 1).click()
  expect(await shownPosts(page)).toEqual([1, 4, 7])
  await branchButton(page, 1).click()
  await choice.selectOption('')
  expect(await shownPosts(page)).toEqual([1, 7, 8])
})

test('who answered stands clear of the words, votes, attachments and branches around it', async ({
  page,
  extension,
}) => {
  const answer = { quotes: [{ username: 'reader0', excerpt: '第 1 楼的话。' }], parentId: '1' }
  const attachments = [{ kind: 'file' as const, name: '名单.zip', url: 'https://news.example/a.zip' }]
  const firsts: Partial<Post>[] = [{ votes: { up: 3, down: 1 } }, { attachments }, {}]
  for (const first of firsts) {
    const thread = madeThread('9205', [first, answer, answer])
    await openReader(page, await importThread(extension, thread))
    const control = page.getByRole('button', { name: '2 条回复', exact: true })
    await expect(control).toBeVisible()
    const box = (await control.boundingBox())!
    const post = (await page.locator('#post-1').boundingBox())!
    expect(box.y + box.height).toBeLessThan(post.y + post.height)
    const neighbours = page.locator('#post-1 > :is(.post-votes, .post-attachments, .branch-button), #post-1 p')
    for (const neighbour of await neighbours.all()) {
      const text = await neighbour.evaluate((element) => {
        const range = document.createRange()
        range.selectNodeContents(element)
        return range.getBoundingClientRect().toJSON() as DOMRect
      })
      const isClear = text.bottom <= box.y || text.top >= box.y + box.height || text.right <= box.x
      expect(isClear, await neighbour.innerText()).toBe(true)
    }
  }
})

test('a flat thread has nothing of it', async ({ page, extension }) => {
  await openReader(page, await importThread(extension, madeThread('9202', [{}, {}])))
  await expect(page.locator('.branch-button, .reply, .post-parent')).toHaveCount(0)
  await expect(page.getByRole('button', { name: '收起所有回复' })).toHaveCount(0)
})

test('five thousand deep, in circles and under missing posts: all is there, and can be read at 320 pixels', async ({
  page,
  extension,
}) => {
  const chain = Array.from({ length: 5000 }, (_, index) => index)
  const odd = [5002, 5001, 999_999, 5004]
  const thread = madeThread('9203', postsUnder(...chain, ...odd))
  await page.setViewportSize({ width: 320, height: 640 })
  await openReader(page, await importThread(extension, thread))
  await expect(page.locator('.post')).toHaveCount(5004)
  const ids = await page
    .locator('.post')
    .evaluateAll((posts) => posts.map((post) => (post as HTMLElement).dataset.postId))
  expect(ids.slice(-4)).toEqual(['5001', '5002', '5003', '5004'])
  await page.evaluate(() => (location.hash += '/4990'))
  await expect(page.locator('#post-4990')).toBeFocused()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320)
  expect((await page.locator('#post-4990 .post-body').boundingBox())!.width).toBeGreaterThan(190)
  await expect(branchButton(page, 1)).toHaveText('收起 4,999 条回复')
  await branchButton(page, 1).click()
  expect(await shownPosts(page)).toEqual([1, 5001, 5002, 5003, 5004])
  expect(await page.evaluate(() => document.documentElement.scrollHeight)).toBeLessThan(2500)
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('a long tree whose order is broken late stands in order in the end, the linked post in sight', async ({
  page,
  extension,
}) => {
  const parents = Array.from({ length: 1500 }, (_, index) => (index % 10 === 0 ? 0 : Math.floor(index / 10) * 10 + 1))
  // The last one answers the first.
  const thread = madeThread('9204', postsUnder(...parents, 1))
  await openReader(page, `${await importThread(extension, thread)}/700`)
  await expect(page.locator('#post-700')).toBeFocused()
  await expect(page.locator('#post-700')).toBeInViewport()
  const ids = await page
    .locator('.post')
    .evaluateAll((posts) => posts.map((post) => (post as HTMLElement).dataset.postId))
  expect(ids).toHaveLength(1501)
  expect(ids.slice(9, 13)).toEqual(['10', '1501', '11', '12'])
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  await expect(branchButton(page, 1)).toHaveText('收起 10 条回复')
})

for (const [index, theme] of ['white', 'paper', 'grey', 'black'].entries()) {
  test(`axe finds nothing in a tree on ${theme}, folded and not`, async ({ page, extension }) => {
    // One of its own for each: what is folded is remembered.
    const thread = madeThread(`921${index}`, postsUnder(0, 1, 2, 3, 2, 1, 0, 7))
    await openReader(page, await importThread(extension, thread))
    await page.evaluate((wanted) => chrome.storage.local.set({ 'reader-looks': { theme: wanted } }), theme)
    await expect(page.locator('html')).toHaveAttribute('data-theme', theme)
    expect(await violations(page)).toEqual([])
    await branchButton(page, 2).click()
    expect(await violations(page)).toEqual([])
  })
}
