import type { Page } from '@playwright/test'
import { readerAddress } from '../../core/reader-address.ts'
import { generateThread } from '../forum/generate.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { clearStorage, openOwnPage, openPopup, plantNewerDatabase } from './extension-pages.ts'
import { expect, openThread, SEED_FILE, SEED_THREAD, test, threadUrl } from './fixtures.ts'

/** Every page and state by axe's rules in both colours, on narrow screens, at 200 %, and without motion. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'
const READER = `reader.html#${encodeURIComponent(SEED_KEY)}`

test.afterEach(async ({ extension }) => clearStorage(extension))

for (const colorScheme of ['light', 'dark'] as const) {
  test.describe(colorScheme, () => {
    test('the popup, over a thread, elsewhere, and with a report', async ({ page, extension }) => {
      await openThread(page, SEED_THREAD)
      await waitForThread(extension, SEED_KEY, 2)
      const popup = await openPopup(extension, page)
      await popup.emulateMedia({ colorScheme })
      await popup.locator('.link-list').waitFor()
      expect(await violations(popup)).toEqual([])
      await popup.goto(extension.extensionUrl('popup.html?tab=0'))
      await popup.locator('.thread-line').first().waitFor()
      expect(await violations(popup)).toEqual([])
      await popup.getByLabel('打开一份帖子文本').fill('不是')
      await popup.getByLabel('打开一份帖子文本').press('Control+Enter')
      await popup.getByText('这不是帖子文本').waitFor()
      expect(await violations(popup)).toEqual([])
      await popup.close()
    })

    test('the popup over a refused page and a broken archive', async ({ page, extension, forum, launch }) => {
      forum.control.loginWall = () => true
      await page.goto(threadUrl(SEED_THREAD))
      const popup = await openPopup(extension, page)
      await popup.emulateMedia({ colorScheme })
      await popup.getByText('要先登录才能看这个帖子').waitFor()
      expect(await violations(popup)).toEqual([])
      await popup.close()
      const browser = await launch()
      await plantNewerDatabase(browser)
      for (const path of ['popup.html?tab=0', 'library.html', READER]) {
        const broken = await openOwnPage(browser, path)
        await broken.emulateMedia({ colorScheme })
        await broken.getByText('书架是由更新版本的楼览写的').first().waitFor()
        expect(await violations(broken), path).toEqual([])
      }
    })

    test('the library, empty and full, and the settings', async ({ page, extension, launch }) => {
      await page.emulateMedia({ colorScheme })
      await page.goto(extension.extensionUrl('library.html#import-problem/not-a-dump/1'))
      await page.getByLabel('选择文件', { exact: true }).and(page.locator('input')).setInputFiles(SEED_FILE)
      await page.getByText('读入 1 个帖子，共 2 楼').waitFor()
      expect(await violations(page)).toEqual([])
      await page.goto(extension.extensionUrl('options.html'))
      await page.getByRole('switch').first().waitFor()
      expect(await violations(page)).toEqual([])
      await page.getByRole('button', { name: '清空缓存' }).click()
      expect(await violations(page, 'dialog[open]')).toEqual([])
      await page.getByRole('button', { name: '取消' }).click()
      const browser = await launch()
      const empty = await openOwnPage(browser, 'library.html')
      await empty.emulateMedia({ colorScheme })
      await empty.getByText('书架还是空的').waitFor()
      expect(await violations(empty)).toEqual([])
    })

    test('the reader, folded, unfolded, and of a thread it does not have', async ({ page, extension }) => {
      await openThread(page, SEED_THREAD)
      await waitForThread(extension, SEED_KEY, 2)
      await page.emulateMedia({ colorScheme })
      await page.goto(extension.extensionUrl(READER))
      await page.locator('.end').waitFor()
      expect(await violations(page)).toEqual([])
      await page.locator('.loulan-collapse-long-posts-button').first().click()
      expect(await violations(page)).toEqual([])
      await page.goto(extension.extensionUrl('reader.html#nothing'))
      await page.getByText('书架里没有这个帖子').waitFor()
      expect(await violations(page)).toEqual([])
    })

    test('the reader of a saved thread: posts that are gone, earlier words, pictures kept and missing', async ({
      page,
      extension,
      forum,
    }) => {
      const thread = generateThread({ posts: 5, seed: colorScheme === 'light' ? 361 : 362, plain: true })
      const picture = (name: string) => `<img src="https://bbs.pku.edu.cn/attach/${name}" alt="${name}">`
      thread.posts[0]!.body = `<p>${picture('kept.png')}${picture('gone.png')}</p>`
      forum.control.addThread(thread)
      forum.faults.add({ on: 'gone.png', status: 404 })
      const desk = await openOwnPage(extension, 'icon/loulan.svg')
      await desk.evaluate(() =>
        chrome.storage.local.set({ 'setting:saveSecondsBetweenRequests': 0.2, 'setting:secondsBetweenFiles': 0 }),
      )
      await desk.close()
      await openThread(page, thread)
      const line = page.locator('div.loulan-saved-state')
      await line.getByRole('button', { name: '保存全帖' }).click()
      await expect(line).toContainText('保存于')
      forum.control.editPost(thread.id, thread.posts[1]!.id, { text: '改过的话，和原来不一样了' })
      forum.control.deletePost(thread.id, thread.posts[2]!.id)
      await page.reload()
      await expect(line).toContainText('消失 1 楼')
      await page.emulateMedia({ colorScheme })
      await page.goto(extension.extensionUrl(readerAddress(`pku-bbs/bbs.pku.edu.cn/${thread.board.id}/${thread.id}`)))
      await page.locator('.post-gone').waitFor()
      await page.locator('.post-versions summary').click()
      await page.locator('.post-version .post-body').waitFor()
      await expect(page.locator('.picture-missing')).toContainText('原网站上已经没有了')
      await expect(page.locator('.keeping')).toContainText('保存于')
      await page.locator('img.kept-picture[src^="blob:"]').waitFor()
      expect(await violations(page)).toEqual([])
    })

    test('what stands on the forum’s page', async ({ page }) => {
      await page.emulateMedia({ colorScheme })
      await openThread(page, SEED_THREAD)
      await page.locator('.loulan-length').filter({ hasText: '6,284' }).waitFor()
      for (const part of ['.loulan-length', '.loulan-collapse-long-posts-button', '.body a'])
        expect(await violations(page, part), part).toEqual([])
      // The mark stands in the floor's label and looks like it, however faint the site has chosen that.
      const shades = await page
        .locator('.loulan-length-mark')
        .evaluate((mark) =>
          [mark, mark.parentElement!].map((element) => [
            getComputedStyle(element).color,
            getComputedStyle(element).opacity,
          ]),
        )
      expect(shades[0]).toEqual(shades[1])
    })
  })
}

/** Opens the pages of the extension, each with what fills it. */
const PAGES = ['popup.html?tab=0', 'library.html', 'options.html', READER] as const

