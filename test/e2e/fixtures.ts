import { test as base, type Page } from '@playwright/test'
import { fileURLToPath } from 'node:url'
import { launchChromium, type Chromium, type ChromiumOptions } from '../browsers/chromium.ts'
import { startForum, type Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import type { ForumThread } from '../forum/model.ts'
import { threadAddress } from '../forum/thread-markup.ts'
import { emptyExtension } from './extension-pages.ts'

export { expect } from '@playwright/test'

const EXTENSION_DIR = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** The dump that came with the project, and its thread's place on the forum. */
export const SEED_FILE = fileURLToPath(new URL('../../seeds/000_01465295b16f78d9.txt', import.meta.url))
export const SEED_THREAD = { board: { id: '22' }, id: '17625528' } as const

/** A thread of five pages with everything a post can hold, and floors 7 and 23 missing. */
export const LONG_THREAD = generateThread({ posts: 95, seed: 2, gaps: [7, 23] })

type ThreadPlace = Pick<ForumThread, 'id'> & { readonly board: { readonly id: string } }

interface WorkerFixtures {
  /** The browser's language and colours; a file that sets them with `test.use` gets a browser of its own. */
  browserOptions: Pick<ChromiumOptions, 'lang' | 'colorScheme' | 'viewport'>
  /** Threads that stand on the forum beside the seed's. */
  threads: readonly ForumThread[]
  /** One forum a worker. Faults, login wall and being offline end with each test; threads stay as a test left them. */
  forum: Forum
  /** One browser with a fresh profile a worker; what a test stores in the extension stays for the next one of its file. */
  extension: Chromium
  extensionId: string
}

/** The worker's browser once it runs, and the file whose tests it has run last. */
let running: Chromium | undefined
let lastFile = ''

interface TestFixtures {
  /** A tab of the browser with the extension, closed at the end. */
  page: Page
  /** Starts another browser with a fresh profile, closed at the end of the test. */
  launch: (options?: Partial<ChromiumOptions>) => Promise<Chromium>
  settled: undefined
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  browserOptions: [{}, { scope: 'worker', option: true }],
  threads: [[LONG_THREAD], { scope: 'worker', option: true }],
  forum: [
    async ({ threads }, use) => {
      const forum = await startForum({ dumps: [SEED_FILE], threads })
      await use(forum)
      await forum.stop()
    },
    { scope: 'worker' },
  ],
  extension: [
    async ({ forum, browserOptions }, use) => {
      const extension = await launchChromium({ extensionDir: EXTENSION_DIR, forumPort: forum.port, ...browserOptions })
      running = extension
      await use(extension)
      running = undefined
      await extension.close()
    },
    { scope: 'worker' },
  ],
  extensionId: [async ({ extension }, use) => use(extension.extensionId), { scope: 'worker' }],
  page: async ({ extension }, use) => {
    const page = await extension.context.newPage()
    await use(page)
    await page.close()
  },
  launch: async ({ forum, browserOptions }, use) => {
    const launched: Chromium[] = []
    await use(async (options = {}) => {
      const browser = await launchChromium({
        extensionDir: EXTENSION_DIR,
        forumPort: forum.port,
        ...browserOptions,
        ...options,
      })
      launched.push(browser)
      return browser
    })
    for (const browser of launched) await browser.close()
  },
  settled: [
    async ({ forum }, use, { file }) => {
      // Which file comes before which is a matter of time: what one left is no business of the next.
      if (running && file !== lastFile) await emptyExtension(running)
      lastFile = file
      await use(undefined)
      forum.faults.clear()
      forum.control.loginWall = () => false
      forum.control.username = 'guest'
      forum.requests.length = 0
      await forum.restart()
    },
    { auto: true },
  ],
})

/** The address of a thread's page on the real site. */
export function threadUrl(thread: ThreadPlace, page = 1): string {
  return new URL(threadAddress(thread, page), 'https://bbs.pku.edu.cn/v2/').href
}

/** Opens a thread's page and waits until its posts stand. */
export async function openThread(page: Page, thread: ThreadPlace, pageNumber = 1): Promise<void> {
  await page.goto(threadUrl(thread, pageNumber))
  await page.locator('.post-card').first().waitFor()
}
