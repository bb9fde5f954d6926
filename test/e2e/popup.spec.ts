import type { Page } from '@playwright/test'
import { estimateReading } from '../../core/reading.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import {
  clearStorage,
  makeVariant,
  opened,
  openOwnPage,
  openPopup,
  plantNewerDatabase,
  readClipboard,
} from './extension-pages.ts'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test, threadUrl } from './fixtures.ts'

/** The popup over a thread, over pages that refuse one, over any other page, and where something is broken. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const SEED_TITLE = '关于持续解决困扰基层的形式主义问题的通知 附答问'
/** A thread that tests here may change. */
const OWN_THREAD = generateThread({ posts: 25, seed: 71 })
const LONG_TEXT = Array.from({ length: 400 }, (_, index) => `第${index + 1}段，写得很长很长，一屏放不下。`).join('\n')

test.afterEach(async ({ extension }) => clearStorage(extension))

test.describe('over a thread', () => {
  test('says what the thread is, how long, and who wrote it', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    await expect(popup.getByRole('heading', { level: 1 })).toHaveText(SEED_TITLE)
    const main = popup.getByRole('main')
    await expect(main).toContainText('蟹（ZOEA）')
    await expect(main.locator('dl')).toHaveText(/楼数\s*2\s*篇幅\s*6,284 字\s*阅读时间\s*约 13–21 分钟/)
    await expect(main).toContainText('楼主写了其中 99%')
    await expect(main).toContainText(/已缓存（可能被清理）\s*1 页\s*2 楼/)
    await expect(popup.locator('.longest-posts button').first()).toHaveText(
      /1 楼\s*蟹（ZOEA）\s*6,272 字 · 约 13–21 分钟/,
    )
    await expect(popup).toHaveTitle('楼览')
    await popup.close()
  })

  test('of several pages, says which one it speaks of', async ({ page, extension }) => {
    await openThread(page, LONG_THREAD, 2)
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('当前是第 2 页，共 5 页')).toBeVisible()
    await expect(popup.locator('dl')).toHaveText(/本页楼数\s*20/)
    await popup.close()
  })

  test('a click on a long post brings the page there and opens its fold', async ({ page, extension, forum }) => {
    forum.control.addThread(OWN_THREAD)
    const last = OWN_THREAD.posts[19]!
    forum.control.editPost(OWN_THREAD.id, last.id, { text: LONG_TEXT })
    await openThread(page, OWN_THREAD)
    const card = page.locator(`.post-card[data-postid="${last.id}"]`)
    const fold = card.locator('.loulan-collapse-long-posts-button').first()
    await expect(fold).toHaveAttribute('aria-expanded', 'false')
    await expect(card).not.toBeInViewport()
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts button').filter({ hasText: '20 楼' }).click()
    await expect(popup.getByText('已跳到这一楼。')).toBeVisible()
    await expect(fold).toHaveAttribute('aria-expanded', 'true')
    await expect(card).toBeInViewport()
    await expect(card).toBeFocused()
    await popup.close()
  })

  test('a post that the page no longer has is said to be gone', async ({ page, extension }) => {
    await openThread(page, LONG_THREAD)
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts button').first().waitFor()
    await page.goto(threadUrl(LONG_THREAD, 3))
    await page.locator('.loulan-length').waitFor()
    await popup.locator('.longest-posts button').first().click()
    await expect(popup.getByText('这一楼不在当前这一页上。')).toBeVisible()
    await popup.close()
  })

  test('links are their real targets, copied one by one or all', async ({ page, extension, forum }) => {
    forum.control.addThread(OWN_THREAD)
    forum.control.editPost(OWN_THREAD.id, OWN_THREAD.posts[0]!.id, {
      text: '见[这里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fb%3D1%26utm_source%3Dbbs)',
    })
    forum.control.editPost(OWN_THREAD.id, OWN_THREAD.posts[1]!.id, {
      text: '和[那里](jump-to.php?url=https%3A%2F%2Fnews.example%2Fb)',
    })
    await openThread(page, OWN_THREAD)
    const popup = await openPopup(extension, page)
    const rest = popup.getByRole('button', { name: /^显示其余/ })
    await popup.locator('.link-list').waitFor()
    if (await rest.isVisible()) await rest.click()
    const links = popup.locator('.link-list li a')
    const targets = await links.evaluateAll((all) => all.map((link) => (link as HTMLAnchorElement).href))
    expect(targets.slice(0, 2)).toEqual(['https://news.example/a?b=1', 'https://news.example/b'])
    expect(targets.filter((target) => target.includes('jump-to.php'))).toEqual([])
    await popup.getByRole('button', { name: '复制链接：这里' }).click()
    await expect(popup.getByText('链接已复制。')).toBeVisible()
    expect(await readClipboard(extension, popup)).toBe('https://news.example/a?b=1')
    await popup.getByRole('button', { name: '全部复制' }).click()
    await expect(popup.getByText(`已复制 ${targets.length} 个链接。`)).toBeVisible()
    expect(await readClipboard(extension, popup)).toBe(targets.join('\n'))
    await popup.close()
  })

  test('switches and the threshold act on the page at once', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    const folds = page.locator('.loulan-collapse-long-posts-button')
    await expect(folds).toHaveCount(1)
    const popup = await openPopup(extension, page)
    await popup.getByRole('switch', { name: '长度' }).click()
    await expect(page.locator('.loulan-length')).toHaveCount(0)
    await popup.getByRole('switch', { name: '长度' }).click()
    await expect(page.locator('.loulan-length')).toHaveCount(1)
    await popup.getByRole('switch', { name: '直达链接' }).click()
    await expect(page.locator('.body a').first()).toHaveAttribute('href', /jump-to\.php/)
    const threshold = popup.getByLabel('超过多少字才折叠')
    await threshold.fill('9000')
    await threshold.press('Enter')
    await expect(folds).toHaveCount(0)
    await threshold.fill('300')
    await threshold.press('Enter')
    await expect(folds).toHaveCount(1)
    await popup.getByRole('switch', { name: '折叠长楼' }).click()
    await expect(folds).toHaveCount(0)
    await expect(threshold).toHaveCount(0)
    await popup.close()
  })

  test('opens the cached copy in the reader', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    const reader = await opened(extension, () => popup.getByRole('button', { name: '在阅读器中打开' }).click())
    await expect(reader.getByRole('heading', { level: 1 })).toHaveText(SEED_TITLE)
    await reader.close()
    await popup.close()
  })

  test('the figures are those of the reader’s own speed', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await (
      await extension.serviceWorker()
    ).evaluate(() => chrome.storage.local.set({ 'setting:charactersPerMinute': 1000 }))
    const { low, high } = estimateReading(
      { characters: 6284, words: 0 },
      { charactersPerMinute: 1000, wordsPerMinute: 238 },
    )
    const popup = await openPopup(extension, page)
    await expect(popup.locator('dl')).toContainText(`约 ${Math.round(low)}–${Math.round(high)} 分钟`)
    await popup.close()
  })

  test('goes on after the service worker was stopped', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts').waitFor()
    await extension.stopServiceWorker()
    await popup.getByRole('switch', { name: '折叠长楼' }).click()
    await expect(page.locator('.loulan-collapse-long-posts-button')).toHaveCount(0)
    await popup.locator('.longest-posts button').first().click()
    await expect(popup.getByText('已跳到这一楼。')).toBeVisible()
    await extension.stopServiceWorker()
    await popup.reload()
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await popup.close()
  })
})

