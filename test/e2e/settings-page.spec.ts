import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import { violations } from './axe.ts'
import { clearStorage, openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

/** The settings page: an example of each aid, resets, all settings in a file, and finding one. */

// Whatever another file has left: the samples are of the extension as it is installed.
test.beforeEach(async ({ extension }) => clearStorage(extension))
test.afterEach(async ({ extension }) => clearStorage(extension))

const WIDE = { width: 1280, height: 900 }

const aid = (page: Page, id: string) => page.locator(`#aid-${id}`)
const sample = (page: Page, id: string) => aid(page, id).frameLocator('iframe')
const undo = (page: Page) => page.getByRole('button', { name: '撤销', exact: true })
/** What is stored at the reader's wish; the texts for scripts in pages are stored with each installation. */
const stored = (page: Page) =>
  page.evaluate(async () => {
    const all = await chrome.storage.local.get(null)
    delete all['page-texts']
    return all
  })

async function pick(page: Page, text: string): Promise<void> {
  const input = page.locator('.settings-transfer input[type=file]')
  await input.setInputFiles({ name: 'settings.json', mimeType: 'application/json', buffer: Buffer.from(text) })
}

test('every aid is shown on a sample by the real aid, and a changed option shows at once', async ({ extension }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  const ids = await page.locator('.aid').evaluateAll((all) => all.map(({ id }) => id.replace('aid-', '')))
  expect(ids.length).toBeGreaterThan(8)
  for (const id of ids) {
    await aid(page, id).scrollIntoViewIfNeeded()
    const example = aid(page, id).locator('.aid-example')
    await expect(example, id).toHaveAttribute('data-state', /^(?:seen|unseen|off)$/)
    await expect(sample(page, id).locator('.post').first(), id).toBeVisible()
    // What cannot be seen is told in words.
    if ((await example.getAttribute('data-state')) !== 'seen')
      await expect(example.locator('figcaption'), id).toBeVisible()
  }
  const fold = sample(page, 'collapse-long-posts').locator('.loulan-collapse-long-posts-button')
  await expect(fold).toBeVisible()
  const threshold = aid(page, 'collapse-long-posts').getByRole('spinbutton')
  await threshold.fill('9000')
  await threshold.press('Enter')
  await expect(fold).toHaveCount(0)
  await threshold.fill('300')
  await threshold.press('Enter')
  await expect(fold).toBeVisible()
  await expect(sample(page, 'outline').locator('.loulan-outline')).toBeAttached()
  const length = aid(page, 'length')
  await expect(sample(page, 'length').locator('.loulan-length')).toBeVisible()
  await length.getByRole('switch').click()
  await expect(sample(page, 'length').locator('[class*=loulan]')).toHaveCount(0)
  await expect(length.getByText('这个辅助关着')).toBeVisible()
  // Links of a sample lead nowhere.
  const url = page.url()
  await sample(page, 'unwrap-links').locator('.post-body a').first().click()
  await expect(sample(page, 'unwrap-links').locator('.post').first()).toBeVisible()
  expect(page.url()).toBe(url)
  expect(extension.context.pages().some((each) => each.url().includes('reading.example'))).toBe(false)
  await page.close()
})

test('the sample’s long quote is folded once the aid is on, and its control opens it', async ({ extension }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  const quotes = aid(page, 'quotes')
  await quotes.scrollIntoViewIfNeeded()
  // The last post quotes one of several lines; that one stands above it and is not folded.
  const long = sample(page, 'quotes').locator('.post').last().locator('.post-quote')
  const words = long.locator('p:not([data-loulan])').last()
  const control = long.locator('.loulan-quotes-fold').getByRole('button')
  await expect(control).toHaveText('展开引文')
  await quotes.getByRole('switch').click()
  await expect(control).toHaveCount(0)
  await expect(words).toBeVisible()
  const height = await long.evaluate(({ clientHeight }) => clientHeight)
  await quotes.getByRole('switch').click()
  await expect(control).toHaveAttribute('aria-expanded', 'false')
  await expect(words).toHaveAttribute('hidden', 'until-found')
  expect(await long.evaluate(({ clientHeight }) => clientHeight)).toBeLessThan(height)
  await control.click()
  await expect(control).toHaveText('收起引文')
  await expect(words).not.toHaveAttribute('hidden')
  await expect(words).toBeInViewport()
  // Shorter ones stay as they are.
  await expect(sample(page, 'quotes').locator('.loulan-quotes-fold')).toHaveCount(1)
  await page.close()
})

test('one aid, and all settings, are reset and that is taken back', async ({ extension }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  const threshold = aid(page, 'collapse-long-posts').getByRole('spinbutton')
  const reset = aid(page, 'collapse-long-posts').getByRole('button', { name: '恢复默认：折叠长楼' })
  await threshold.waitFor()
  await expect(reset).toHaveCount(0)
  await threshold.fill('5000')
  await threshold.press('Enter')
  await page.getByRole('switch', { name: '缓存读过的帖子' }).click()
  await expect
    .poll(async () => Object.keys(await stored(page)).sort())
    .toEqual(['aid:collapse-long-posts', 'setting:caching'])
  const before = await stored(page)
  await reset.click()
  await expect(threshold).toHaveValue('1200')
  await expect(undo(page)).toBeFocused()
  await undo(page).press('Enter')
  await expect(threshold).toHaveValue('5000')
  await expect(aid(page, 'collapse-long-posts').getByRole('switch')).toBeFocused()
  await page.getByRole('button', { name: '全部恢复默认' }).click()
  await expect(threshold).toHaveValue('1200')
  await expect(page.getByRole('switch', { name: '缓存读过的帖子' })).toBeChecked()
  await undo(page).click()
  await expect(threshold).toHaveValue('5000')
  expect(await stored(page)).toEqual(before)
  await expect(page.getByRole('button', { name: '全部恢复默认' })).toBeFocused()
  await page.close()
})

test('whatever can be wished goes into a file, and is the same where the file is read', async ({
  extension,
  launch,
}) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  const site = {
    ...{ name: '例子', hosts: ['forum.example'], addresses: ['/t/{id}'] },
    ...{ post: '.post', author: '.author', body: '.body' },
  }
  const wishes = {
    'setting:charactersPerMinute': 700,
    'setting:wordsPerMinute': 300,
    'setting:keepPictures': false,
    'aid:keyboard': { enabled: true, options: { nextPost: 'w' } },
    'aid:outline': { enabled: false, options: { characters: 5000 } },
    'reader-looks': { theme: 'black', textSize: 20 },
    'thread-looks': [['site/host/1', { theme: 'paper' }]],
    'link-rules': [{ kind: 'parameter', name: 'from_forum' }],
    muted: { authors: [{ host: 'bbs.pku.edu.cn', name: '甲' }], words: ['剧透'] },
    'own-sites': [site],
  }
  const others = { 'memory:quotes': ['a/1'], 'site:*://a.example/*': { engine: 'discuz' } }
  await page.evaluate((values) => chrome.storage.local.set(values), { ...wishes, ...others })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出设置' }).click(),
  ])
  const text = readFileSync((await download.path())!, 'utf8')
  await page.close()
  const other = await openOwnPage(await launch(), 'options.html', WIDE)
  await pick(other, text)
  await expect(other.getByText('有 13 项会改，还没有改')).toBeVisible()
  await other.getByRole('button', { name: '导入', exact: true }).click()
  await expect(other.getByLabel('每分钟读多少汉字')).toHaveValue('700')
  await expect(other.getByRole('textbox', { name: '下一楼', exact: true })).toHaveValue('w')
  await expect(other.locator('#mute')).toContainText('剧透')
  await expect(other.locator('#links')).toContainText('from_forum')
  await expect(other.locator('#own-sites')).toContainText('例子')
  const there = await stored(other)
  expect(there).toMatchObject({
    ...wishes,
    'thread-looks': [['site/host/1', expect.objectContaining({ theme: 'paper' })]],
  })
  for (const key of Object.keys(others)) expect(there).not.toHaveProperty(key)
})

