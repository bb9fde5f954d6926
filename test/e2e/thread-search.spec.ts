import type { Page } from '@playwright/test'
import { generateThread } from '../forum/generate.ts'
import { bodyMarkup } from '../forum/body-markup.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { expect, openThread, test as base } from './fixtures.ts'
import { holdParts } from './held-parts.ts'

/** Searching the posts of the page: on the forum's page, and the whole thread in the reader. */

const made = generateThread({ posts: 18, seed: 81, plain: true })
const THREAD = {
  ...made,
  posts: made.posts.map((post, at) => {
    const words = { 2: '九曲桥边的ＡＢＣ与abc', 9: `${'很长的楼。'.repeat(400)}最后是九曲桥`, 15: '又是九\n曲桥' }[at]
    return words === undefined ? post : { ...post, body: bodyMarkup(words), quotes: [] }
  }),
}
const KEY = `pku-bbs/bbs.pku.edu.cn/${THREAD.board.id}/${THREAD.id}`
const test = base.extend({ threads: [[THREAD], { scope: 'worker' }] })

const bar = (page: Page) => page.getByRole('search', { name: '在帖子里查找' })
const input = (page: Page) => bar(page).getByRole('searchbox')
const told = (page: Page) => bar(page).getByRole('status')

/** The words that the browser marks, by the name of the highlight, with the ids of their posts. */
function highlighted(page: Page, name: string): Promise<string[]> {
  return page.evaluate((of) => {
    const ranges = [...((CSS.highlights.get(of) as Iterable<Range> | undefined) ?? [])]
    return ranges.map((range) => {
      const post = range.startContainer.parentElement!.closest<HTMLElement>('[data-postid], [data-post-id]')!
      return `${post.dataset.postid ?? post.dataset.postId}: ${range.toString()}`
    })
  }, name)
}

const at = (place: number, words: string) => `${THREAD.posts[place]!.id}: ${words}`

test('finds as one types, steps with Enter, unfolds what is folded, marks without touching the page', async ({
  page,
}) => {
  await openThread(page, THREAD)
  await expect(page.getByRole('button', { name: '查找' })).toBeVisible()
  await page.keyboard.press('/')
  await expect(input(page)).toBeFocused()
  await input(page).pressSequentially('abc')
  await expect(told(page)).toHaveText('1 / 2')
  // The style for it comes with the first words: by itself it costs a long page much.
  const colour = () =>
    page.evaluate(() => getComputedStyle(document.body, '::highlight(loulan-thread-search)').backgroundColor)
  await expect.poll(colour).toBe('rgb(255, 224, 138)')
  expect(await highlighted(page, 'loulan-thread-search-current')).toEqual([at(2, 'ＡＢＣ')])
  expect(await highlighted(page, 'loulan-thread-search')).toEqual([at(2, 'ＡＢＣ'), at(2, 'abc')])
  await expect(
    page.locator('.card-list :is([data-loulan=thread-search], [data-loulan-thread-search], mark)'),
  ).toHaveCount(0)
  await input(page).fill('九曲桥')
  await expect(told(page)).toHaveText('1 / 3')
  await page.keyboard.press('Enter')
  await expect(told(page)).toHaveText('2 / 3')
  await expect(page.locator('.loulan-collapse-long-posts-button').first()).toHaveAttribute('aria-expanded', 'true')
  await expect.poll(() => highlighted(page, 'loulan-thread-search-current')).toEqual([at(9, '九曲桥')])
  await expect(page.getByText('最后是九曲桥')).toBeInViewport()
  await page.keyboard.press('Enter')
  await expect.poll(() => highlighted(page, 'loulan-thread-search-current')).toEqual([at(15, '九曲桥')])
  await page.keyboard.press('Enter')
  await expect(told(page)).toHaveText('1 / 3')
  await page.keyboard.press('Shift+Enter')
  await expect(told(page)).toHaveText('3 / 3')
  await input(page).fill('没有这些字')
  await expect(told(page)).toHaveText('没有找到')
  expect(await violations(page, '.loulan-thread-search-bar')).toEqual([])
})

