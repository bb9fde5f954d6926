import type { Page } from '@playwright/test'
import { expect, LONG_THREAD, openThread, SEED_THREAD, test } from './fixtures.ts'

/** The aids that come after the page and lie above it. */

const outline = (page: Page) => page.locator('.loulan-outline')
const choice = (page: Page) => page.locator('.loulan-only-author-control')
const shownPosts = (page: Page) => page.locator('.post-card[data-postid]:not([hidden])')

test('the outline goes to a section of the long post, unfolding it, with the keyboard too', async ({ page }) => {
  await openThread(page, SEED_THREAD)
  await page.locator('.loulan-collapse-long-posts-button').first().click()
  // At once: a wheel still turning would carry the page past the section.
  await page.evaluate(() => scrollBy({ top: 400, behavior: 'instant' }))
  await expect(outline(page)).toBeVisible()
  if (!(await outline(page).evaluate((box: HTMLDetailsElement) => box.open)))
    await outline(page).locator('summary').click()
  await expect(outline(page).getByRole('button')).toHaveCount(12)
  const fifth = outline(page).locator('button', { hasText: '五、着力提高调查研究实效' })
  await fifth.focus()
  await page.keyboard.press('Enter')
  const heading = page.getByText('五、着力提高调查研究实效').first()
  await expect(heading).toBeInViewport()
  await expect(fifth).toHaveAttribute('aria-current', 'true')
})

test('the posts of one author alone, the others a click away', async ({ page }) => {
  await openThread(page, LONG_THREAD)
  const all = await shownPosts(page).count()
  await choice(page).selectOption({ index: 1 })
  await expect(page.locator('.loulan-only-author-hidden').first()).toBeVisible()
  const starters = await shownPosts(page).count()
  expect(starters).toBeLessThan(all)
  const hidden = page.locator('.post-card[data-postid][hidden]').first()
  expect((await hidden.boundingBox())?.height).toBe(0)
  await page.locator('.loulan-only-author-hidden').first().click()
  expect(await shownPosts(page).count()).toBeGreaterThan(starters)
  await choice(page).selectOption({ index: 0 })
  await expect(shownPosts(page)).toHaveCount(all)
})

test('pages that come by pjax have them once', async ({ page }) => {
  await openThread(page, LONG_THREAD)
  await expect(choice(page)).toBeVisible()
  await page.locator('.paging a', { hasText: '2' }).first().click()
  await expect(page).toHaveURL(/page=2/)
  await expect(choice(page)).toHaveCount(1)
  await page.goBack()
  await expect(choice(page)).toHaveCount(1)
})
