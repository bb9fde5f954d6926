import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../../test/browsers/chromium.ts'
import { startForum, type Forum } from '../../test/forum/forum.ts'
import { looksParts } from '../../core/reader-looks.ts'
import { LONG_THREAD, LONG_URL, SEED_FILE, SEED_KEY, SEED_URL } from './seed.ts'

interface Places {
  extensionDir: string
  /** Emptied at the start; gets one picture a step. */
  outputDir: string
}

interface Step {
  name: string
  /** Returns what was seen, in a few words; throws when the step does not hold. */
  take: () => Promise<string>
}

/**
 * Walks the demo by itself, in light and in dark: reads the thread, folds, looks at the popup, saves a whole thread, reads
 * the kept copy and searches the library with the forum stopped, pastes the dump. Returns 0 only if every step held.
 */
export async function walk({ extensionDir, outputDir }: Places): Promise<number> {
  rmSync(outputDir, { recursive: true, force: true })
  mkdirSync(outputDir, { recursive: true })
  const rows: { step: string; held: string; seen: string }[] = []
  for (const colorScheme of ['light', 'dark'] as const) {
    const forum = await startForum({ dumps: [SEED_FILE], threads: [LONG_THREAD] })
    const browser = await launchChromium({ extensionDir, forumPort: forum.port, colorScheme })
    try {
      const journey = new Journey(browser, forum, join(outputDir, colorScheme))
      for (const [index, { name, take }] of journey.steps.entries()) {
        const step = `${colorScheme} ${index + 1} ${name}`
        try {
          rows.push({ step, held: 'yes', seen: await take() })
        } catch (error) {
          rows.push({ step, held: 'NO', seen: error instanceof Error ? error.message.split('\n')[0]! : String(error) })
        }
      }
    } finally {
      await browser.close()
      await forum.stop()
    }
  }
  print(rows)
  console.log(`\nPictures: ${outputDir}`)
  return rows.every(({ held }) => held === 'yes') ? 0 : 1
}

class Journey {
  readonly steps: readonly Step[]
  #browser: Chromium
  #forum: Forum
  #pictures: string
  #count = 0
  #threadPage: Page | undefined

