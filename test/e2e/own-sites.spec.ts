import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'
import { openPopupOver } from './site-permissions.ts'

/** A forum that nobody knows, described by the reader with the example of the guide. */

const guide = readFileSync(fileURLToPath(new URL('../../docs/own-sites.md', import.meta.url)), 'utf8')
const block = (language: string) => new RegExp(`\`\`\`${language}\n(.*?)\`\`\``, 's').exec(guide)![1]!

test('a description is added in the options, reads its forum, and can be removed and put back', async ({
  extension,
}) => {
  const options = await openOwnPage(extension, 'options.html')
  const section = options.locator('.own-sites')
  await section.getByText('写一个……').click()
  const box = section.getByLabel('描述（JSON）')
  await box.fill(block('json').replace('".reply"', '"div:has(p)"'))
  await section.getByRole('button', { name: '添加', exact: true }).click()
  await expect(section.getByRole('alert')).toContainText('post：选择器看不懂')
  await box.fill(block('json'))
  await section.getByRole('button', { name: '添加', exact: true }).click()
  await expect(section.getByRole('listitem')).toContainText('tea.example.org')
  await expect(section.getByRole('alert')).toHaveCount(0)

  const page = await extension.context.newPage()
  const address = 'https://tea.example.org/topic/42-green?page=2'
  await page.route(address, (route) =>
    route.fulfill({ contentType: 'text/html; charset=utf-8', body: `<!DOCTYPE html><body>${block('html')}` }),
  )
  await page.goto(address)
  const { page: popup } = await openPopupOver(extension, page)
  await expect(popup.getByRole('heading', { level: 1 })).toHaveText('Green tea')
  await expect(popup.getByText('认出这是 Tea 的帖子页')).toBeVisible()
  await expect(popup.getByText('当前是第 2 页，共 3 页')).toBeVisible()
  await popup.close()
  await page.close()

  await section.getByRole('button', { name: '删除 Tea 的描述' }).click()
  await expect(section.getByRole('listitem')).toHaveCount(0)
  await section.getByRole('button', { name: '恢复' }).click()
  await expect(section.getByRole('listitem')).toHaveCount(1)
  await section.getByRole('button', { name: '删除 Tea 的描述' }).click()
  await expect(section.getByRole('listitem')).toHaveCount(0)
  await options.close()
})
