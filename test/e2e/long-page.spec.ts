import type { Page } from '@playwright/test'
import { addMeasures, measureText, totalLength, type Measure } from '../../core/reading.ts'
import { shownLength } from '../../core/shown-length.ts'
import { generateThread } from '../forum/generate.ts'
import { expect, openThread, test } from './fixtures.ts'

/** One page of very many posts: what far posts need they get when somebody comes to them. */

const HUGE_THREAD = generateThread({ posts: 240, seed: 240, postsPerPage: 240 })
test.use({ threads: [HUGE_THREAD] })

const line = (page: Page) => page.locator('.loulan-length').first()
/** Links that still lead through the forum's jump page, in posts from the 21st on. */
const leftLinks = (page: Page) => page.locator('.post-card:nth-of-type(n + 21) a[href*="jump-to.php"]')

/** How long each post is by its own words, read from the page as the site made it. */
async function measurePosts(page: Page): Promise<Measure[]> {
  const texts = await page.evaluate(() =>
    [...document.querySelectorAll('.post-card .body')].map((body) => {
      const own = body.cloneNode(true) as Element
      for (const other of own.querySelectorAll('.quotehead, .blockquote, .quote-expand, .signature, [data-loulan]')) {
        other.remove()
      }
      for (const block of own.querySelectorAll('p, div')) block.append('\n')
      return own.textContent
    }),
  )
  return texts.map(measureText)
}

/** Places of long posts that stand far below the screen. */
async function findFarLongPosts(page: Page): Promise<number[]> {
  return (await measurePosts(page)).flatMap((measure, place) =>
    totalLength(measure) > 1500 && place > 60 ? [place] : [],
  )
}

test('its length is that of all its posts, and reading it goes on from there', async ({ page }) => {
  await openThread(page, HUGE_THREAD)
  await expect(line(page)).toContainText('本页 240 楼')
  const { characters } = shownLength((await measurePosts(page)).reduce(addMeasures))
  await expect(line(page)).toContainText(`${characters!.toLocaleString('en')} 字`)
  await expect(page.locator('.loulan-reading-bar')).toContainText('分钟')
  await page.keyboard.press('End')
  await expect(page.locator('.loulan-reading-bar')).toContainText('还剩不到 1 分钟')
})

test('a long post is folded before one gets to it, and moves nothing', async ({ page }) => {
  await openThread(page, HUGE_THREAD)
  await expect(line(page)).toContainText('本页 240 楼')
  const [far] = await findFarLongPosts(page)
  const post = page.locator('.post-card').nth(far!)
  const button = post.locator('.loulan-collapse-long-posts-button')
  await expect(button).toHaveCount(0)
  await page.evaluate((place) => {
    const { top } = document.querySelectorAll('.post-card')[place]!.getBoundingClientRect()
    scrollBy({ top: top - innerHeight * 2, behavior: 'instant' })
  }, far!)
  await expect(button).toHaveCount(1)
  await expect(button).toHaveAttribute('aria-expanded', 'false')
  await expect(button).not.toBeInViewport()
})

test('who leaps to a long post finds it open where it stands, and can fold it', async ({ page }) => {
  await openThread(page, HUGE_THREAD)
  await expect(line(page)).toContainText('本页 240 楼')
  const far = (await findFarLongPosts(page)).at(-1)!
  const post = page.locator('.post-card').nth(far)
  await post.evaluate((element) => element.scrollIntoView({ behavior: 'instant' }))
  const topOf = () => post.evaluate((element) => element.getBoundingClientRect().top)
  const top = await topOf()
  const button = post.locator('.loulan-collapse-long-posts-button')
  await expect(button.first()).toHaveAttribute('aria-expanded', 'true')
  expect(Math.abs((await topOf()) - top)).toBeLessThan(1)
  await button.first().click()
  await expect(button).toHaveAttribute('aria-expanded', 'false')
})

test('links of far posts are clean when one comes to them, and before the page is printed', async ({ page }) => {
  await openThread(page, HUGE_THREAD)
  await expect(line(page)).toContainText('本页 240 楼')
  expect(await leftLinks(page).count()).toBeGreaterThan(5)
  await leftLinks(page)
    .last()
    .evaluate((link) => {
      link.id = 'watched'
      link.scrollIntoView({ behavior: 'instant' })
    })
  await expect(page.locator('#watched')).not.toHaveAttribute('href', /jump-to/)
  expect(await leftLinks(page).count()).toBeGreaterThan(0)
  await page.pdf()
  await expect(leftLinks(page)).toHaveCount(0)
})

test('quotes of far posts lead to what they quote, and answers are counted there', async ({ page }) => {
  await openThread(page, HUGE_THREAD)
  await expect(page.locator('.loulan-reading-bar')).toBeVisible()
  const sources = page.locator('.loulan-quotes-source')
  await expect(sources.first()).toBeAttached()
  const before = await sources.count()
  await page.evaluate(() => scrollTo({ top: document.documentElement.scrollHeight, behavior: 'instant' }))
  const atEnd = page.locator('.post-card:nth-last-of-type(-n + 15)')
  await expect.poll(() => sources.count()).toBeGreaterThan(before)
  // By the keyboard: more posts come near and fold around it, and a pointer would meet what moves.
  await atEnd.locator('.loulan-quotes-source', { hasText: '↑' }).last().press('Enter')
  const quoted = page.locator('.post-card:focus')
  await expect(quoted).toBeInViewport()
  await expect(quoted.locator('[class*="loulan-quotes-answers"]')).toContainText('条回复')
})