test.describe('over a page that refuses the thread', () => {
  test('a login wall speaks in the site’s own words, and the kept copy is offered', async ({
    page,
    extension,
    forum,
  }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    forum.control.loginWall = () => true
    await page.reload()
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('要先登录才能看这个帖子')).toBeVisible()
    await expect(popup.locator('blockquote')).toContainText('您还没有登录，请先登录后再访问本页面。')
    const reader = await opened(extension, () => popup.getByRole('button', { name: '读缓存的副本' }).click())
    await expect(reader.getByText('太长了，废了半天劲儿才看完。')).toBeVisible()
    await reader.close()
    forum.control.loginWall = () => false
    await page.reload()
    await popup.getByRole('button', { name: '再试一次' }).click()
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await popup.close()
  })

  test('an error page speaks in the site’s own words', async ({ page, extension }) => {
    await page.goto('https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1')
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('网站没有给出这个帖子')).toBeVisible()
    await expect(popup.locator('blockquote')).toContainText('该主题不存在或者已被删除。')
    await popup.close()
  })

  test('the phone version is recognised and said to be unknown', async ({ page, extension }) => {
    await page.goto(threadUrl(SEED_THREAD).replace('/v2/', '/v2/mobile/'))
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('还不认识这个版式')).toBeVisible()
    await popup.close()
  })
})

