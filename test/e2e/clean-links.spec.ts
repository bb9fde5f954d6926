import type { Page, Worker } from '@playwright/test'
import { readTable, waitForThread } from './archive.ts'
import { expect, LONG_THREAD, openThread, test } from './fixtures.ts'
import { FIRST, MARKUP, openWith, PERMALINK } from './linked-thread.ts'

/** Links on the live page: clean, marked where they lie, undone without a trace; and one thread at all its addresses. */

const body = (page: Page) => page.locator('.post-card').first().locator('.body')

function store(worker: Worker, values: Record<string, unknown>): Promise<void> {
  return worker.evaluate((stored) => chrome.storage.local.set(stored), values)
}

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
})

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
