import { measureText } from '../../core/reading.ts'
import { generateThread } from '../forum/generate.ts'
import { violations } from './axe.ts'
import { openOwnPage, openPopup } from './extension-pages.ts'
import { expect, openThread, test } from './fixtures.ts'

/** What is seen of saving, by axe's rules in both colours, on a narrow screen, and in English. */

for (const colorScheme of ['light', 'dark'] as const) {
  test(`a save that waits for a login, ${colorScheme}`, async ({ launch, forum }) => {
    const thread = generateThread({ posts: 45, seed: colorScheme === 'light' ? 351 : 352, plain: true })
    forum.control.addThread(thread)
    const browser = await launch({ colorScheme, lang: 'en' })
    const page = await browser.context.newPage()
    await openThread(page, thread)
    const line = page.locator('div.loulan-saved-state')
    await line.getByRole('button', { name: 'Save thread' }).waitFor()
    expect(await violations(page, 'div.loulan-saved-state')).toEqual([])
    forum.control.loginWall = () => true
    await line.getByRole('button', { name: 'Save thread' }).click()
    await expect(line).toContainText('Saving waits: the forum wants you to log in')
    expect(await violations(page, 'div.loulan-saved-state')).toEqual([])
    const popup = await openPopup(browser, page)
    await expect(popup.getByRole('button', { name: 'Open the page to log in' })).toBeVisible()
    expect(await violations(popup)).toEqual([])
    const library = await openOwnPage(browser, 'library.html')
    const queue = library.getByRole('region', { name: 'Threads being saved' })
    await queue.waitFor()
    expect(await violations(library, '.save-queue')).toEqual([])
    for (const shown of [line, popup.locator('.thread-saving'), queue.locator('.save-control')]) {
      expect(measureText(await shown.innerText()).characters).toBe(0)
    }
    for (const own of [popup, library]) {
      await own.setViewportSize({ width: 320, height: 600 })
      const beyond = await own.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      )
      expect(beyond).toBeLessThanOrEqual(0)
    }
  })
}
