import type { Page } from '@playwright/test'
import { readFileSync } from 'node:fs'
import type { Chromium } from '../browsers/chromium.ts'
import { expect, SEED_FILE } from './fixtures.ts'

/** Dumps and texts that are none, and the ways of giving them to the extension. */

export const SEED = readFileSync(SEED_FILE, 'utf8')
export const SEED_NAME = '000_01465295b16f78d9.txt'
export const SEED_URL = `https://bbs.pku.edu.cn/files/${SEED_NAME}`

const LAST_WORDS = '太长了，废了半天劲儿才看完。'

export const NO_DUMP = '今天天气很好。\n我们去爬山吧。\n'
export const NO_DUMP_SENTENCE = '这不是帖子文本：从第 1 行起，没有一行以 #t（帖子）或 #p（楼）开头、后面是编号和时间。'

/** A dump of several threads, with two things that are odd. */
export const TWO_THREADS = [
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

/** Where a dump is pasted. */
export const dumpBox = (page: Page) => page.getByLabel('打开一份帖子文本')

/** The reader page with the seed's thread on it. */
export async function expectSeed(reader: Page): Promise<void> {
  await expect(reader.getByText(LAST_WORDS)).toBeVisible()
  await expect(reader.locator('.loulan-length')).toContainText('6,284 字')
  await reader.close()
}

/** Pastes as the keyboard does: the clipboard's text through the page's own paste event. */
export async function paste(extension: Chromium, page: Page, text: string): Promise<void> {
  await extension.context.grantPermissions(['clipboard-read', 'clipboard-write'])
  await page.bringToFront()
  await page.evaluate((value) => navigator.clipboard.writeText(value), text)
  await dumpBox(page).focus()
  await page.keyboard.press('Control+v')
}

/** Drops a file on an element, as a drag from the desktop does. */
export async function drop(page: Page, target: string, name: string, text: string): Promise<void> {
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
