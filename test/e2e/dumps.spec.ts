import type { Page } from '@playwright/test'
import { readFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Chromium } from '../browsers/chromium.ts'
import { encodeGb18030 } from '../forum/bytes.ts'
import { readTable } from './archive.ts'
import { makeVariant, opened, openOwnPage, openPopup, plantNewerDatabase } from './extension-pages.ts'
import { expect, SEED_FILE, test } from './fixtures.ts'

/** Every way of giving a dump to the extension: pasted, as a file, from a tab, from a selection. */

const SEED = readFileSync(SEED_FILE, 'utf8')
const SEED_NAME = '000_01465295b16f78d9.txt'
const SEED_URL = `https://bbs.pku.edu.cn/files/${SEED_NAME}`
const LAST_WORDS = '太长了，废了半天劲儿才看完。'
const NO_DUMP = '今天天气很好。\n我们去爬山吧。\n'
const NO_DUMP_SENTENCE = '这不是帖子文本：从第 1 行起，没有一行以 #t（帖子）或 #p（楼）开头、后面是编号和时间。'

/** A dump of several threads, with two things that are odd. */
const TWO_THREADS = [
  ...[
    '#t 22 101 ada 2024-01-01 10:00:00 bob 2024-01-01 11:00:00',
    '甲帖',
    '',
    '#p 1001 ada 2024-01-01 10:00:00',
    '甲的正文',
    '',
  ],
  ...['#t 22 102 bob 2024-02-30 10:00:00 bob 2024-02-01 11:00:00'],
  ...[
    '#t 22 102 bob 2024-02-01 10:00:00 bob 2024-02-01 11:00:00',
    '乙帖',
    '',
    '#p 1002 bob 2024-02-01 10:00:00',
    '乙的正文',
    '',
  ],
].join('\n')

const box = (page: Page) => page.getByLabel('打开一份帖子文本')

/** The reader page with the seed's thread on it. */
async function expectSeed(reader: Page): Promise<void> {
  await expect(reader.getByText(LAST_WORDS)).toBeVisible()
  await expect(reader.locator('.loulan-length')).toContainText('6,284 字')
  await reader.close()
}

/** Pastes as the keyboard does: the clipboard's text through the page's own paste event. */
async function paste(extension: Chromium, page: Page, text: string): Promise<void> {
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.bringToFront()
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await box(page).focus()
  await page.keyboard.press('Control+v')
}

test.describe('in the popup', () => {
  test('a pasted dump opens at once', async ({ extension, forum }) => {
    await forum.stop()
    const popup = await openPopup(extension)
    await expectSeed(await opened(extension, () => paste(extension, popup, SEED)))
    await expect(popup.locator('.thread-line a').first()).toContainText('关于持续解决')
    await popup.close()
  })

  test('a dump typed into the box opens by its button', async ({ extension }) => {
    const popup = await openPopup(extension)
    await box(popup).fill(SEED)
    await expectSeed(await opened(extension, () => popup.getByRole('button', { name: '打开', exact: true }).click()))
    await popup.close()
  })

  test('a dump is read though the worker was stopped just before', async ({ extension }) => {
    const popup = await openPopup(extension)
    await popup.getByText('最近读过').waitFor()
    await extension.stopServiceWorker()
    await expectSeed(await opened(extension, () => paste(extension, popup, SEED)))
    await popup.close()
  })

  test('what is pasted and is no dump stays in the box, and one sentence says why', async ({ extension }) => {
    const popup = await openPopup(extension)
    await paste(extension, popup, NO_DUMP)
    await expect(box(popup)).toHaveValue(NO_DUMP)
    await box(popup).press('Control+Enter')
    await expect(popup.getByText(NO_DUMP_SENTENCE)).toHaveCount(1)
    await expect(box(popup)).toHaveValue(NO_DUMP)
    await popup.close()
  })

  test('several threads are listed, with what was odd about them', async ({ extension }) => {
    const popup = await openPopup(extension)
    await box(popup).fill(TWO_THREADS)
    await box(popup).press('Control+Enter')
    await expect(popup.getByText('粘贴的文本：读入 2 个帖子，共 2 楼')).toBeVisible()
    await popup.locator('summary').click()
    await expect(popup.locator('details li').first()).toHaveText(/^第 \d+ 行：/)
    const reader = await opened(extension, () => popup.locator('[aria-live] a', { hasText: '乙帖' }).click())
    await expect(reader.getByText('乙的正文')).toBeVisible()
    await reader.close()
    await popup.close()
  })

  test('chosen and dropped files are read, GB18030 too', async ({ extension }) => {
    const popup = await openPopup(extension)
    const input = popup.locator('input[type=file]')
    const file = (name: string, buffer: Buffer) => ({ name, mimeType: 'text/plain', buffer })
    await expectSeed(await opened(extension, () => input.setInputFiles(SEED_FILE)))
    await expectSeed(await opened(extension, () => input.setInputFiles(file('old.txt', encodeGb18030(SEED)))))
    await expect(popup.getByText('old.txt：读入 1 个帖子，共 2 楼')).toBeVisible()
    await popup.locator('summary').click()
    await expect(popup.getByText('这份文本不是 UTF-8，按 GB18030 读出。')).toBeVisible()
    await input.setInputFiles(file('walk.txt', Buffer.from(NO_DUMP)))
    await expect(popup.getByText('walk.txt：没有可读的帖子')).toBeVisible()
    await expect(popup.getByText(NO_DUMP_SENTENCE)).toBeVisible()
    await expectSeed(await opened(extension, () => drop(popup, '.dump-box', SEED_NAME, SEED)))
    await popup.close()
  })

  test('the clipboard is read by its button, with the permission', async ({ launch }) => {
    const { folder, remove } = makeVariant({
      manifest: { permissions: ['clipboardRead'], optional_permissions: undefined },
    })
    try {
      const browser = await launch({ extensionDir: folder })
      const popup = await openPopup(browser)
      const button = popup.getByRole('button', { name: '读取剪贴板' })
      await popup.evaluate((value) => navigator.clipboard.writeText(value), SEED)
      await expectSeed(await opened(browser, () => button.click()))
      await popup.bringToFront()
      await popup.evaluate(() => navigator.clipboard.writeText(' '))
      await button.click()
      await expect(popup.getByText('剪贴板里没有文字。')).toBeVisible()
    } finally {
      remove()
    }
  })
})

