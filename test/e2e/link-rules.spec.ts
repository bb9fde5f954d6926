import { expect, test } from './fixtures.ts'

/** Rules for links that the reader wrote, on the settings page. */

test.afterEach(async ({ extension }) => {
  await (await extension.serviceWorker()).evaluate(() => chrome.storage.local.clear())
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
