import type { Page } from '@playwright/test'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Chromium } from '../browsers/chromium.ts'
import { discourse } from '../forum/engines/discourse.ts'
import { discuz } from '../forum/engines/discuz.ts'
import { engineForums } from '../forum/engines/engines.ts'
import { phpbb3 } from '../forum/engines/phpbb3.ts'
import { readTable, waitForThread } from './archive.ts'
import { readClipboardText } from './clipboard.ts'
import { makeVariant, opened, openOwnPage } from './extension-pages.ts'
import { expect, test as base } from './fixtures.ts'
import {
  allowSite,
  openAnswering,
  openPopupOver,
  reloadExtension,
  withdrawSite,
  withholdSites,
} from './site-permissions.ts'

/** Forums of other engines: one look before the site is granted; the aids and the cache after; nothing once it is revoked. */

const patternOf = (host: string) => `*://${host}/*`
const DISCUZ_KEY = `discuz/${discuz.host}/${discuz.topic.id}`
const hosts = { host_permissions: engineForums.map(({ host }) => patternOf(host)) }

const test = base.extend<{ withheld: Chromium }>({
  /** A browser in which the forums can be granted and taken back, and none is granted yet. */
  withheld: async ({ launch }, use) => {
    const variant = makeVariant({ manifest: hosts })
    try {
      const extension = await launch({ extensionDir: variant.folder })
      await withholdSites(extension)
      await use(extension)
    } finally {
      variant.remove()
    }
  },
})

async function openForum(extension: Chromium, address: string): Promise<Page> {
  const page = await extension.context.newPage()
  await page.goto(address)
  return page
}

/** Everything of ours on a page: attributes, elements, styles on elements. */
function marksOn(page: Page): Promise<number> {
  return page.evaluate(() => {
    const isOurs = (name: string) => name.includes('loulan')
    return [...document.querySelectorAll('*')].filter(
      (element) => [...element.classList].some(isOurs) || element.getAttributeNames().some(isOurs),
    ).length
  })
}

test('before the grant the button says what stands on the page, and nothing comes of it', async ({ extension }) => {
  const page = await openForum(extension, discuz.address())
  const { page: popup } = await openPopupOver(extension, page)
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(discuz.topic.title)
  await expect(popup.locator('dl')).toHaveText(/本页楼数\s*20\s*篇幅/)
  await expect(popup.getByText('当前是第 1 页，共 3 页')).toBeVisible()
  await expect(popup.getByText('认出这是 Discuz! 的帖子页')).toBeVisible()
  await expect(popup.getByRole('link', { name: '文档 0' })).toHaveAttribute('href', 'https://docs.example.net/0')
  await expect(popup.getByText('阅读辅助', { exact: true })).toHaveCount(0)
  await popup.locator('.longest-posts button').first().click()
  await expect(popup.getByText('许可这个网站以后，才能在页面里跳到这一楼。')).toBeVisible()
  expect(await marksOn(page)).toBe(0)
  const kept = await readTable<{ site: string }>(extension, 'threads')
  expect(kept.filter(({ site }) => site === 'discuz')).toEqual([])
  await popup.close()
  await page.close()
})

test('one page is kept when asked for, and read without the forum', async ({ extension, forum }) => {
  const page = await openForum(extension, phpbb3.address(2))
  const { page: popup } = await openPopupOver(extension, page)
  const reader = await opened(extension, () => popup.getByRole('button', { name: '只收下这一页来读' }).click())
  await forum.stop()
  await expect(reader.getByRole('heading', { level: 1 })).toHaveText(phpbb3.topic.title)
  await expect(reader.getByText(phpbb3.topic.posts[20]!.paragraphs[0]!).first()).toBeVisible()
  for (const each of [reader, popup, page]) await each.close()
})

test('a no leaves everything as it was', async ({ withheld }) => {
  const page = await openForum(withheld, discuz.address())
  const { page: popup, asked } = await openPopupOver(withheld, page, 'no')
  await popup.getByRole('button', { name: '许可这个网站' }).click()
  await expect(popup.getByText('没有得到许可，一切照旧。')).toBeVisible()
  expect(asked).toEqual([patternOf(discuz.host)])
  expect(await marksOn(page)).toBe(0)
})

test('granted, the page gets the aids at once, and the pages after it too; other pages get nothing', async ({
  withheld,
}) => {
  const page = await openForum(withheld, discuz.address())
  const other = await openForum(withheld, phpbb3.address())
  const { page: popup, asked } = await openPopupOver(withheld, page)
  await popup.getByRole('button', { name: '许可这个网站' }).click()
  await expect(popup.getByText('阅读辅助', { exact: true })).toBeVisible()
  await expect(popup.getByRole('button', { name: '许可这个网站' })).toHaveCount(0)
  expect(asked).toEqual([patternOf(discuz.host)])
  await expect(page.locator('.loulan-length')).toContainText('本页 20 楼')
  await expect(page.locator('.loulan-collapse-long-posts-button').first()).toBeVisible()
  await waitForThread(withheld, DISCUZ_KEY, 20)
  await page.goto(discuz.address(2))
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  await waitForThread(withheld, DISCUZ_KEY, 40)
  expect(await marksOn(other)).toBe(0)
  await page.goto(discuz.boardAddress)
  await expect(page.locator('#threadlist')).toBeVisible()
  expect(await marksOn(page)).toBe(0)

  const options = await openOwnPage(withheld, 'options.html')
  const site = options.getByRole('list', { name: '可以使用楼览的网站' }).getByRole('listitem')
  await expect(site).toHaveCount(2)
  await expect(site.nth(0)).toContainText('北大未名BBS')
  await expect(site.nth(1)).toContainText(new RegExp(`${discuz.host}.*Discuz!.*${new Date().getFullYear()}`, 's'))
})

