import type { Page, Worker } from '@playwright/test'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { readTable, waitForThread } from './archive.ts'
import type { Chromium } from '../browsers/chromium.ts'
import { requestForum } from '../forum/client.ts'
import type { Forum } from '../forum/forum.ts'
import { expect, LONG_THREAD, openThread, test, threadUrl } from './fixtures.ts'
import { clickMenu, pressKey } from './menus.ts'

/** Clean links on the live page, and every way of copying them, read back from the clipboard. */

const FIRST = LONG_THREAD.posts[0]!.id
const THREAD_URL = `https://bbs.pku.edu.cn/v2/post-read.php?bid=${LONG_THREAD.board.id}&threadid=${LONG_THREAD.id}`
const PERMALINK = `${THREAD_URL}&page=a&postid=${FIRST}#${FIRST}`
const body = (page: Page) => page.locator('.post-card').first().locator('.body')

/** Opens the thread with raw markup at the start of its first post, as a forum's own editor can write it. */
async function openWith(
  page: Page,
  forum: Forum,
  markup: string,
  url = threadUrl(LONG_THREAD),
  headers: Record<string, string> = {},
): Promise<void> {
  const { text } = await requestForum(forum.port, forum.certificate, new URL(url).pathname + new URL(url).search)
  const html = text.replace(/(class="body[^"]*"[^>]*>)/, (start) => start + markup)
  await page.route(url, (route) =>
    route.fulfill({ headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: html }),
  )
  await page.goto(url)
  await page.locator('.loulan-length').waitFor()
}

interface Clipboard {
  text: string
  html: string
}

/** What the clipboard holds, read on a page of the extension beside the one that copied. */
async function readClipboard(extension: Chromium): Promise<Clipboard> {
  const reader = await extension.context.newPage()
  try {
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await reader.goto('https://bbs.pku.edu.cn/v2/home.php')
    await reader.bringToFront()
    return await reader.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const read = async (type: string) => (item?.types.includes(type) ? (await item.getType(type)).text() : '')
      return { text: await read('text/plain'), html: await read('text/html') }
    })
  } finally {
    await reader.close()
  }
}

/** The clipboard once the page has said that something was copied. */
async function copied(extension: Chromium, page: Page): Promise<Clipboard> {
  await page.locator('loulan-notice').waitFor({ state: 'attached' })
  await page.waitForTimeout(150)
  return readClipboard(extension)
}

function store(worker: Worker, values: Record<string, unknown>): Promise<void> {
  return worker.evaluate((stored) => chrome.storage.local.set(stored), values)
}

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
})

const MARKUP = [
  '<a id="jump" href="jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fid%3D1%26utm_source%3Dbbs">这里</a>',
  '<a id="tracked" href="https://example.org/a?id=7&amp;utm_source=x&amp;spm=1">文章</a>',
  '<a id="short" href="http://t.cn/A6abcdef">短链接</a>',
  '<a id="trap" href="jump-to.php?url=https%3A%2F%2Fevil.example%2F">https://www.bank.com/login</a>',
  '<a id="credentials" href="https://bank.com@evil.example/">银行</a>',
  '<a id="mixed" href="https://аpple.com/">苹果</a>',
  '<a id="punycode" href="https://xn--80ak6aa92e.com/">另一个</a>',
  '<a id="own" href="post-read.php?bid=22&amp;threadid=17625528">http://www.bdwm.net/v2/</a>',
  '<a id="script" href="javascript:void(0)">https://bank.com</a>',
  '<a id="mail" href="mailto:a@example.org">写信</a>',
].join(' ')

