import type { Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { clearStorage, openOwnPage } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test as base } from './fixtures.ts'
import { holdParts } from './held-parts.ts'

/** Reading by keyboard, on the forum's page and in the reader. */

const THREAD = generateThread({ posts: 18, seed: 71 })
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

const marked = (page: Page) => page.locator('[data-loulan-keyboard]')
const list = (page: Page) => page.getByRole('dialog', { name: '快捷键' })
const status = (page: Page) => page.locator('.loulan-keyboard-status')
const idOf = (place: number) => THREAD.posts[place]!.id

/** Opens a thread and waits for the keys, which come with the second script. */
async function openWithKeys(page: Page, thread: Parameters<typeof openThread>[1] = THREAD): Promise<void> {
  await openThread(page, thread)
  await status(page).waitFor({ state: 'attached' })
}

async function expectAt(page: Page, place: number): Promise<void> {
  await expect(marked(page)).toHaveCount(1)
  await expect(marked(page)).toHaveAttribute('data-postid', idOf(place))
  await expect(marked(page)).toBeFocused()
}

test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

test('j and k step through the posts, with the focus, a mark and words; off, nothing is left', async ({
  page,
  extension,
}) => {
  await openWithKeys(page)
  await page.keyboard.press('j')
  await expectAt(page, 0)
  await page.keyboard.press('j')
  await expectAt(page, 1)
  await expect(marked(page)).toBeInViewport()
  await expect(status(page)).toHaveText(`2 / 18 · 2楼 · ${THREAD.posts[1]!.author.username}`)
  expect(await marked(page).evaluate((post) => getComputedStyle(post).outlineStyle)).toBe('solid')
  // Its beginning is not under what the site keeps at the top.
  const isUncovered = (post: Element) => {
    const { left, top, width } = post.getBoundingClientRect()
    return post.contains(document.elementFromPoint(left + width / 2, top + 4))
  }
  expect(await marked(page).evaluate(isUncovered)).toBe(true)
  await page.keyboard.press('k')
  await expectAt(page, 0)
  await page.keyboard.press('k')
  await expect(status(page)).toHaveText('前面没有楼了')
  await page.locator('.loulan-only-author-control').selectOption({ index: 1 })
  await page.locator('.post-card[data-postid]').first().focus()
  await page.keyboard.press('j')
  const shown = await page
    .locator('.post-card[data-postid]:not([hidden])')
    .evaluateAll((posts) => posts.map(({ dataset }) => (dataset as DOMStringMap).postid))
  await expect(marked(page)).toHaveAttribute('data-postid', shown[1]!)
  await page.locator('.loulan-only-author-control').selectOption({ index: 0 })
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => chrome.storage.local.set({ 'aid:keyboard': { enabled: false } }))
  await expect(status(page)).toHaveCount(0)
  await expect(page.locator('[data-loulan=keyboard], [data-loulan-keyboard], .post-card[tabindex]')).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(marked(page)).toHaveCount(0)
})

test('no key acts while the reader types, with a modifier, in a dialog, or for the page’s own events', async ({
  page,
}) => {
  await openWithKeys(page)
  await page.evaluate(() => {
    const closed = document.createElement('div')
    closed.id = 'closed'
    closed.attachShadow({ mode: 'closed' }).append(document.createElement('input'))
    const own = document.createElement('own-editor')
    own.attachShadow({ mode: 'open' }).append(document.createElement('textarea'))
    document.body.prepend(closed, own)
    const rest =
      '<input id="a"><textarea id="b"></textarea><select id="c"><option>x</select><div id="d" contenteditable>x</div><div id="e" role="textbox" tabindex="0">x</div>'
    document.body.insertAdjacentHTML('afterbegin', rest)
  })
  for (const id of ['a', 'b', 'c', 'd', 'e']) {
    await page.locator(`#${id}`).focus()
    await page.keyboard.press('j')
  }
  await page.locator('own-editor textarea').focus()
  await page.keyboard.press('j')
  await page.locator('#closed').evaluate((host: HTMLElement) => host.scrollIntoView())
  const box = (await page.locator('#closed').boundingBox())!
  await page.mouse.click(box.x + 10, box.y + box.height / 2)
  await page.keyboard.press('j')
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('closed')
  await page.evaluate(() => (document.activeElement as HTMLElement).blur())
  for (const key of ['Control+k', 'Alt+j', 'Meta+j']) await page.keyboard.press(key)
  await page.evaluate(() => {
    document.dispatchEvent(new KeyboardEvent('keydown', { key: 'j', bubbles: true }))
    const dialog = document.createElement('dialog')
    dialog.append('the site’s own')
    document.body.append(dialog)
    dialog.showModal()
  })
  await page.keyboard.press('j')
  await page.evaluate(() => document.querySelector('dialog')!.close())
  await page.evaluate(() =>
    addEventListener('keydown', (event) => event.preventDefault(), { capture: true, once: true }),
  )
  await page.keyboard.press('j')
  await expect(marked(page)).toHaveCount(0)
  await page.keyboard.press('j')
  await expect(marked(page)).toHaveCount(1)
})

