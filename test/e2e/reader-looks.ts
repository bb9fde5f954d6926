import type { Page } from '@playwright/test'
import { madeThread } from './import-threads.ts'

/** A thread to look at, and the reader page's panel for its looks. */

const INDENTED = '　　手工缩进的一段。'

/** Three posts with paragraphs of every kind, one of which its writer indented. */
export const thread = madeThread('9101', [
  {
    isStarter: true,
    quotes: [{ username: 'reader1', excerpt: '引用的话' }],
    html: [
      '<p>没有缩进的一段，里面有<a href="https://news.example/a">链接</a>。</p>',
      `<p>${INDENTED}</p>`,
      '<p><span style="color: #00ff00">亮绿</span><span style="color: #ffff00">亮黄</span>',
      '<span style="color: #0000ff">深蓝</span><span style="background-color: #ffff00">荧光</span></p>',
      '<table><tr><th>甲</th></tr><tr><td>乙</td></tr></table><pre>code</pre>',
    ].join(''),
  },
  {},
  { html: '一行<br>又一行' },
])

export const looksButton = (page: Page) => page.locator('.loulan-reading-bar').getByRole('button', { name: '外观' })
export const panel = (page: Page) => page.getByRole('dialog', { name: '外观' })

/** What a property of the first element comes to. */
export const styleOf = (page: Page, selector: string, name: string) =>
  page
    .locator(selector)
    .first()
    .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name)

/** Opens a thread in the reader page and waits until all of it stands. */
export async function openReader(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await page.locator('.end').waitFor()
}