test('granted or taken back in the browser’s own settings, the page follows without a reload', async ({ withheld }) => {
  const page = await openForum(withheld, discuz.address())
  await allowSite(withheld, patternOf(discuz.host))
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  await waitForThread(withheld, DISCUZ_KEY, 20)
  await withdrawSite(withheld, patternOf(discuz.host))
  await expect(page.locator('.loulan-length')).toHaveCount(0)
  expect(await marksOn(page)).toBe(0)
  await page.goto(discuz.address(2))
  await expect(page.locator('#postlist')).toBeVisible()
  expect(await marksOn(page)).toBe(0)
  expect(await readTable(withheld, 'threads')).toMatchObject([{ key: DISCUZ_KEY, postCount: 20 }])
  const worker = await withheld.serviceWorker()
  expect(await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).toEqual([])
  expect(Object.keys(await worker.evaluate(() => chrome.storage.local.get(null)))).not.toContain(
    `site:${patternOf(discuz.host)}`,
  )
  await allowSite(withheld, patternOf(discuz.host))
  await expect(page.locator('.loulan-length')).toHaveCount(1)
})

test('the options revoke a site, and ask anew to take that back', async ({ launch }) => {
  const variant = makeVariant({ manifest: hosts })
  try {
    const extension = await launch({ extensionDir: variant.folder })
    // What was granted stays so when the manifest only offers it: as if the reader had been asked.
    const path = join(variant.folder, 'manifest.json')
    const manifest = JSON.parse(readFileSync(path, 'utf8')) as { host_permissions: string[] }
    manifest.host_permissions = manifest.host_permissions.filter((pattern) => !pattern.includes('forum.example'))
    writeFileSync(path, JSON.stringify(manifest))
    await reloadExtension(extension)
    const { page: options, asked } = await openAnswering(extension, 'options.html', 'no')
    const sites = options.getByRole('list', { name: '可以使用楼览的网站' }).getByRole('listitem')
    await expect(sites).toHaveCount(1 + engineForums.length)
    const page = await openForum(extension, discuz.address())
    await expect(page.locator('.loulan-length')).toHaveCount(1)
    await options.bringToFront()
    await options.getByRole('button', { name: `撤销 ${discuz.host} 的许可` }).click()
    await expect(sites).toHaveCount(engineForums.length)
    await expect(page.locator('.loulan-length')).toHaveCount(0)
    await options.getByRole('button', { name: '重新许可' }).click()
    await expect(options.getByText('没有得到许可，一切照旧。')).toBeVisible()
    expect(asked).toEqual([patternOf(discuz.host)])
  } finally {
    variant.remove()
  }
})

test('over a page that does not answer, the popup says so and can be asked again', async ({ extension }) => {
  const page = await openForum(extension, discuz.address())
  // A dialog stops the page until it is answered; without a listener it would be answered at once.
  let answer: () => Promise<void> = () => Promise.resolve()
  const shown = new Promise<void>((resolve) =>
    page.once('dialog', (dialog) => {
      answer = () => dialog.accept()
      resolve()
    }),
  )
  const { page: popup } = await openPopupOver(extension, page)
  await page.evaluate(() => void setTimeout(() => alert('?')))
  await shown
  await popup.reload()
  await expect(popup.getByText('没有得到这个页面的回音')).toBeVisible()
  await answer()
  await popup.getByRole('button', { name: '再试一次' }).click()
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText(discuz.topic.title)
  await popup.close()
  await page.close()
})

test('posts that a page draws late get the aids too', async ({ withheld }) => {
  await allowSite(withheld, patternOf(discourse.host))
  const page = await openForum(withheld, discourse.address())
  await expect(page.locator('article[data-post-id]')).toHaveCount(20)
  await expect(page.locator('.loulan-length').first()).toContainText('本页 20 楼')
  await waitForThread(withheld, `discourse/${discourse.host}/${discourse.topic.id}`, 20)
})

test('a post’s permalink is copied as on PKU BBS', async ({ withheld }) => {
  await allowSite(withheld, patternOf(discuz.host))
  const page = await openForum(withheld, discuz.address())
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  const { id } = discuz.topic.posts[7]!
  await page.locator(`#post_${id}`).evaluate((post) => post.scrollIntoView())
  const worker = await withheld.serviceWorker()
  await worker.evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    const { onCommand } = chrome.commands as unknown as { onCommand: { dispatch: (...values: unknown[]) => void } }
    onCommand.dispatch('copy-post', tab)
  })
  await page.locator('[data-loulan="notice"]').waitFor({ state: 'attached' })
  const reader = await openOwnPage(withheld, 'options.html')
  const link = `https://${discuz.host}/forum.php?mod=redirect&goto=findpost&ptid=${discuz.topic.id}&pid=${id}`
  expect(await readClipboardText(withheld, reader)).toBe(link)
})