test('Escape closes it and gives the focus back; no key of the page acts in it', async ({ page }) => {
  await openThread(page, THREAD)
  const link = page.locator('.breadcrumb-trail a').last()
  await expect(page.getByRole('button', { name: '查找' })).toBeVisible()
  await link.focus()
  await page.keyboard.press('/')
  await input(page).pressSequentially('j/?')
  await expect(input(page)).toHaveValue('j/?')
  await page.keyboard.press('Escape')
  await expect(bar(page)).toHaveCount(0)
  await expect(link).toBeFocused()
  expect(await highlighted(page, 'loulan-thread-search')).toEqual([])
  await page.keyboard.press('/')
  await input(page).fill('又是')
  await expect(told(page)).toHaveText('1 / 1')
  await page.keyboard.press('Escape')
  // Where the reader came from is far above by now: the keyboard goes on from what was found.
  await expect(page.locator(`[data-postid="${THREAD.posts[15]!.id}"]`)).toBeFocused()
})

test('what searches comes when it is wanted, and what is typed by then is in the bar, not with the page’s keys', async ({
  page,
  extension,
}) => {
  const parts = await holdParts(extension, 'search-panel')
  try {
    await openThread(page, THREAD)
    await expect(page.getByRole('button', { name: '查找' })).toBeVisible()
    await page.evaluate(() => {
      const pressed: string[] = []
      Object.assign(globalThis, { pressed })
      window.addEventListener('keydown', ({ key }) => pressed.push(key))
    })
    expect(await parts.asked()).toBe(0)
    await page.keyboard.press('/')
    await page.keyboard.type('j/九曲桥')
    await page.keyboard.press('Home')
    for (let press = 0; press < 2; press++) await page.keyboard.press('Delete')
    await expect.poll(parts.asked).toBe(1)
    await expect(input(page)).toBeFocused()
    await expect(input(page)).toHaveValue('九曲桥')
    await expect(told(page)).toHaveText('')
    await parts.refuse()
    await expect(told(page)).toHaveText('没有加载成功，回车再试')
    expect(await violations(page, '.loulan-thread-search-bar')).toEqual([])
    await page.keyboard.press('Enter')
    await expect(told(page)).toHaveText('')
    await expect.poll(parts.asked).toBe(2)
    await parts.letGo()
    await expect(told(page)).toHaveText('1 / 3')
    await page.keyboard.press('Enter')
    await expect(told(page)).toHaveText('2 / 3')
    await page.keyboard.press('Escape')
    await page.keyboard.press('/')
    await expect(told(page)).toHaveText(/\/ 3/)
    expect(await parts.asked()).toBe(2)
    // But for the key that the reader pressed there, the page has seen none.
    expect(await page.evaluate(() => (globalThis as unknown as { pressed: string[] }).pressed)).toEqual(['/', '/'])
    await expect(page.locator('[data-loulan-keyboard]')).toHaveCount(0)
  } finally {
    await parts.end()
  }
})

test('the reader searches the whole thread', async ({ page, extension }) => {
  await openThread(page, THREAD)
  await waitForThread(extension, KEY, 18)
  await page.goto(extension.extensionUrl(`reader.html#${encodeURIComponent(KEY)}`))
  await page.locator('.end').waitFor()
  await page.keyboard.press('/')
  await input(page).fill('九曲桥')
  await expect(told(page)).toHaveText('1 / 3')
  await page.keyboard.press('Enter')
  await expect.poll(() => highlighted(page, 'loulan-thread-search-current')).toEqual([at(9, '九曲桥')])
  await expect(page.locator('[data-post-id]').nth(9).getByText('最后是九曲桥')).toBeInViewport()
  expect(await violations(page, '.loulan-thread-search-bar')).toEqual([])
})
