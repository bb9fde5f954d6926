import type { Page } from '@playwright/test'
import { readdirSync } from 'node:fs'
import type { Chromium } from '../browsers/chromium.ts'
import { discuz } from '../forum/engines/discuz.ts'
import type { EngineForum } from '../forum/engines/engine.ts'
import { phpbb3 } from '../forum/engines/phpbb3.ts'
import { xenforo2 } from '../forum/engines/xenforo2.ts'
import { waitForThread } from './archive.ts'
import { violations } from './axe.ts'
import { makeVariant } from './extension-pages.ts'
import { expect, test as base } from './fixtures.ts'
import { registeredScripts } from './site-permissions.ts'

/** The next pages of a thread, joined to the one on the screen, on the forums of other engines. */

interface Joined {
  forum: EngineForum
  /** The element that is a post, and what its id begins with. */
  post: string
  /** Has a script of the site act on a post; throws where nothing comes of it. */
  act: (page: Page, post: string) => Promise<void>
  /** What stands at the third page's address. */
  faulty: string
}

const FORUMS: readonly Joined[] = [
  {
    forum: discuz,
    post: '#postlist [id^="post_"]',
    act: async (page, post) => {
      await page.locator(`${post} .replyadd`).click()
      await expect(page.locator(`${post} .replyadd`)).toHaveText('支持 1')
    },
    faulty: `thread-${discuz.topic.id}-3-`,
  },
  {
    forum: phpbb3,
    post: '.post.has-profile',
    act: async (page, post) => {
      await page.locator(`${post} .post-buttons a`).click()
      const words = await page.locator(`${post} .content`).innerText()
      expect(await page.evaluate(() => getSelection()!.toString())).toContain(words.slice(0, 10))
    },
    faulty: 'start=40',
  },
  {
    forum: xenforo2,
    post: 'article.message--post',
    act: async (page, post) => {
      await page.locator(`${post} .reaction`).click()
      await expect(page.locator(`${post} .reaction`)).toHaveClass(/has-reaction/)
    },
    faulty: 'page-3',
  },
]

const idOf = ({ forum }: Joined, place: number) => {
  const { id } = forum.topic.posts[place]!
  return { discuz: `#post_${id}`, phpbb3: `#p${id}`, xenforo2: `#js-post-${id}` }[forum.id]!
}

/** Names of files: those of the aids are their ids. */
const EVERY_AID = readdirSync(new URL('../../aids/', import.meta.url)).map((name) => name.replace(/\.\w+$/, ''))

const lines = (page: Page) => page.locator('.loulan-join-pages-line')
const foot = (page: Page) => page.locator('.loulan-join-pages-foot')
const markup = (page: Page) => page.evaluate(() => document.body.outerHTML)

const test = base.extend<{ granted: Chromium }>({
  granted: async ({ launch }, use) => {
    const variant = makeVariant({ manifest: { host_permissions: FORUMS.map(({ forum }) => `*://${forum.host}/*`) } })
    try {
      const extension = await launch({ extensionDir: variant.folder })
      await expect.poll(() => registeredScripts(extension)).toContain('forum-sentinel')
      await use(extension)
    } finally {
      variant.remove()
    }
  },
})

/** Switches aids on or off, as the settings do. */
async function setAids(extension: Chromium, states: Record<string, boolean>): Promise<void> {
  const worker = await extension.serviceWorker()
  const entries = Object.entries(states).map(([id, enabled]) => [`aid:${id}`, { enabled }])
  await worker.evaluate((values) => chrome.storage.local.set(values), Object.fromEntries(entries))
}

/** Scrolls as a reader does, until something is so. */
async function readOn(page: Page, isSo: () => Promise<void>): Promise<void> {
  await expect(async () => {
    await page.mouse.wheel(0, 6000)
    await isSo()
  }).toPass()
}

const untilPosts = (page: Page, { post }: Joined, count: number) =>
  readOn(page, () => expect(page.locator(post)).toHaveCount(count, { timeout: 300 }))

for (const joined of FORUMS) {
  const { forum: engine, faulty } = joined

  test(`${engine.id}: reads on to the end, with the site’s scripts, the aids and the archive; undone, nothing is left`, async ({
    granted,
  }) => {
    await setAids(granted, Object.fromEntries(EVERY_AID.map((id) => [id, false])))
    const page = await granted.context.newPage()
    await page.goto(engine.address())
    const key = `${engine.id}/${engine.host}/${engine.topic.id}`
    await waitForThread(granted, key, 20)
    const before = await markup(page)
    await setAids(granted, { 'join-pages': true, mute: true })
    await untilPosts(page, joined, 45)
    await expect(lines(page)).toHaveText(['第 2 页', '第 3 页'])
    await expect(foot(page)).toHaveText('全帖到这里为止')
    const ids = await page.locator(joined.post).evaluateAll((posts) => posts.map(({ id }) => `#${id}`))
    expect(ids).toEqual(engine.topic.posts.map((_, place) => idOf(joined, place)))
    await waitForThread(granted, key, 45)
    for (const place of [3, 25, 44]) await joined.act(page, idOf(joined, place))
    await page.locator(idOf(joined, 30)).scrollIntoViewIfNeeded()
    await expect(page.locator(`${idOf(joined, 30)} .loulan-mute-author`)).toBeAttached()
    expect(await violations(page, '.loulan-join-pages-line')).toEqual([])
    expect(await violations(page, '.loulan-join-pages-foot')).toEqual([])
    // What the site’s script did on the first page stays: the page is opened anew to be compared.
    await page.goto(engine.address())
    await untilPosts(page, joined, 45)
    await setAids(granted, { 'join-pages': false, mute: false })
    await expect(page.locator(joined.post)).toHaveCount(20)
    expect(await markup(page)).toBe(before)
    await expect(page).toHaveURL(engine.address())
  })

  test(`${engine.id}: address and history follow; a forum that fails is told and tried again`, async ({
    granted,
    forum,
  }) => {
    await setAids(granted, { 'join-pages': true })
    const page = await granted.context.newPage()
    await page.goto(engine.boardAddress)
    await page.goto(engine.address())
    await untilPosts(page, joined, 40)
    const entries = await page.evaluate(() => history.length)
    const toPost = (place: number) =>
      page.locator(idOf(joined, place)).evaluate((post) => post.scrollIntoView({ behavior: 'instant' }))
    await toPost(25)
    await expect(page).toHaveURL(engine.address(2))
    await toPost(3)
    await expect(page).toHaveURL(engine.address())
    expect(await page.evaluate(() => history.length)).toBe(entries)

    forum.faults.add({ on: faulty, status: 503 })
    await readOn(page, () => expect(foot(page)).toContainText('第 3 页没有接上', { timeout: 300 }))
    forum.faults.clear()
    await forum.stop()
    await foot(page).getByRole('button', { name: '再试一次' }).click()
    await expect(foot(page)).toContainText('第 3 页没有接上')
    await expect(foot(page).getByRole('link', { name: '打开' })).toHaveAttribute('href', engine.address(3))
    await forum.restart()
    await foot(page).getByRole('button', { name: '再试一次' }).click()
    await expect(page.locator(joined.post)).toHaveCount(45)
    await expect(foot(page)).toHaveText('全帖到这里为止')

    await toPost(44)
    await expect(page).toHaveURL(engine.address(3))
    await page.reload()
    await expect(page.locator(joined.post)).toHaveCount(5)
    await expect(page).toHaveURL(engine.address(3))
    await page.goBack()
    await expect(page).toHaveURL(engine.boardAddress)
  })
}