test('all settings go into a file and come back from it elsewhere', async ({ extension, launch }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  await aid(page, 'length').getByRole('switch').click()
  const speed = page.getByLabel('每分钟读多少汉字')
  await speed.fill('650')
  await speed.press('Enter')
  await expect.poll(async () => (await stored(page))['setting:charactersPerMinute']).toBe(650)
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: '导出设置' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('loulan-settings.json')
  const text = readFileSync((await download.path())!, 'utf8')
  expect(text).not.toContain('bbs.pku.edu.cn')
  await page.close()
  const other = await openOwnPage(await launch(), 'options.html', WIDE)
  await pick(other, text)
  await expect(other.getByText('有 2 项会改，还没有改')).toBeVisible()
  await expect(other.locator('.judged-report')).toContainText('aids.length.enabled')
  await expect(other.locator('.judged-report')).toBeFocused()
  expect(await stored(other)).toEqual({})
  await other.getByRole('button', { name: '导入', exact: true }).click()
  await expect(aid(other, 'length').getByRole('switch')).not.toBeChecked()
  await expect(other.getByLabel('每分钟读多少汉字')).toHaveValue('650')
  await undo(other).click()
  await expect(aid(other, 'length').getByRole('switch')).toBeChecked()
  expect(await stored(other)).toEqual({})
})