test('links are clean, and say what was done to them', async ({ page, forum }) => {
  await openWith(page, forum, MARKUP)
  const jump = page.locator('#jump')
  await expect(jump).toHaveAttribute('href', 'https://news.example/a?id=1')
  await expect(jump).toHaveAttribute(
    'title',
    [
      '原链接：jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fid%3D1%26utm_source%3Dbbs',
      '现在指向：https://news.example/a?id=1',
      '去掉了跳转页：bbs.pku.edu.cn',
      '去掉了跟踪参数：utm_source',
    ].join('\n'),
  )
  await expect(page.locator('#tracked')).toHaveAttribute('href', 'https://example.org/a?id=7')
  await expect(page.locator('#tracked')).toHaveAttribute('title', /去掉了跟踪参数：utm_source, spm$/)
  const next = (id: string) => page.locator(`#${id} + [data-loulan]`)
  await expect(next('jump')).toHaveText('news.example')
  await expect(next('short')).toHaveText('目标不明')
  await expect(next('short')).toHaveAttribute('title', /短链接/)
  await expect(next('trap')).toHaveText('实为 evil.example')
  await expect(next('credentials')).toHaveText('实为 evil.example')
  await expect(next('mixed')).toHaveText('混用字母')
  await expect(next('punycode')).toHaveText('编码域名')
  for (const id of ['tracked', 'own', 'script', 'mail']) await expect(next(id)).toHaveCount(0)
  await expect(page.locator('#script')).toHaveAttribute('href', 'javascript:void(0)')
  await expect(page.locator('#mail')).toHaveAttribute('href', 'mailto:a@example.org')
})

test('the forum’s own controls keep their parameters', async ({ page }) => {
  await openThread(page, LONG_THREAD)
  const outside = await page
    .locator('.post-card a[href]')
    .evaluateAll((links) => links.filter((link) => !link.closest('.body')).map((link) => link.outerHTML))
  expect(outside.length).toBeGreaterThan(10)
  expect(outside.join()).not.toContain('data-loulan')
})

test('switched off, every link is as the site made it', async ({ page, extension, forum }) => {
  const worker = await extension.serviceWorker()
  const html = () => body(page).evaluate((element) => element.outerHTML)
  await store(worker, { 'aid:unwrap-links': { enabled: false, options: {} } })
  await openWith(page, forum, MARKUP)
  const untouched = await html()
  expect(untouched).toContain('jump-to.php?url=')
  await store(worker, { 'aid:unwrap-links': { enabled: true, options: {} } })
  await expect(page.locator('#jump')).toHaveAttribute('href', 'https://news.example/a?id=1')
  await store(worker, { 'aid:unwrap-links': { enabled: false, options: {} } })
  await expect(page.locator('#jump')).toHaveAttribute('href', /jump-to/)
  expect(await html()).toBe(untouched)
})

test('the reader’s own rules work at once, and go without a trace', async ({ page, extension, forum }) => {
  const worker = await extension.serviceWorker()
  await openWith(
    page,
    forum,
    '<a id="own-rule" href="https://go.example.net/out?to=https%3A%2F%2Fexample.org%2Fb">规则</a>' +
      '<a id="own-name" href="https://example.org/?x=1&amp;from_bbs=2">参数</a>' +
      '<a id="partner" href="https://redirect.viglink.com/?u=https%3A%2F%2Fshop.example%2F1">商店</a>',
  )
  const before = await body(page).evaluate((element) => element.outerHTML)
  await expect(page.locator('#partner + [data-loulan]')).toHaveText('推广链接')
  await store(worker, {
    'link-rules': [
      { kind: 'redirector', host: 'go.example.net', path: '/out', parameter: 'to' },
      { kind: 'parameter', name: 'from_bbs' },
      { kind: 'nonsense' },
    ],
    'setting:unwrapAffiliates': true,
  })
  await expect(page.locator('#own-rule')).toHaveAttribute('href', 'https://example.org/b')
  await expect(page.locator('#own-name')).toHaveAttribute('href', 'https://example.org/?x=1')
  await expect(page.locator('#partner')).toHaveAttribute('href', 'https://shop.example/1')
  await worker.evaluate(() => chrome.storage.local.clear())
  await expect(page.locator('#own-rule')).toHaveAttribute('href', /go\.example\.net/)
  expect(await body(page).evaluate((element) => element.outerHTML)).toBe(before)
})

test('copies the clean address of a link', async ({ page, extension, forum }) => {
  await openWith(page, forum, MARKUP)
  const linkUrl = 'https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fid%3D1%26utm_source%3Dbbs'
  await clickMenu(extension, 'copy-link', { linkUrl })
  expect(await copied(extension, page)).toEqual({ text: 'https://news.example/a?id=1', html: '' })
})