test.describe('elsewhere', () => {
  test('shows the paste box and the recent threads', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    await page.goto('https://bbs.pku.edu.cn/v2/home.php')
    const popup = await openPopup(extension, page)
    await expect(popup.getByLabel('打开一份帖子文本')).toBeVisible()
    const recent = popup.getByRole('link', { name: '关于持续解决困扰基层的形式主义问题的通知' })
    const reader = await opened(extension, () => recent.click())
    await expect(reader.getByText('太长了，废了半天劲儿才看完。')).toBeVisible()
    await reader.close()
    await popup.close()
  })

  test('a fresh profile has an empty list that says how it fills', async ({ launch }) => {
    const browser = await launch()
    const popup = await openPopup(browser)
    await expect(
      popup.getByText('还没有。打开一个未名 BBS 的帖子，它就会出现在这里；在别的论坛上点楼览的图标试试。'),
    ).toBeVisible()
    await expect(popup.getByLabel('打开一份帖子文本')).toBeVisible()
  })

  test('leads to the library and to the settings', async ({ extension }) => {
    const popup = await openPopup(extension)
    const library = await opened(extension, () => popup.getByRole('button', { name: '书架' }).click())
    await expect(library.getByRole('heading', { level: 1 })).toHaveText('书架')
    const options = await opened(extension, () => popup.getByRole('button', { name: '设置' }).click())
    await expect(options.getByRole('heading', { level: 1 })).toHaveText('设置')
    for (const each of [library, options, popup]) await each.close()
  })
})

test.describe('where something is broken', () => {
  test('says that it looks while the page has not answered', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    await page.locator('.loulan-length').waitFor()
    const debug = await extension.context.newCDPSession(page)
    await debug.send('Debugger.enable')
    await debug.send('Debugger.pause')
    const popup = await openPopup(extension, page)
    await expect(popup.getByText('正在看这个页面……')).toBeVisible()
    await expect(popup.getByRole('main')).toHaveAttribute('aria-busy', 'true')
    await expect(popup.getByRole('button', { name: '书架' })).toBeEnabled()
    await debug.send('Debugger.resume')
    await debug.detach()
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await expect(popup.getByRole('main')).toHaveAttribute('aria-busy', 'false')
    await popup.close()
  })

  test('without a background, says so and lets the reader try again', async ({ launch }) => {
    const { folder, remove } = makeVariant({ files: { 'background.js': '' } })
    try {
      const browser = await launch({ extensionDir: folder })
      const page = await browser.context.newPage()
      await openThread(page, SEED_THREAD)
      await expect(page.locator('.loulan-length')).toContainText('6,284')
      const popup = await openPopup(browser, page)
      await expect(popup.getByText('没有得到这个页面的回音')).toBeVisible()
      await popup.getByRole('button', { name: '再试一次' }).click()
      await expect(popup.getByText('没有得到这个页面的回音')).toBeVisible()
      await expect(popup.getByRole('button', { name: '书架' })).toBeEnabled()
    } finally {
      remove()
    }
  })

  test('an archive that cannot be opened is explained, and the thread is shown all the same', async ({ launch }) => {
    const browser = await launch()
    await plantNewerDatabase(browser)
    const page = await browser.context.newPage()
    await openThread(page, SEED_THREAD)
    const popup = await openPopup(browser, page)
    await expect(popup.getByText('6,284 字').first()).toBeVisible()
    await expect(popup.getByText('这个帖子还没有缓存')).toBeVisible()
    const elsewhere = await openPopup(browser)
    await expect(elsewhere.getByText('书架是由更新版本的楼览写的，请先更新扩展。')).toBeVisible()
    await elsewhere
      .getByLabel('打开一份帖子文本')
      .fill('#t 22 1 ada 2024-01-01 10:00:00 ada 2024-01-01 10:00:00\n标题\n\n#p 1 ada 2024-01-01 10:00:00\n正文\n')
    await elsewhere.getByRole('button', { name: '打开', exact: true }).click()
    await expect(elsewhere.getByText('粘贴的文本：没能存下来')).toBeVisible()
    for (const path of ['library.html', `reader.html#${encodeURIComponent(SEED_KEY)}`]) {
      const other = await openOwnPage(browser, path)
      await expect(other.getByText('书架是由更新版本的楼览写的，请先更新扩展。').first()).toBeVisible()
    }
  })
})