test('what a file has that cannot be used is named; what is no file of settings changes nothing', async ({
  extension,
}) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  await pick(page, '{"format":')
  await expect(page.getByText('这个文件不是 JSON')).toBeVisible()
  await pick(page, '{"format":"loulan-settings","version":7}')
  await expect(page.getByText('这个文件来自更新的版本')).toBeVisible()
  await pick(page, `"${'x'.repeat(1_000_001)}"`)
  await expect(page.getByText('文件太大')).toBeVisible()
  const file = {
    format: 'loulan-settings',
    version: 1,
    settings: { caching: 'no', cacheMegabytes: 300, '<img src=x onerror=alert(1)>': 1 },
    ownSites: [{ name: 'x', script: 'alert(1)' }],
  }
  await pick(page, JSON.stringify(file))
  const report = page.locator('.judged-report')
  await expect(report.getByText('有 1 项会改')).toBeVisible()
  await expect(report.getByText('settings.caching', { exact: true })).toBeVisible()
  await expect(report.getByText('ownSites[1]')).toBeVisible()
  await expect(report.getByText('<img src=x onerror=alert(1)>')).toBeVisible()
  expect(await stored(page)).toEqual({})
  await report.getByRole('button', { name: '取消' }).click()
  await expect(report).toHaveCount(0)
  expect(await stored(page)).toEqual({})
  await pick(page, JSON.stringify(file))
  await report.getByRole('button', { name: '导入其余的' }).click()
  await expect(page.getByLabel('缓存最多占用')).toHaveValue('300')
  await expect(page.getByRole('switch', { name: '缓存读过的帖子' })).toBeChecked()
  await page.close()
})

test('who takes something off a list by keyboard stays there', async ({ extension }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  await page.evaluate(() =>
    chrome.storage.local.set({
      'link-rules': ['a1', 'b2', 'c3'].map((name) => ({ kind: 'parameter', name })),
      muted: { authors: [], words: ['一', '二'] },
    }),
  )
  await page.reload()
  for (const [section, names] of [
    ['#links', ['b2', 'c3', 'a1']],
    ['#mute', ['二', '一']],
  ] as const) {
    const items = page.locator(`${section} li`)
    await expect(items).toHaveCount(section === '#links' ? 3 : 2)
    for (const [index, name] of names.entries()) {
      const button = items.filter({ hasText: name }).getByRole('button')
      if (index === 0) await button.focus()
      await expect(button).toBeFocused()
      await page.keyboard.press('Enter')
      await expect(items.filter({ hasText: name })).toHaveCount(0)
    }
    await expect(page.locator(`${section}:focus-within`)).toHaveCount(1)
  }
  await page.close()
})

test('a setting is found by its words, and the sections by their list', async ({ extension }) => {
  const page = await openOwnPage(extension, 'options.html', WIDE)
  const search = page.getByRole('searchbox', { name: '找设置' })
  await page.locator('.aid').first().waitFor()
  await page.keyboard.press('/')
  await expect(search).toBeFocused()
  await page.keyboard.insertText('折叠 多少字')
  await expect(page.locator('.aid:visible')).toHaveCount(1)
  await expect(page.locator('section.card:visible')).toHaveCount(1)
  await search.fill('没有这个词')
  await expect(page.getByText('没有这样的设置')).toBeVisible()
  await search.press('Escape')
  await expect(page.getByText('没有这样的设置')).toBeHidden()
  const nav = page.getByRole('navigation', { name: '本页各节' })
  const links = await nav.getByRole('link').evaluateAll((all) => all.map((link) => link.getAttribute('href')!))
  const sections = await page.locator('section.card:visible').evaluateAll((all) => all.map(({ id }) => `#${id}`))
  expect(sections).toHaveLength(10)
  expect(links).toEqual(sections)
  for (const link of links) await expect(page.locator(link)).toHaveCount(1)
  await nav.getByRole('link', { name: '离线缓存' }).click()
  await expect(page.locator('#cache')).toBeInViewport()
  await page.close()
})

for (const colorScheme of ['light', 'dark'] as const) {
  test(`axe finds nothing, ${colorScheme}, with examples, a report and something to undo`, async ({ extension }) => {
    const page = await openOwnPage(extension, 'options.html', { width: 320, height: 800 })
    await page.emulateMedia({ colorScheme })
    await aid(page, 'length').locator('summary').click()
    await expect(aid(page, 'length').locator('.aid-example')).toHaveAttribute('data-state', 'seen')
    await pick(page, '{"format":"loulan-settings","version":1,"settings":{"caching":false,"other":1}}')
    await page.locator('.judged-report').waitFor()
    expect(await violations(page)).toEqual([])
    await page.getByRole('button', { name: '导入其余的' }).click()
    await undo(page).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320)
    await page.close()
  })
}
