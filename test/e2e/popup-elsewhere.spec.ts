import { waitForThread } from './archive.ts'
import { clearStorage, makeVariant, opened, openOwnPage, openPopup, plantNewerDatabase } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test } from './fixtures.ts'

/** The popup over any other page, and where something is broken. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'

test.afterEach(async ({ extension }) => clearStorage(extension))

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
