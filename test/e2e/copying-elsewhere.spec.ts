import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { waitForThread } from './archive.ts'
import { copied, readClipboard } from './clipboard.ts'
import { expect, LONG_THREAD, openThread, test } from './fixtures.ts'
import { THREAD_URL } from './linked-thread.ts'
import { clickMenu, pressKey } from './menus.ts'

/** Copying on the reader page and on any other, and what the page then says. */

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
})

test('the confirmation takes no focus, is read aloud, and goes', async ({ page, extension }) => {
  await openThread(page, LONG_THREAD)
  await page.locator('.paging-top [data-role=goto-input]').focus()
  await pressKey(extension, 'copy-page')
  const notice = page.locator('loulan-notice')
  await notice.waitFor({ state: 'attached' })
  expect(await page.evaluate(() => document.activeElement?.getAttribute('data-role'))).toBe('goto-input')
  expect(await notice.evaluate((host) => host.shadowRoot)).toBeNull()
  const session = await page.context().newCDPSession(page)
  const spoken = async () => {
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    return nodes
      .filter(({ role }) => role?.value === 'status')
      .map(({ nodeId }) => textBelow(nodes as AxNode[], nodeId))
  }
  await expect.poll(spoken).toContainEqual(expect.stringContaining('已复制本页的干净链接'))
  await expect(notice).toHaveCount(0, { timeout: 4000 })
})

interface AxNode {
  nodeId: string
  childIds?: string[]
  name?: { value?: string }
}

function textBelow(nodes: readonly AxNode[], id: string): string {
  const node = nodes.find(({ nodeId }) => nodeId === id)
  const below = node?.childIds?.map((child) => textBelow(nodes, child)).join(' ') ?? ''
  return `${node?.name?.value ?? ''} ${below}`
}

test('says so where there is nothing to copy', async ({ page, extension }) => {
  await page.goto('https://bbs.pku.edu.cn/v2/home.php')
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.evaluate(() => navigator.clipboard.writeText('before'))
  await pressKey(extension, 'copy-post')
  await page.locator('loulan-notice').waitFor({ state: 'attached' })
  expect((await readClipboard(extension)).text).toBe('before')
})

test('the reader page: copies the thread’s own address and permalinks, and lists all links', async ({
  page,
  extension,
}) => {
  await openThread(page, LONG_THREAD)
  const key = `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`
  await waitForThread(extension, key, 20)
  await page.goto(extension.extensionUrl(`/reader.html#${encodeURIComponent(key)}`))
  await page.locator('#posts .post').first().waitFor()
  await clickMenu(extension, 'copy-page')
  expect((await copied(extension, page)).text).toBe(THREAD_URL)
  await page.bringToFront()
  await expect(page.locator('loulan-notice')).toHaveCount(0)
  await page.locator('#posts .post').nth(1).locator('.post-body').click({ button: 'right' })
  await clickMenu(extension, 'copy-post')
  const second = LONG_THREAD.posts[1]!.id
  expect((await copied(extension, page)).text).toBe(`${THREAD_URL}&page=a&postid=${second}#${second}`)
  await page.bringToFront()
  await page.getByText('本帖的所有链接').click()
  const list = page.locator('.link-list')
  await expect(list.getByRole('link').first()).toBeVisible()
  await list.getByRole('combobox', { name: '复制的格式' }).selectOption('csv')
  await list.getByRole('button', { name: '全部复制' }).click()
  await expect(page.getByText(/已复制 \d+ 个链接。/)).toBeVisible()
  const { text } = await readClipboard(extension)
  const [head, ...rows] = text.trim().split(/\r?\n/)
  expect(head).toBe('网址,文字,所在的楼,原链接,备注')
  expect(rows.length).toBeGreaterThan(0)
  expect(rows.every((row) => /^"?https?:/.test(row))).toBe(true)
})

test('copies on any page, whatever its security policy, and out of a frame', async ({ launch }) => {
  // A real click on a menu grants the right to its page; here it has to stand in the manifest.
  const extensionDir = mkdtempSync(join(tmpdir(), 'loulan-any-page-'))
  cpSync(fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url)), extensionDir, { recursive: true })
  const manifest = join(extensionDir, 'manifest.json')
  const declared = JSON.parse(readFileSync(manifest, 'utf8')) as Record<string, unknown>
  writeFileSync(manifest, JSON.stringify({ ...declared, host_permissions: ['*://*/*'] }))
  const browser = await launch({ extensionDir })
  const page = await browser.context.newPage()
  const headers = {
    'Content-Type': 'text/html; charset=utf-8',
    'Content-Security-Policy': "default-src 'none'; frame-src *",
  }
  await page.route('https://news.example/**', (route) =>
    route.fulfill({ headers, body: '<title>新闻</title><p>文</p><iframe src="https://inner.example/"></iframe>' }),
  )
  await page.route('https://inner.example/', (route) =>
    route.fulfill({
      headers,
      body: '<p id="inner">框里的<a href="https://link.zhihu.com/?target=https%3A//a.example/">字</a></p>',
    }),
  )
  await page.goto('https://news.example/a?id=1&utm_source=x#part')
  await pressKey(browser, 'copy-page-markdown')
  expect((await copied(browser, page)).text).toBe('[新闻](https://news.example/a?id=1#part)')
  await page.bringToFront()
  const inner = page.frames().find((frame) => frame.url() === 'https://inner.example/')!
  await inner.locator('#inner').click({ button: 'right', position: { x: 2, y: 2 } })
  await inner.locator('#inner').evaluate((element) => getSelection()!.selectAllChildren(element))
  const frameId = await (
    await browser.serviceWorker()
  ).evaluate(async () => {
    const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
    const results = await chrome.scripting.executeScript({
      target: { tabId: tab!.id!, allFrames: true },
      func: () => location.host,
    })
    return results.find(({ result }) => result === 'inner.example')!.frameId
  })
  await clickMenu(browser, 'copy-selection', { frameId })
  await inner.locator('loulan-notice').waitFor({ state: 'attached' })
  await page.waitForTimeout(150)
  expect((await readClipboard(browser)).text).toBe('框里的[字](https://a.example/)')
  rmSync(extensionDir, { recursive: true, force: true })
})
