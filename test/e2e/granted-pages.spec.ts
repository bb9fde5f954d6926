import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Chromium } from '../browsers/chromium.ts'
import { discourse } from '../forum/engines/discourse.ts'
import { discuz } from '../forum/engines/discuz.ts'
import { waitForThread } from './archive.ts'
import { makeVariant, openOwnPage } from './extension-pages.ts'
import { expect, test as base } from './fixtures.ts'
import { registeredScripts } from './site-permissions.ts'

/** Which scripts stand on the pages of sites that the reader granted: next to nothing, but where a thread is. */

const guide = readFileSync(fileURLToPath(new URL('../../docs/own-sites.md', import.meta.url)), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)![1]!
const TEA = 'https://tea.example.org'

const test = base.extend<{ granted: Chromium }>({
  granted: async ({ launch }, use) => {
    const hosts = [discuz.host, discourse.host, 'tea.example.org']
    const variant = makeVariant({ manifest: { host_permissions: hosts.map((host) => `*://${host}/*`) } })
    try {
      const extension = await launch({ extensionDir: variant.folder })
      await expect.poll(() => registeredScripts(extension)).toContain('forum-sentinel')
      await use(extension)
    } finally {
      variant.remove()
    }
  },
})

/** Opens a page, and gives the names of our scripts as they come into it. */
async function openWatched(extension: Chromium): Promise<{ page: Page; ours: string[] }> {
  const page = await extension.context.newPage()
  const session = await page.context().newCDPSession(page)
  const ours: string[] = []
  session.on('Debugger.scriptParsed', ({ url }) => {
    if (url.startsWith(extension.extensionUrl(''))) ours.push(url.slice(extension.extensionUrl('').length))
  })
  await session.send('Debugger.enable')
  return { page, ours }
}

test('where a thread was read, its kind of page has the engines and all others the sentinel alone', async ({
  granted,
}) => {
  const { page, ours } = await openWatched(granted)
  // Nothing is known of the site yet: the sentinel asks for the engines.
  await page.goto(discuz.address())
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  expect(ours.slice(0, 2)).toEqual(['forum-sentinel.js', 'content-scripts/forum.js'])
  await expect.poll(() => registeredScripts(granted)).toContain(`*://${discuz.host}/*thread-*`)
  ours.length = 0
  await page.goto(discuz.boardAddress)
  await expect(page.locator('#threadlist')).toBeVisible()
  expect(ours).toEqual(['forum-sentinel.js'])
  ours.length = 0
  await page.addInitScript(() => {
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries() as (PerformanceEntry & { value: number })[])
        document.documentElement.dataset['shift'] = String(entry.value)
    }).observe({ type: 'layout-shift', buffered: true })
  })
  await page.goto(discuz.address(2))
  await expect(page.locator('.loulan-length')).toHaveCount(1)
  // The aids came before the first paint.
  expect(
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))),
  ).toBeDefined()
  await expect(page.locator('html')).not.toHaveAttribute('data-shift')
  expect(ours[0]).toBe('content-scripts/forum.js')
  expect(ours).not.toContain('forum-sentinel.js')
})

test('a thread that the page’s own script brings gets the aids', async ({ granted }) => {
  const { page, ours } = await openWatched(granted)
  await page.goto(discourse.boardAddress)
  await expect.poll(() => ours).toEqual(['forum-sentinel.js'])
  await page.evaluate(async (address) => {
    history.pushState(null, '', address)
    const text = await (await fetch(address)).text()
    const { body } = new DOMParser().parseFromString(text, 'text/html')
    for (const element of body.querySelectorAll('noscript')) element.remove()
    document.body.replaceWith(body)
    for (const script of document.querySelectorAll('script')) {
      const again = document.createElement('script')
      again.textContent = script.textContent
      script.replaceWith(again)
    }
  }, discourse.address())
  await expect(page.locator('article[data-post-id]')).toHaveCount(20)
  await expect(page.locator('.loulan-length').first()).toContainText('本页 20 楼')
  await waitForThread(granted, `discourse/${discourse.host}/${discourse.topic.id}`, 20)
})

test('a granted site that is described gets the aids without a reload, and by its own links', async ({ granted }) => {
  const { page, ours } = await openWatched(granted)
  await page.route(`${TEA}/**`, (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!DOCTYPE html><body>${route.request().url().includes('/topic/') ? block('html') : '<h1>Tea</h1>'}`,
    }),
  )
  await page.goto(`${TEA}/topic/42-green?page=2`)
  await expect.poll(() => ours).toEqual(['forum-sentinel.js', 'content-scripts/forum.js'])
  const options = await openOwnPage(granted, 'options.html')
  const section = options.locator('.own-sites')
  await section.getByText('写一个……').click()
  await section.getByLabel('描述（JSON）').fill(block('json'))
  await section.getByRole('button', { name: '添加', exact: true }).click()
  await expect(page.locator('.loulan-length')).toContainText('本页 2 楼')

  await page.goto(`${TEA}/about`)
  await expect(page.locator('h1')).toHaveText('Tea')
  await page.evaluate((html) => {
    history.pushState(null, '', '/topic/43-black')
    document.body.innerHTML = html
  }, block('html'))
  await expect(page.locator('.loulan-length')).toContainText('本页 2 楼')
})
