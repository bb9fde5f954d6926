import { expect, LONG_THREAD, openThread, test, threadUrl } from './fixtures.ts'

/** The site's own scripts go on working while the extension is on the page. */

test('paging by pjax, back and forward, without a reload', async ({ page, forum }) => {
  await openThread(page, LONG_THREAD)
  await page.evaluate(() => Object.assign(window, { isSamePage: true }))
  const active = page.locator('.paging-top .paging-button.active')
  await page.locator('.paging-top').getByText('下一页').click()
  await expect(active).toHaveText('2')
  await expect(page).toHaveURL(threadUrl(LONG_THREAD, 2))
  await expect(page).toHaveTitle(`${LONG_THREAD.title} - 北大未名BBS`)
  await page.locator('.paging-top [data-role=goto-input]').fill('4')
  await page.locator('.paging-top [data-action=goto]').click()
  await expect(active).toHaveText('4')
  await page.goBack()
  await expect(active).toHaveText('2')
  await page.goForward()
  await expect(active).toHaveText('4')
  expect(await page.evaluate(() => 'isSamePage' in window)).toBe(true)
  expect(forum.requests.filter(({ isPjax }) => isPjax).map(({ path }) => /page=(\d+)/.exec(path)?.[1])).toEqual([
    '2',
    '4',
  ])
})

test('votes are counted', async ({ page, forum }) => {
  await openThread(page, LONG_THREAD)
  const post = forum.control.getThread(LONG_THREAD.id).posts[0]!
  const card = page.locator(`.post-card[data-postid="${post.id}"]`)
  const before = post.up
  await card.locator('[data-action=upvote]').click()
  await expect(card.locator('.upvote-count')).toHaveText(`赞(${before + 1})`)
  expect(forum.control.getPost(LONG_THREAD.id, post.id).up).toBe(before + 1)
})

test('a picture opens in the viewer and closes', async ({ page, forum }) => {
  const [first] = forum.control.getThread(LONG_THREAD.id).posts
  forum.control.editPost(LONG_THREAD.id, first!.id, { text: '看图 ![图](/attach/1/viewer.png)' })
  await openThread(page, LONG_THREAD)
  await page.locator('.body img[alt="图"]').first().click()
  await expect(page.locator('#image-viewer img')).toHaveAttribute('src', /viewer\.png$/)
  await page.keyboard.press('Escape')
  await expect(page.locator('#image-viewer')).toHaveCount(0)
})

test('a long quote unfolds', async ({ page, forum }) => {
  const [first] = forum.control.getThread(LONG_THREAD.id).posts
  first!.quotes = [{ username: 'weiming', nickname: '', excerpt: '一\n二\n三\n四\n五\n六' }]
  await openThread(page, LONG_THREAD)
  const body = page.locator(`.post-card[data-postid="${first!.id}"] .body`)
  await expect(body.getByText('六', { exact: true })).toBeHidden()
  await body.locator('.quote-expand').click()
  await expect(body.getByText('六', { exact: true })).toBeVisible()
})
