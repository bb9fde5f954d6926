import { rmSync } from 'node:fs'
import { formatDump } from '../../formats/dump.ts'
import { launchChromium, type Chromium } from '../browsers/chromium.ts'
import { startForum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import { median, type BenchRow } from './bench.ts'
import { makeThread } from './made-thread.ts'
import { addEmptyPage, timeUntil } from './own-page.ts'

const RUNS = 9
const LONG_THREAD_POSTS = 10_000

/** The extension's own pages: the popup beside a popup that holds nothing but Vue, and a very long thread in the reader. */
export default async function bench(): Promise<BenchRow[]> {
  const extensionDir = await addEmptyPage()
  const forum = await startForum({ threads: [generateThread({ posts: 95, seed: 2 })] })
  const extension = await launchChromium({ extensionDir, forumPort: forum.port })
  try {
    const [thread] = forum.control.threads.values()
    const page = await extension.context.newPage()
    await page.goto(forum.url(`post-read.php?bid=${thread!.board.id}&threadid=${thread!.id}`))
    await page.locator('.loulan-length').waitFor()
    return [await measurePopup(extension), ...(await measureReader(extension))]
  } finally {
    await extension.close()
    await forum.stop()
    rmSync(extensionDir, { recursive: true })
  }
}

async function measurePopup(extension: Chromium): Promise<BenchRow> {
  const worker = await extension.serviceWorker()
  const tabId = await worker.evaluate(async () => (await chrome.tabs.query({ url: '*://bbs.pku.edu.cn/*' }))[0]?.id)
  const ours: number[] = []
  const empty: number[] = []
  for (let run = 0; run <= RUNS; run++) {
    const popup = await timeUntil(extension, `/popup.html?tab=${tabId}`, 'main[aria-busy="false"] h1')
    const bare = await timeUntil(extension, '/empty.html', 'main')
    if (run === 0) continue
    ours.push(popup)
    empty.push(bare)
  }
  const [popup, bare] = [median(ours), median(empty)]
  return {
    what: 'popup on a thread, usable',
    ours: `${popup.toFixed(0)} ms`,
    baseline: `an empty Vue popup: ${bare.toFixed(0)} ms`,
    ratio: bare / popup,
    budget: '≤ 100 ms after an empty one',
    held: popup - bare <= 100,
  }
}

/** Puts a long thread into the archive as a reader would, through the library's import, and opens it. */
async function measureReader(extension: Chromium): Promise<BenchRow[]> {
  const thread = makeThread(LONG_THREAD_POSTS)
  const library = await extension.context.newPage()
  await library.goto(extension.extensionUrl('/library.html'))
  const started = performance.now()
  await library
    .locator('input[type=file]')
    .first()
    .setInputFiles({
      name: 'long.txt',
      mimeType: 'text/plain',
      buffer: Buffer.from(formatDump([thread])),
    })
  await library.getByText(thread.title).first().waitFor({ timeout: 120_000 })
  const seconds = (performance.now() - started) / 1000
  await library.close()
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    times.push(await timeUntil(extension, `/reader.html#${encodeURIComponent(thread.key)}`, '.post'))
  }
  const first = median(times)
  return [
    {
      what: `import of a dump of ${LONG_THREAD_POSTS} posts, reading included`,
      ours: `${Math.round(LONG_THREAD_POSTS / seconds)} posts/s`,
      baseline: '',
      budget: '≥ 2,000 posts/s',
      held: LONG_THREAD_POSTS / seconds >= 2000,
    },
    {
      what: `reader on a thread of ${LONG_THREAD_POSTS} posts, first posts`,
      ours: `${first.toFixed(0)} ms`,
      baseline: '',
      budget: '≤ 500 ms',
      held: first <= 500,
    },
  ]
}
