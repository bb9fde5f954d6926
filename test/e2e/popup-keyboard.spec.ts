import type { Page } from '@playwright/test'
import { waitForThread } from './archive.ts'
import { clearStorage, openPopup } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test } from './fixtures.ts'

/** The popup without a mouse. */

const SEED_KEY = 'pku-bbs/bbs.pku.edu.cn/22/17625528'

test.afterEach(async ({ extension }) => clearStorage(extension))

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