test.describe('by keyboard', () => {
  test('every control of the thread’s view is reached in order, with its focus to be seen', async ({
    page,
    extension,
  }) => {
    await openThread(page, SEED_THREAD)
    await waitForThread(extension, SEED_KEY, 2)
    const popup = await openPopup(extension, page)
    await popup.locator('.longest-posts').waitFor()
    const walked = await walk(popup)
    expect(walked.missed).toEqual([])
    expect(walked.unseen).toEqual([])
    expect(walked.names[0]).toContain('在阅读器中打开')
    expect(walked.names.at(-1)).toContain('设置')
    await popup.close()
  })

  test('every control elsewhere too, and the dump opens without a mouse', async ({ extension, forum }) => {
    expect(forum.port).toBeGreaterThan(0)
    const popup = await openPopup(extension)
    await popup.getByText('最近读过').waitFor()
    const walked = await walk(popup)
    expect(walked.missed).toEqual([])
    expect(walked.unseen).toEqual([])
    await popup.getByLabel('打开一份帖子文本').focus()
    await popup.keyboard.insertText('这不是帖子')
    const reader = popup.getByText('这不是帖子文本：从第 1 行起')
    await popup.keyboard.press('Control+Enter')
    await expect(reader).toBeVisible()
    await popup.close()
  })

  test('switches and the threshold answer to keys', async ({ page, extension }) => {
    await openThread(page, SEED_THREAD)
    const popup = await openPopup(extension, page)
    const folding = popup.getByRole('switch', { name: '折叠长楼' })
    await folding.focus()
    await popup.keyboard.press('Space')
    await expect(folding).not.toBeChecked()
    await expect(page.locator('.loulan-collapse-long-posts-button')).toHaveCount(0)
    await expect(folding).toBeFocused()
    await popup.keyboard.press('Space')
    await expect(folding).toBeChecked()
    await popup.keyboard.press('Tab')
    await expect(popup.getByLabel('超过多少字才折叠')).toBeFocused()
    await popup.close()
  })
})

/** Walks a page with Tab from its beginning: names in order, controls that were missed, focus that cannot be seen. */
async function walk(page: Page): Promise<{ names: string[]; missed: string[]; unseen: string[] }> {
  const controls = await page.evaluate(() => {
    const all = [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')]
    const shown = all.filter((element) => element.checkVisibility())
    shown.forEach((element, index) => element.setAttribute('data-walk', String(index)))
    ;(document.activeElement as HTMLElement | null)?.blur()
    return shown.map((element) => element.innerText || element.id)
  })
  const names: string[] = []
  const unseen: string[] = []
  const reached = new Set<number>()
  for (let step = 0; step < controls.length; step++) {
    await page.keyboard.press('Tab')
    const { index, isSeen } = await page.evaluate(() => {
      const element = document.activeElement!
      const { outlineStyle, outlineWidth } = getComputedStyle(element)
      return {
        index: Number(element.getAttribute('data-walk') ?? NaN),
        isSeen: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2,
      }
    })
    if (Number.isNaN(index)) break
    reached.add(index)
    names.push(controls[index]!)
    if (!isSeen) unseen.push(controls[index]!)
  }
  return { names, missed: controls.filter((_, index) => !reached.has(index)), unseen }
}

test('where the browser does not tell of its tabs, the popup says so and can be asked again', async ({ extension }) => {
  const popup = await extension.context.newPage()
  await popup.addInitScript(() => {
    const { query } = chrome.tabs
    let asked = 0
    const failing = (...wanted: Parameters<typeof query>) =>
      asked++ === 0 ? Promise.reject(new Error('no tabs')) : query.apply(chrome.tabs, wanted)
    Object.defineProperty(chrome.tabs, 'query', { value: failing, configurable: true })
  })
  await popup.goto(extension.extensionUrl('popup.html'))
  await expect(popup.getByText('没有得到这个页面的回音')).toBeVisible()
  await popup.getByRole('button', { name: '再试一次' }).click()
  await expect(popup.getByText('没有得到这个页面的回音')).toBeHidden()
  await popup.close()
})