/** Drops a file on an element, as a drag from the desktop does. */
async function drop(page: Page, target: string, name: string, text: string): Promise<void> {
  const data = await page.evaluateHandle(
    ([fileName, value]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([value], fileName, { type: 'text/plain' }))
      return transfer
    },
    [name, text] as const,
  )
  await page.dispatchEvent(target, 'dragover', { dataTransfer: data })
  await page.dispatchEvent(target, 'drop', { dataTransfer: data })
}

test.describe('in the library', () => {
  test('files are imported and listed', async ({ extension }) => {
    const library = await openOwnPage(extension, 'library.html')
    await library
      .getByLabel('选择文件', { exact: true })
      .and(library.locator('input'))
      .setInputFiles([
        { name: 'two.txt', mimeType: 'text/plain', buffer: Buffer.from(TWO_THREADS) },
        { name: 'walk.txt', mimeType: 'text/plain', buffer: Buffer.from(NO_DUMP) },
      ])
    await expect(library.getByText('two.txt：读入 2 个帖子，共 2 楼')).toBeVisible()
    await expect(library.getByText('walk.txt：没有可读的帖子')).toBeVisible()
    await expect(library.locator('.thread-line a', { hasText: '甲帖' })).toBeVisible()
    await drop(library, '.drop', SEED_NAME, SEED)
    await expect(library.getByText(`${SEED_NAME}：读入 1 个帖子，共 2 楼`)).toBeVisible()
    await library.close()
  })

  for (const [code, sentence] of [
    ['not-a-dump/1', NO_DUMP_SENTENCE],
    ['quota-exceeded/1', '磁盘空间或浏览器给扩展的配额用完了'],
    ['source-failed/7', '第 7 行：文件读到这里中断了'],
    ['brand-new/1', '这段文字没能当作帖子打开'],
  ] as const) {
    test(`its address says why a text was not opened: ${code}`, async ({ extension }) => {
      const library = await openOwnPage(extension, `library.html#import-problem/${code}`)
      await expect(library.getByText('这段文字没能当作帖子打开')).toBeVisible()
      await expect(library.getByText(sentence)).toBeVisible()
      await library.evaluate(() => (location.hash = ''))
      await expect(library.getByText('这段文字没能当作帖子打开')).toHaveCount(0)
      await library.close()
    })
  }

  for (const hash of ['import-problem/%3Cimg%20src=x%3E/1', 'import-problem/not-a-dump/-1', 'import-problem/']) {
    test(`an address that nobody wrote shows no problem: ${hash}`, async ({ extension }) => {
      const library = await openOwnPage(extension, `library.html#${hash}`)
      await expect(library.getByRole('heading', { level: 1 })).toHaveText('书架')
      await expect(library.getByText('这段文字没能当作帖子打开')).toHaveCount(0)
      await library.close()
    })
  }
})

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

test('a dump opened twice is one thread, and a newer one adds to it', async ({ extension }) => {
  const popup = await openPopup(extension)
  const dump = (posts: number[]) =>
    ['#t 22 900 ada 2024-01-01 10:00:00 ada 2024-01-01 10:00:00', '长大的帖子', '']
      .concat(posts.flatMap((id) => [`#p ${id} ada 2024-01-01 10:00:00`, `第 ${id} 楼的话`, '']))
      .join('\n')
  for (const posts of [[9001], [9001], [9001, 9002]]) {
    const reader = await opened(extension, () => paste(extension, popup, dump(posts)))
    await expect(reader.locator('.post')).toHaveCount(posts.length)
    await reader.close()
  }
  const rows = await readTable<{ key: string }>(extension, 'threads')
  expect(rows.filter(({ key }) => key.endsWith('/22/900'))).toHaveLength(1)
  await popup.close()
})
