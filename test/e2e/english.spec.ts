import { measureText } from '../../core/reading.ts'
import { waitForThread } from './archive.ts'
import { openOwnPage, openPopup } from './extension-pages.ts'
import { expect, openThread, SEED_THREAD, test } from './fixtures.ts'

/** The extension in an English browser. */

test.use({ browserOptions: { lang: 'en' } })

test('all of it is English, the forum’s own words apart', async ({ page, extension }) => {
  await openThread(page, SEED_THREAD)
  await waitForThread(extension, 'pku-bbs/bbs.pku.edu.cn/22/17625528', 2)
  await expect(page.locator('.loulan-collapse-long-posts-button').first()).toContainText(
    'Show the whole post · 6,209 characters more',
  )
  const popup = await openPopup(extension, page)
  await popup.locator('.longest-posts').waitFor()
  await expect(popup.locator('html')).toHaveAttribute('lang', /^en\b/)
  const chrome = await popup.evaluate(() => {
    const own = ['h1', '.thread-heading', '.who', '.target a']
    for (const element of document.querySelectorAll(own.join())) element.remove()
    return document.body.innerText
  })
  expect(measureText(chrome).characters).toBe(0)
  expect(measureText(chrome).words).toBeGreaterThan(20)
  for (const path of [
    'popup.html?tab=0',
    'library.html',
    'options.html',
    'reader.html#nothing',
    'sidepanel.html?tab=0',
  ]) {
    const own = await openOwnPage(extension, path)
    await own.getByRole('main').waitFor()
    await own.waitForLoadState('networkidle')
    const text = await own.evaluate(() => {
      for (const line of document.querySelectorAll('.thread-line, .thread-row')) line.remove()
      return document.title + document.body.innerText
    })
    // Boards and sites are called what they call themselves, where one chooses among them.
    expect(measureText(text.replace(/别问我是谁|北大未名/g, '')).characters, path).toBe(0)
    await own.close()
  }
  await popup.close()
})
