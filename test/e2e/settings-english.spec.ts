import { violations } from './axe.ts'
import { clearStorage, openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

/** The settings page in English, whose words are longer, with large text on a small screen. */

test.use({ browserOptions: { lang: 'en' } })
test.afterEach(async ({ extension }) => clearStorage(extension))

for (const colorScheme of ['light', 'dark'] as const) {
  test(`at 320 pixels and 200 % nothing is cut off and axe finds nothing: ${colorScheme}`, async ({ extension }) => {
    const page = await openOwnPage(extension, 'options.html', { width: 320, height: 800 })
    await page.emulateMedia({ colorScheme })
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%'
      return chrome.storage.local.set({
        'link-rules': [{ kind: 'parameter', name: 'a_parameter_with_a_rather_long_name' }],
        muted: { authors: [{ host: 'bbs.pku.edu.cn', name: 'someone_with_a_long_name' }], words: ['spoiler'] },
      })
    })
    await page.reload()
    await page.evaluate(() => (document.documentElement.style.fontSize = '200%'))
    await expect(page.locator('#mute')).toContainText('someone_with_a_long_name')
    const width = await page.evaluate(() => document.documentElement.scrollWidth)
    const wide = await page
      .locator('main *')
      .evaluateAll((all) =>
        all
          .filter((each) => each.getBoundingClientRect().right > 320.5 && each.checkVisibility())
          .map((each) => each.outerHTML.slice(0, 120)),
      )
    expect(wide).toEqual([])
    expect(width).toBe(320)
    expect(await violations(page)).toEqual([])
    await page.close()
  })
}