test('the list says which keys there are, closes with Escape and gives the focus back', async ({ page }) => {
  await openWithKeys(page)
  await page.keyboard.press('j')
  await page.keyboard.press('?')
  await expect(list(page)).toBeVisible()
  await expect(list(page).locator('dt')).toHaveText(['j', 'k', 'o', 'q', 's', '/', '?'])
  expect(await violations(page, '.loulan-keyboard-list')).toEqual([])
  await page.keyboard.press('j')
  await page.keyboard.press('Escape')
  await expect(list(page)).toHaveCount(0)
  await expectAt(page, 0)
})

test('while the list is on its way, no key is for the page; Escape calls it off', async ({ page, extension }) => {
  const parts = await holdParts(extension, 'key-list')
  try {
    await openWithKeys(page)
    await page.keyboard.press('j')
    await expectAt(page, 0)
    await page.evaluate(() => {
      const pressed: string[] = []
      Object.assign(globalThis, { pressed })
      window.addEventListener('keydown', ({ key }) => pressed.push(key))
    })
    expect(await parts.asked()).toBe(0)
    for (const key of ['?', 'j', 'n', '/', 'Enter', 'Escape']) await page.keyboard.press(key)
    await expectAt(page, 0)
    await expect(page.getByRole('search')).toHaveCount(0)
    for (const key of ['?', 'k', 'Space']) await page.keyboard.press(key)
    await parts.letGo()
    await expect(list(page).locator('dt')).toHaveText(['j', 'k', 'o', 'q', 's', '/', '?'])
    await expect(list(page).getByRole('button', { name: '关闭' })).toBeFocused()
    await page.keyboard.press('?')
    await expect(list(page)).toHaveCount(0)
    await expectAt(page, 0)
    expect(await page.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed)).toEqual(['?', '?'])
    expect(await parts.asked()).toBe(1)
  } finally {
    await parts.end()
  }
})

test('o unfolds the long post and folds it again; s saves the thread', async ({ page, extension }) => {
  await openWithKeys(page, SEED_THREAD)
  const fold = page.locator('.loulan-collapse-long-posts-button').first()
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  await expect(fold).toHaveAttribute('aria-expanded', 'true')
  await expect(fold).toBeFocused()
  await page.keyboard.press('o')
  await expect(fold).toHaveAttribute('aria-expanded', 'false')
  await page.keyboard.press('j')
  await page.keyboard.press('o')
  await expect(status(page)).toHaveText('这一楼没有可做的')
  await page.keyboard.press('s')
  await expect(status(page)).toHaveText('开始保存全帖，进度在帖子顶端')
  await expect(page.locator('.loulan-saved-state-words')).toContainText('保存于')
  await waitForThread(extension, 'pku-bbs/bbs.pku.edu.cn/22/17625528', 2)
})

test('keys are changed and switched off in the settings, and two alike are refused', async ({ page, extension }) => {
  await openWithKeys(page)
  const options = await openOwnPage(extension, 'options.html')
  const field = (label: string) => options.getByRole('textbox', { name: label, exact: true })
  await field('下一楼').fill('k')
  await expect(options.getByText('没有改：“k” 已经是「上一楼」的键')).toBeVisible()
  await expect(field('下一楼')).toHaveValue('j')
  await field('下一楼').fill('楼')
  await expect(options.getByText('“楼” 当不了快捷键')).toBeVisible()
  await field('下一楼').fill('w')
  await options.getByRole('button', { name: '「上一楼」：不用这个键' }).click()
  await expect(field('上一楼')).toHaveValue('')
  await options.close()
  await page.bringToFront()
  await expect(async () => {
    await page.keyboard.press('w')
    await expectAt(page, 0)
  }).toPass()
  await page.keyboard.press('w')
  await expectAt(page, 1)
  for (const key of ['k', 'j']) await page.keyboard.press(key)
  await expectAt(page, 1)
  const again = await openOwnPage(extension, 'options.html')
  await again.getByRole('button', { name: '恢复原来的键' }).click()
  await expect(again.getByRole('textbox', { name: '下一楼', exact: true })).toHaveValue('j')
  await again.close()
})

test('the reader page has them too', async ({ page, extension }) => {
  await openWithKeys(page)
  await waitForThread(extension, KEY, 18)
  await page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await page.locator('.end').waitFor()
  for (let press = 0; press < 3; press++) await page.keyboard.press('j')
  await expect(page.locator('[data-loulan-keyboard]')).toHaveAttribute('data-post-id', idOf(2))
  await expect(page.locator('[data-loulan-keyboard]')).toBeFocused()
  await page.keyboard.press('?')
  await expect(list(page).locator('dt')).toHaveText(['j', 'k', 'o', 'q', '/', '?'])
  expect(await violations(page, '.loulan-keyboard-list')).toEqual([])
  await page.keyboard.press('?')
  await expect(list(page)).toHaveCount(0)
})