test('copies a link as Markdown, with the words of the very link that was clicked', async ({
  page,
  extension,
  forum,
}) => {
  await openWith(
    page,
    forum,
    '<a href="https://example.org/x">第一处</a> <a id="second" href="https://example.org/x">第 [二] 处</a>',
  )
  await page.locator('#second').click({ button: 'right' })
  await clickMenu(extension, 'copy-link-markdown', { linkUrl: 'https://example.org/x' })
  expect((await copied(extension, page)).text).toBe('[第 \\[二\\] 处](https://example.org/x)')
})

test('copies the address of the page, by menu and by key', async ({ page, extension }) => {
  await openThread(page, LONG_THREAD)
  await page.evaluate(() => history.replaceState(null, '', `${location.href}&utm_source=wechat&from=groupmessage`))
  await clickMenu(extension, 'copy-page')
  expect((await copied(extension, page)).text).toBe(THREAD_URL)
  await page.bringToFront()
  await pressKey(extension, 'copy-page-markdown')
  await expect.poll(async () => (await readClipboard(extension)).text).toMatch(/^\[.+\]\(https:\/\/bbs\.pku\.edu\.cn/)
})

test('copies a permalink of the post that was clicked', async ({ page, extension }) => {
  await openThread(page, LONG_THREAD)
  const post = LONG_THREAD.posts[2]!.id
  await page.locator(`.post-card[data-postid="${post}"] .body p`).first().click({ button: 'right' })
  await clickMenu(extension, 'copy-post')
  expect((await copied(extension, page)).text).toBe(`${THREAD_URL}&page=a&postid=${post}#${post}`)
})

test('a page cannot choose the post by an event of its own making', async ({ page, extension }) => {
  await openThread(page, LONG_THREAD)
  await page.locator('.post-card .body p').first().click({ button: 'right' })
  await page.locator('.post-card').nth(4).dispatchEvent('contextmenu')
  await clickMenu(extension, 'copy-post')
  expect((await copied(extension, page)).text).toBe(PERMALINK)
})

test('copies a permalink of the post in view by key, and a focused link', async ({ page, extension, forum }) => {
  await openWith(page, forum, MARKUP)
  const post = LONG_THREAD.posts[5]!.id
  await page.locator(`.post-card[data-postid="${post}"]`).evaluate((element) => element.scrollIntoView())
  await pressKey(extension, 'copy-post')
  expect((await copied(extension, page)).text).toBe(`${THREAD_URL}&page=a&postid=${post}#${post}`)
  await page.bringToFront()
  await page.locator('#tracked').focus()
  await pressKey(extension, 'copy-link')
  await expect.poll(async () => (await readClipboard(extension)).text).toBe('https://example.org/a?id=7')
})

test('copies a selection as Markdown and as rich text, with clean links', async ({ page, extension, forum }) => {
  await openWith(
    page,
    forum,
    '<p id="words">见 <b>粗 体</b> 与 <a href="jump-to.php?url=https%3A%2F%2Fnews.example%2F1">这里</a>。</p>',
  )
  await page.locator('#words').evaluate((element) => getSelection()!.selectAllChildren(element))
  await clickMenu(extension, 'copy-selection', { selectionText: '见 粗 体 与 这里。' })
  const { text, html } = await copied(extension, page)
  expect(text).toBe('见 **粗 体** 与 [这里](https://news.example/1)。')
  expect(html).toContain('<a href="https://news.example/1">这里</a>')
  expect(html).toMatch(/<b[^>]*>粗 体<\/b>/)
  expect(html).not.toContain('loulan')
})

test('a part of a link that is selected is copied as the link', async ({ page, extension, forum }) => {
  await openWith(page, forum, '<a id="part" href="jump-to.php?url=https%3A%2F%2Fnews.example%2F1">很长的文字</a>')
  await page
    .locator('#part')
    .evaluate((element) => getSelection()!.setBaseAndExtent(element.firstChild!, 1, element.firstChild!, 3))
  await pressKey(extension, 'copy-selection')
  expect((await copied(extension, page)).text).toBe('[长的](https://news.example/1)')
})

test('copies where the page forbids the modern way, past its own copy listeners', async ({
  page,
  extension,
  forum,
}) => {
  await openWith(page, forum, '', threadUrl(LONG_THREAD), { 'Permissions-Policy': 'clipboard-write=()' })
  expect(await page.evaluate(() => navigator.clipboard.writeText('x').catch((error: Error) => error.name))).toBe(
    'NotAllowedError',
  )
  await page.evaluate(() => {
    document.addEventListener('copy', (event) => event.clipboardData!.setData('text/plain', 'hijacked'))
    getSelection()!.selectAllChildren(document.querySelector('.body p')!)
  })
  await pressKey(extension, 'copy-post')
  expect((await copied(extension, page)).text).toBe(PERMALINK)
  await page.bringToFront()
  await clickMenu(extension, 'copy-selection')
  await expect.poll(async () => (await readClipboard(extension)).html).not.toBe('')
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

test('one thread by any of its addresses is one entry', async ({ page, extension }) => {
  const query = `bid=${LONG_THREAD.board.id}&threadid=${LONG_THREAD.id}`
  for (const address of [
    `https://bbs.pku.edu.cn/v2/post-read.php?${query}`,
    `http://bbs.pku.edu.cn/v2/post-read.php?${query}&page=2`,
    `https://www.bdwm.net/v2/post-read.php?${query}&utm_source=wechat`,
    `http://bdwm.net/v2/post-read.php?threadid=${LONG_THREAD.id}&bid=${LONG_THREAD.board.id}&from=timeline#${FIRST}`,
    PERMALINK,
  ]) {
    await page.goto(address)
    await page.locator('.loulan-length').waitFor()
    await page.waitForTimeout(300)
  }
  await waitForThread(extension, `pku-bbs/bbs.pku.edu.cn/${LONG_THREAD.board.id}/${LONG_THREAD.id}`, 20)
  const threads = await readTable<{ key: string }>(extension, 'threads')
  expect(threads.filter(({ key }) => key.endsWith(`/${LONG_THREAD.id}`))).toHaveLength(1)
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

test('rules of one’s own: added, refused with the reason, exported and imported', async ({ page, extension }) => {
  await page.goto(extension.extensionUrl('/options.html'))
  await page.getByText('添加规则').first().click()
  await page.getByLabel('主机').fill('Go.Example.net')
  await page.getByLabel('路径').fill('/out')
  await page.getByLabel('装着目标网址的参数').fill('to')
  const add = page.getByRole('button', { name: '添加规则' })
  await add.click()
  const rules = page.getByRole('list', { name: '已有的规则' }).getByRole('listitem')
  await expect(rules).toHaveText([/跳转页 go\.example\.net\/out，目标在 to/])
  await page.getByLabel('主机').fill('login.example.net')
  await page.getByLabel('装着目标网址的参数').fill('to')
  await add.click()
  await expect(page.getByText('这是登录或支付的地址，不当作跳转页。')).toBeVisible()
  await page.getByLabel('种类').selectOption('parameter')
  await page.getByLabel('主机').fill('')
  await page.getByLabel('参数名').fill('id')
  await add.click()
  await expect(page.getByText('这个参数名在很多网站上有用处，请写明主机。')).toBeVisible()
  await expect(rules).toHaveCount(1)
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByText('导出规则').click()])
  const path = await download.path()
  await page.getByRole('button', { name: /^删除规则/ }).click()
  await expect(page.getByText('还没有自己的规则。')).toBeVisible()
  const file = page.locator('section').filter({ hasText: '导出规则' }).locator('input[type=file]')
  await file.setInputFiles({
    name: 'bad.json',
    mimeType: 'application/json',
    buffer: Buffer.from('[{"kind":"parameter","name":"a b"}]'),
  })
  await expect(page.getByText('没有改动：第 1 条规则——参数名不对。')).toBeVisible()
  await file.setInputFiles(path)
  await expect(rules).toHaveCount(1)
  const stored = await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.get('link-rules'))
  expect(stored).toEqual({
    'link-rules': [{ kind: 'redirector', host: 'go.example.net', path: '/out', parameter: 'to' }],
  })
})

test('suggested keys are set and none clashes', async ({ extension }) => {
  const commands = await (await extension.serviceWorker()).evaluate(() => chrome.commands.getAll())
  const own = commands.filter(({ name }) => !name?.startsWith('_'))
  expect(own.filter(({ shortcut }) => shortcut).map(({ name }) => name)).toEqual([
    ...['copy-page', 'copy-post', 'copy-selection', 'save-thread'],
  ])
  expect(own.every(({ description }) => description)).toBe(true)
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
