import { copied, readClipboard } from './clipboard.ts'
import { expect, LONG_THREAD, openThread, test, threadUrl } from './fixtures.ts'
import { MARKUP, openWith, PERMALINK, THREAD_URL } from './linked-thread.ts'
import { clickMenu, pressKey } from './menus.ts'

/** Every way of copying from a thread's page, read back from the clipboard. */

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
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

test('suggested keys are set and none clashes', async ({ extension }) => {
  const commands = await (await extension.serviceWorker()).evaluate(() => chrome.commands.getAll())
  const own = commands.filter(({ name }) => !name?.startsWith('_'))
  expect(own.filter(({ shortcut }) => shortcut).map(({ name }) => name)).toEqual([
    ...['copy-page', 'copy-post', 'copy-selection', 'save-thread'],
  ])
  expect(own.every(({ description }) => description)).toBe(true)
})
