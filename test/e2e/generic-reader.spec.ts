import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Chromium } from '../browsers/chromium.ts'
import { violations } from './axe.ts'
import { readTable } from './archive.ts'
import { makeVariant, opened, openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { openPopupOver } from './site-permissions.ts'

/** Forums that nobody described: what the button makes of them, and what the reader can show it. */

const sample = (name: string) => {
  const text = readFileSync(fileURLToPath(new URL(`../../seeds/generic/${name}/page.html`, import.meta.url)), 'utf8')
  const [head, ...lines] = text.split('\n')
  return { address: /<!-- (\S+) -->/.exec(head!)![1]!, html: lines.join('\n') }
}

/** Opens a sample at its own address. */
async function openSample(extension: Chromium, name: string): Promise<Page> {
  const { address, html } = sample(name)
  const page = await extension.context.newPage()
  await page.route(address, (route) => route.fulfill({ contentType: 'text/html; charset=utf-8', body: html }))
  await page.goto(address)
  return page
}

const htmlOf = (page: Page) => page.evaluate(() => document.documentElement.outerHTML)

async function forgetSites(extension: Chromium): Promise<void> {
  const worker = await extension.serviceWorker()
  await worker.evaluate(() => chrome.storage.local.remove('own-sites'))
}

test.afterEach(async ({ extension }) => forgetSites(extension))

test('an unknown forum is guessed at, read once, and becomes a site that can be allowed', async ({ extension }) => {
  const page = await openSample(extension, 'chinese-bbs')
  const before = await htmlOf(page)
  const { page: popup, asked } = await openPopupOver(extension, page)
  await expect(popup.getByText('看起来像 9 楼的帖子（很有把握）')).toBeVisible()
  await expect(popup.getByText('每一楼都找到了作者、时间和正文')).toBeVisible()
  await expect(popup.locator('.notice-box blockquote')).toContainText('2024-05-01 21:03')
  for (const colorScheme of ['light', 'dark'] as const) {
    await popup.emulateMedia({ colorScheme })
    expect(await violations(popup)).toEqual([])
  }
  const reader = await opened(extension, () => popup.getByRole('button', { name: '只收下这一页来读' }).click())
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText('厨房水管一开就响怎么办')
  await expect(reader.locator('article[data-post-id]')).toHaveCount(9)
  await popup.bringToFront()
  await popup.getByRole('button', { name: '当作论坛记下' }).click()
  await expect(popup.getByText('以后在 linli.example.cn 上也用楼览？')).toBeVisible()
  await popup.getByRole('button', { name: '许可这个网站' }).click()
  await expect.poll(() => asked).toEqual(['*://linli.example.cn/*'])
  expect(await htmlOf(page)).toBe(before)
  for (const each of [reader, popup, page]) await each.close()
})

test('a list of threads is no thread, and the popup says nothing of one', async ({ extension }) => {
  const page = await openSample(extension, 'not-thread-list')
  const { page: popup } = await openPopupOver(extension, page)
  await expect(popup.getByRole('button', { name: '这一页是帖子？点一楼给楼览看' })).toBeVisible()
  await expect(popup.getByText('看起来像')).toHaveCount(0)
  await popup.close()
  await page.close()
})

/** What the picker shows stands in a closed tree: looked at through the browser's accessibility tree. */
async function spoken(page: Page): Promise<string> {
  const session = await page.context().newCDPSession(page)
  const { nodes } = (await session.send('Accessibility.getFullAXTree')) as {
    nodes: { name?: { value?: string }; role?: { value?: string } }[]
  }
  await session.detach()
  return nodes.map(({ name }) => name?.value ?? '').join('\n')
}

async function startPicking(extension: Chromium, page: Page): Promise<void> {
  const { page: popup } = await openPopupOver(extension, page)
  await popup.getByRole('button', { name: /点一楼给楼览看/ }).click()
  await page.bringToFront()
  await expect(page.locator('loulan-picker')).toHaveCount(1)
  await popup.close()
}

test('with the mouse: author, time and words of one post are clicked, and all posts are found', async ({
  extension,
}) => {
  const page = await openSample(extension, 'div-cards')
  const before = await htmlOf(page)
  await startPicking(extension, page)
  await expect.poll(() => spoken(page)).toContain('点一下某一楼的作者')
  // What a script of the page does counts for nothing.
  await page.evaluate(() => {
    document.querySelector('.card-text')!.dispatchEvent(new MouseEvent('click', { bubbles: true, cancelable: true }))
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape', bubbles: true }))
  })
  await page.locator('.handle').nth(2).hover()
  await expect.poll(() => spoken(page)).toContain('kestrel · 8 楼都找到了')
  await page.locator('.handle').nth(2).click()
  await expect.poll(() => spoken(page)).toContain('点一下同一楼的时间')
  await page.locator('time').nth(2).click()
  await page.locator('.card-text').nth(2).click()
  await expect.poll(() => spoken(page)).toContain('记下来')
  await pressButton(page, '记下来')
  await expect.poll(() => spoken(page)).toContain('再点一次楼览的图标')
  await page.keyboard.press('Escape')
  await expect(page.locator('loulan-picker')).toHaveCount(0)
  expect(await htmlOf(page)).toBe(before)
  const { page: popup } = await openPopupOver(extension, page)
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('Sourdough that does not rise')
  await expect(popup.getByText('认出这是 Crumb Club 的帖子页')).toBeVisible()
  await popup.close()
  const options = await openOwnPage(extension, 'options.html')
  await expect(options.locator('.own-sites').getByRole('listitem')).toContainText('crumb.example.org')
  for (const each of [options, page]) await each.close()
})

/** Goes to a button of the panel by Tab, as a reader without a mouse does, and presses it. */
async function pressButton(page: Page, name: string): Promise<void> {
  const session = await page.context().newCDPSession(page)
  for (let step = 0; step < 12; step++) {
    await page.keyboard.press('Tab')
    const { nodes } = (await session.send('Accessibility.getFullAXTree')) as {
      nodes: { name?: { value?: string }; properties?: { name: string; value: { value?: unknown } }[] }[]
    }
    const focused = nodes.findLast(({ properties = [] }) =>
      properties.some((each) => each.name === 'focused' && each.value.value === true),
    )
    if (focused?.name?.value === name) break
  }
  await session.detach()
  await page.keyboard.press('Enter')
}

test('with the keys alone, and Escape leaves the page as it was', async ({ extension }) => {
  const page = await openSample(extension, 'guestbook')
  const before = await htmlOf(page)
  await startPicking(extension, page)
  const press = async (...keys: string[]) => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press(...Array<string>(8).fill('ArrowUp'), 'ArrowDown', 'ArrowRight', 'ArrowRight', 'ArrowDown', 'ArrowDown')
  await expect.poll(() => spoken(page)).toContain('Anke · 7 楼都找到了')
  await press('Enter', 'ArrowRight')
  await expect.poll(() => spoken(page)).toContain('2 June 2019, 9:20 · 7 楼都找到了')
  await press('Enter', 'ArrowUp', 'ArrowRight', 'Enter')
  await expect.poll(() => spoken(page)).toContain('7 楼都找到了\n')
  await press('Backspace')
  await expect.poll(() => spoken(page)).toContain('点一下同一楼的正文')
  await press('Escape')
  await expect(page.locator('loulan-picker')).toHaveCount(0)
  expect(await htmlOf(page)).toBe(before)
  await page.close()
})

test('where posts have no ids the aids work all the same, and each visit knows the posts again', async ({ launch }) => {
  const variant = makeVariant({ manifest: { host_permissions: ['*://mill.example.nl/*'] } })
  try {
    const extension = await launch({ extensionDir: variant.folder })
    const page = await openSample(extension, 'guestbook')
    const { page: popup } = await openPopupOver(extension, page)
    await expect(popup.getByText('楼没有编号：按作者、时间和开头的文字来认')).toBeVisible()
    await popup.getByRole('button', { name: '当作论坛记下' }).click()
    await expect(page.locator('.loulan-length')).toContainText('本页 7 楼')
    await popup.close()
    const [{ key }] = (await waitForPosts(extension, 7)) as [{ key: string }]
    await page.reload()
    await expect(page.locator('.loulan-length')).toContainText('本页 7 楼')
    const { page: again } = await openPopupOver(extension, page)
    await again.locator('.longest-posts button').first().click()
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.length ?? 0)
    await expect.poll(focused).toBeGreaterThan(0)
    await expect.poll(() => page.evaluate(() => document.activeElement?.matches('body, html'))).toBe(false)
    expect(await waitForPosts(extension, 7)).toMatchObject([{ key }])
    await page.close()
  } finally {
    variant.remove()
  }
})

/** The threads that are kept, when one of them has so many posts. */
async function waitForPosts(extension: Chromium, postCount: number): Promise<unknown> {
  const read = () => readTable<{ key: string; postCount: number }>(extension, 'threads')
  await expect.poll(async () => (await read()).map((thread) => thread.postCount)).toEqual([postCount])
  return read()
}
