import type { Page } from '@playwright/test'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Chromium } from '../browsers/chromium.ts'
import { expectSeed, NO_DUMP, NO_DUMP_SENTENCE, SEED, SEED_URL } from './dumps.ts'
import { makeVariant, opened, openPopup, plantNewerDatabase } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

/** A dump in a tab: the bar over a text file, the popup where there is none, and what the reader selected. */

test.describe('in a tab that shows a text file', () => {
  test('a bar offers to open a dump of the forum’s host', async ({ page, extension }) => {
    await page.goto(SEED_URL)
    const offer = await offerOf(extension, page)
    expect(await offer.words()).toContain('这是一份帖子文本。要当作帖子打开吗？')
    const reader = await opened(extension, () => offer.click('打开为帖子'))
    await expect.poll(offer.words).toContain('已在新标签页打开。')
    await expectSeed(reader)
    expect(await page.evaluate(() => document.body.innerText)).toBe(SEED)
  })

  test('the bar works by keyboard, also with the worker stopped', async ({ page, extension }) => {
    await page.goto(SEED_URL)
    const offer = await offerOf(extension, page)
    await extension.stopServiceWorker()
    await page.bringToFront()
    await page.keyboard.press('Tab')
    expect(await offer.focused()).toBe('打开为帖子')
    await expectSeed(await opened(extension, () => page.keyboard.press('Enter')))
  })

  test('the bar goes when it is not wanted', async ({ page, extension }) => {
    await page.goto(SEED_URL)
    await (await offerOf(extension, page)).click('不用')
    await expect(page.locator('loulan-offer')).toHaveCount(0)
  })

  test('a GB18030 file is read as the browser shows it', async ({ page, extension }) => {
    await page.goto(`${SEED_URL}?charset=gb18030`)
    const offer = await offerOf(extension, page)
    await expectSeed(await opened(extension, () => offer.click('打开为帖子')))
  })

  test('what only looks like a dump gets one sentence with the line', async ({ page, extension }) => {
    await page.route('**/files/odd.txt', (route) =>
      route.fulfill({ contentType: 'text/plain; charset=utf-8', body: `说明\n#p 1 ada 2024-02-30 10:00:00\n正文\n` }),
    )
    await page.goto('https://bbs.pku.edu.cn/files/odd.txt')
    const offer = await offerOf(extension, page)
    await offer.click('打开为帖子')
    await expect.poll(offer.words).toContain('这不是帖子文本：第 1 行起没有 #t 或 #p 开头的帖子行。')
  })

  test('other texts and pages get no bar', async ({ page }) => {
    for (const [type, body] of [
      ['text/plain', NO_DUMP],
      ['text/html', `<pre>${SEED}</pre>`],
    ] as const) {
      await page.route('**/files/other.txt', (route) => route.fulfill({ contentType: `${type}; charset=utf-8`, body }))
      await page.goto('https://bbs.pku.edu.cn/files/other.txt')
      await page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)))
      await expect(page.locator('loulan-offer')).toHaveCount(0)
      await page.unroute('**/files/other.txt')
    }
  })

  test('a file of this computer gets the bar where the browser allows files', async ({ page, extension }) => {
    const folder = mkdtempSync(join(tmpdir(), 'loulan-file-'))
    try {
      writeFileSync(join(folder, 'dump.txt'), SEED)
      await page.goto(pathToFileURL(join(folder, 'dump.txt')).href)
      const offer = await offerOf(extension, page)
      await expectSeed(await opened(extension, () => offer.click('打开为帖子')))
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('an archive that cannot be opened is explained in the bar', async ({ launch }) => {
    const browser = await launch()
    await plantNewerDatabase(browser)
    const page = await browser.context.newPage()
    await page.goto(SEED_URL)
    const offer = await offerOf(browser, page)
    await offer.click('打开为帖子')
    await expect.poll(offer.words).toContain('书架是由更新版本的楼览写的，请先更新扩展。')
  })

  test('on any other host the popup offers it, once it may look at the tab', async ({ launch }) => {
    // What the click on the toolbar button grants for the one tab, and no test can click on.
    const { folder, remove } = makeVariant({ manifest: { host_permissions: ['https://files.example/*'] } })
    try {
      const browser = await launch({ extensionDir: folder })
      const page = await browser.context.newPage()
      await page.goto(SEED_URL.replace('bbs.pku.edu.cn', 'files.example'))
      await expect(page.locator('loulan-offer')).toHaveCount(0)
      const popup = await openPopup(browser, page)
      await expect(popup.getByText('这个标签页是一份帖子文本')).toBeVisible()
      await expectSeed(await opened(browser, () => popup.getByRole('button', { name: '打开为帖子' }).click()))
      await page.goto('https://files.example/other')
      await popup.reload()
      await popup.getByText('最近读过').waitFor()
      await expect(popup.getByText('这个标签页是一份帖子文本')).toHaveCount(0)
    } finally {
      remove()
    }
  })
})

interface OfferBar {
  words: () => Promise<string>
  click: (button: string) => Promise<void>
  focused: () => Promise<string | undefined>
}

/** The bar stands in a closed shadow tree, which only the browser's own accessibility tree shows to a test. */
async function offerOf(extension: Chromium, page: Page): Promise<OfferBar> {
  await page.locator('loulan-offer').waitFor({ state: 'attached' })
  const session = await extension.context.newCDPSession(page)
  const nodes = async () => (await session.send('Accessibility.getFullAXTree')).nodes
  const named = (all: Awaited<ReturnType<typeof nodes>>, role: string) =>
    all.filter((node) => node.role?.value === role).map((node) => ({ ...node, words: String(node.name?.value ?? '') }))
  return {
    words: async () =>
      named(await nodes(), 'StaticText')
        .map(({ words }) => words)
        .slice(-3)
        .join('|'),
    async click(button) {
      const found = named(await nodes(), 'button').find(({ words }) => words === button)
      const { model } = await session.send('DOM.getBoxModel', { backendNodeId: found!.backendDOMNodeId! })
      const [x, y] = model.content
      await page.mouse.click(x! + model.width / 2, y! + model.height / 2)
    },
    focused: async () =>
      named(await nodes(), 'button').find(({ properties }) =>
        properties?.some(({ name, value }) => name === 'focused' && value.value === true),
      )?.words,
  }
}

test.describe('from a selection', () => {
  /** Does what the browser does when the menu's item is clicked: Playwright cannot open its menus. */
  async function openSelection(extension: Chromium, page: Page): Promise<void> {
    await page.bringToFront()
    const selectionText = await page.evaluate(() => String(getSelection()).replace(/\s+/g, ' '))
    await (
      await extension.serviceWorker()
    ).evaluate(async (text) => {
      const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true })
      const { onClicked } = chrome.contextMenus as unknown as {
        onClicked: { dispatch: (...values: unknown[]) => void }
      }
      onClicked.dispatch({ menuItemId: 'open-selection', selectionText: text, frameId: 0, editable: false }, tab)
    }, selectionText)
  }

  async function select(page: Page, html: string): Promise<void> {
    await page.goto('https://bbs.pku.edu.cn/v2/home.php')
    await page.evaluate((markup) => {
      document.body.innerHTML = markup
      getSelection()!.selectAllChildren(document.body)
    }, html)
  }

  test('a selected dump opens as a thread', async ({ page, extension }) => {
    await select(page, `<pre>${SEED}</pre>`)
    await expectSeed(await opened(extension, () => openSelection(extension, page)))
  })

  test('what is selected and is no dump: the library says why', async ({ page, extension }) => {
    await select(page, '<p>今天天气很好。</p>')
    const library = await opened(extension, () => openSelection(extension, page))
    await expect(library.getByText('这段文字没能当作帖子打开')).toBeVisible()
    await expect(library.getByText(NO_DUMP_SENTENCE)).toBeVisible()
    await library.close()
  })

  test('the menu’s item stands after the installation', async ({ extension }) => {
    const worker = await extension.serviceWorker()
    await expect
      .poll(() =>
        worker.evaluate(() =>
          chrome.contextMenus.update('open-selection', {}).then(
            () => true,
            () => false,
          ),
        ),
      )
      .toBe(true)
  })
})