async function widthBeyond(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
}

test('at 320 pixels nothing scrolls sideways', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  const popup = await openPopup(extension, page)
  await popup.locator('.link-list').waitFor()
  for (const width of [320, 380]) {
    await popup.setViewportSize({ width, height: 600 })
    expect(await widthBeyond(popup), `popup on the thread at ${width}`).toBeLessThanOrEqual(0)
  }
  await popup.close()
  await page.setViewportSize({ width: 320, height: 700 })
  for (const path of PAGES) {
    await page.goto(extension.extensionUrl(path))
    await page.getByRole('main').waitFor()
    await page.locator('.thread-line, .end, [role=switch]').first().waitFor()
    expect(await widthBeyond(page), path).toBeLessThanOrEqual(0)
  }
  await page.locator('.loulan-collapse-long-posts-button').first().click()
  expect(await widthBeyond(page), 'reader, unfolded').toBeLessThanOrEqual(0)
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('at 200 % nothing scrolls sideways and every control stays in reach', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  // Zooming makes the window that many CSS pixels smaller.
  await page.setViewportSize({ width: 640, height: 450 })
  for (const path of PAGES) {
    await page.goto(extension.extensionUrl(path))
    await page.locator('.thread-line, .end, [role=switch]').first().waitFor()
    expect(await widthBeyond(page), path).toBeLessThanOrEqual(0)
    for (const control of await page.locator('button:visible, a:visible').all()) {
      await control.scrollIntoViewIfNeeded()
      const box = (await control.boundingBox())!
      expect(box.x, path).toBeGreaterThanOrEqual(0)
      expect(box.x + box.width, path).toBeLessThanOrEqual(640)
    }
  }
  await page.setViewportSize({ width: 1280, height: 900 })
})

test('larger text alone breaks nothing', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, SEED_KEY, 2)
  for (const path of PAGES) {
    await page.goto(extension.extensionUrl(path))
    await page.locator('.thread-line, .end, [role=switch]').first().waitFor()
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    expect(await widthBeyond(page), path).toBeLessThanOrEqual(0)
  }
})

test('who wants no motion gets none', async ({ page, extension }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' })
  for (const path of PAGES) {
    await page.goto(extension.extensionUrl(path))
    await page.getByRole('main').waitFor()
    const moving = await page.evaluate(() => {
      const seconds = (value: string) => Math.max(...value.split(',').map((part) => Number.parseFloat(part)))
      return [...document.querySelectorAll('*')]
        .flatMap((element) => [getComputedStyle(element), getComputedStyle(element, '::before')])
        .filter((style) => seconds(style.transitionDuration) > 0.001 || seconds(style.animationDuration) > 0.001).length
    })
    expect(moving, path).toBe(0)
  }
  await page.emulateMedia({ reducedMotion: null })
})