  constructor(browser: Chromium, forum: Forum, pictures: string) {
    this.#browser = browser
    this.#forum = forum
    this.#pictures = pictures
    this.steps = [
      { name: 'read the thread', take: () => this.#readThread() },
      { name: 'links lead to their target', take: () => this.#compareLinks() },
      { name: 'unfold', take: () => this.#fold(true) },
      { name: 'fold', take: () => this.#fold(false) },
      { name: 'popup on the thread', take: () => this.#openPopup() },
      { name: 'save a whole thread', take: () => this.#saveThread() },
      { name: 'kept copy, forum stopped', take: () => this.#readOffline() },
      { name: 'the reader in every theme', take: () => this.#showThemes() },
      { name: 'search the library, forum stopped', take: () => this.#search() },
      { name: 'paste the dump', take: () => this.#pasteDump() },
    ]
  }

  async #readThread(): Promise<string> {
    const page = await this.#browser.context.newPage()
    this.#threadPage = page
    await page.goto(SEED_URL)
    const line = page.locator('.loulan-length')
    await line.filter({ hasText: '6,284' }).waitFor({ timeout: 10_000 })
    await this.#picture(page, 'thread')
    return (await line.textContent()) ?? ''
  }

  /** The site's own links are counted in what the forum sends; ours in the page. */
  async #compareLinks(): Promise<string> {
    const { text } = await this.#forum.request(new URL(SEED_URL).pathname + new URL(SEED_URL).search)
    const before = [...text.matchAll(/<a[^>]+href="[^"]*jump-to\.php\?url=/g)].length
    const hrefs = await this.#page()
      .locator('.body a')
      .evaluateAll((links) => links.map((link) => (link as HTMLAnchorElement).href))
    const wrapped = hrefs.filter((href) => href.includes('jump-to.php')).length
    const direct = hrefs.filter((href) => href.startsWith('http://www.xinhuanet.com/')).length
    if (before !== 2 || wrapped !== 0 || direct !== 2)
      throw new Error(`before ${before}, left ${wrapped}, direct ${direct}`)
    return `before: ${before} through jump-to.php; after: ${wrapped}, ${direct} direct (${hrefs[0]})`
  }

  async #fold(open: boolean): Promise<string> {
    const button = this.#page().locator('.loulan-collapse-long-posts-button').first()
    await button.click()
    const state = await button.getAttribute('aria-expanded')
    if (state !== String(open)) throw new Error(`aria-expanded is ${state}`)
    await this.#picture(this.#page(), open ? 'unfolded' : 'folded')
    const height = (await this.#page().locator('.post-card').first().boundingBox())?.height ?? 0
    return `${await button.textContent()}; the post is ${Math.round(height)} px high`
  }

  async #openPopup(): Promise<string> {
    const worker = await this.#browser.serviceWorker()
    const tabId = await worker.evaluate(async () => (await chrome.tabs.query({ url: '*://bbs.pku.edu.cn/*' }))[0]?.id)
    const popup = await this.#open(`/popup.html?tab=${tabId}`, { width: 380, height: 600 })
    await popup.getByText('关于持续解决困扰基层的形式主义问题的通知').first().waitFor()
    await popup.getByText('6,284 字').first().waitFor()
    await this.#picture(popup, 'popup')
    return oneLine(await popup.locator('main').innerText()).slice(0, 110)
  }

  async #saveThread(): Promise<string> {
    const page = await this.#browser.context.newPage()
    await page.goto(LONG_URL)
    const line = page.locator('.loulan-saved-state')
    await line.getByRole('button', { name: '保存全帖' }).click()
    await line.filter({ hasText: /[2-4] \/ 5 页/ }).waitFor({ timeout: 30_000 })
    await this.#picture(page, 'saving')
    await line.filter({ hasText: /^(?!.*正在).*保存于/ }).waitFor({ timeout: 30_000 })
    await this.#picture(page, 'saved')
    return oneLine(await line.innerText())
  }

  async #search(): Promise<string> {
    const library = await this.#open('/library.html')
    await library.getByRole('link', { name: LONG_THREAD.title }).first().waitFor()
    await this.#picture(library, 'library')
    await library.locator('#library-search').fill('太长了')
    await library.locator('article mark').first().waitFor()
    await this.#picture(library, 'search')
    return `${oneLine(await library.locator('article').first().innerText()).slice(0, 80)}; forum ${(await this.#isForumUp()) ? 'up' : 'down'}`
  }

  async #readOffline(): Promise<string> {
    await this.#forum.stop()
    const reader = await this.#open(`/reader.html#${encodeURIComponent(SEED_KEY)}`)
    return this.#lookAtReader(reader, 'offline')
  }

  /** Looks are for all threads until the reader says otherwise: the last theme is the system's again. */
  async #showThemes(): Promise<string> {
    const reader = await this.#open(`/reader.html#${encodeURIComponent(SEED_KEY)}`, { width: 960, height: 600 })
    await reader.locator('.end').waitFor()
    const papers: string[] = []
    for (const theme of [...looksParts.theme.choices].reverse()) {
      await reader.locator('.loulan-reading-bar').getByRole('button', { name: '外观' }).click()
      await reader.locator(`.sample[data-theme=${theme}] input`).check()
      await reader.getByRole('dialog', { name: '外观' }).press('Escape')
      papers.push(await reader.evaluate(() => getComputedStyle(document.documentElement).backgroundColor))
      if (theme !== 'system') await this.#picture(reader, `reader-${theme}`)
    }
    if (new Set(papers).size !== papers.length) throw new Error(`themes look alike: ${papers.join(', ')}`)
    return `${papers.length} papers`
  }

  async #pasteDump(): Promise<string> {
    const popup = await this.#open('/popup.html?tab=0', { width: 380, height: 600 })
    const box = popup.getByRole('textbox')
    await box.fill(readFileSync(SEED_FILE, 'utf8'))
    await this.#picture(popup, 'paste')
    const opened = this.#browser.context.waitForEvent('page')
    await box.press('Control+Enter')
    return this.#lookAtReader(await opened, 'pasted')
  }

  async #lookAtReader(reader: Page, picture: string): Promise<string> {
    await reader.getByText('太长了，废了半天劲儿才看完。').waitFor({ timeout: 10_000 })
    await reader.locator('.loulan-length').filter({ hasText: '6,284' }).waitFor()
    await this.#picture(reader, picture)
    return `${oneLine((await reader.locator('.loulan-length').textContent()) ?? '')}; forum ${(await this.#isForumUp()) ? 'up' : 'down'}`
  }

  async #isForumUp(): Promise<boolean> {
    return this.#forum.request('/v2/home.php').then(
      () => true,
      () => false,
    )
  }

  async #open(path: string, viewport = { width: 1280, height: 900 }): Promise<Page> {
    const page = await this.#browser.context.newPage()
    await page.setViewportSize(viewport)
    await page.goto(this.#browser.extensionUrl(path))
    return page
  }

  async #picture(page: Page, name: string): Promise<void> {
    this.#count += 1
    await page.screenshot({ path: `${this.#pictures}-${this.#count}-${name}.png` })
  }

  #page(): Page {
    if (!this.#threadPage) throw new Error('the thread was not opened')
    return this.#threadPage
  }
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function print(rows: readonly { step: string; held: string; seen: string }[]): void {
  const width = Math.max(...rows.map(({ step }) => step.length))
  console.log()
  for (const { step, held, seen } of rows) console.log(`${step.padEnd(width)}  ${held.padEnd(4)} ${seen}`)
}
