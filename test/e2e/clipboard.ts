import type { Page } from '@playwright/test'
import type { Chromium } from '../browsers/chromium.ts'

/** What was copied, as a test finds it on the clipboard. */

export interface Clipboard {
  text: string
  html: string
}

/** What the clipboard holds, read on a page of the extension beside the one that copied. */
export async function readClipboard(extension: Chromium): Promise<Clipboard> {
  const reader = await extension.context.newPage()
  try {
    await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
    await reader.goto('https://bbs.pku.edu.cn/v2/home.php')
    await reader.bringToFront()
    return await reader.evaluate(async () => {
      const [item] = await navigator.clipboard.read()
      const read = async (type: string) => (item?.types.includes(type) ? (await item.getType(type)).text() : '')
      return { text: await read('text/plain'), html: await read('text/html') }
    })
  } finally {
    await reader.close()
  }
}

/** The clipboard once the page has said that something was copied. */
export async function copied(extension: Chromium, page: Page): Promise<Clipboard> {
  await page.locator('loulan-notice').waitFor({ state: 'attached' })
  await page.waitForTimeout(150)
  return readClipboard(extension)
}

/** The clipboard's text, read by a page that stands in front. */
export async function readClipboardText(extension: Chromium, page: Page): Promise<string> {
  await extension.context.grantPermissions(['clipboard-read'])
  await page.bringToFront()
  return page.evaluate(() => navigator.clipboard.readText())
}
