import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import type { CDPSession, Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../browsers/chromium.ts'
import { makeVariant } from '../e2e/extension-pages.ts'
import { discourse } from '../forum/engines/discourse.ts'
import { discuz } from '../forum/engines/discuz.ts'
import { startForum, type Forum } from '../forum/forum.ts'
import { generateThread } from '../forum/generate.ts'
import { median, type BenchRow } from './bench.ts'

const AIDS_DIR = fileURLToPath(new URL('../../aids', import.meta.url))
const EXTENSION_DIR = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** Posts on the page, the most that our script may work in all, and the runs that are counted. */
const PAGES = [
  { posts: 20, budget: 10, runs: 7 },
  { posts: 200, budget: undefined, runs: 5 },
  { posts: 1000, budget: 100, runs: 5 },
] as const

interface TraceEvent {
  name: string
  ph: string
  ts: number
  dur?: number
  /** Like `dur`, but of the processor only: what other processes took of the machine is not in it. */
  tdur?: number
  pid: number
  tid: number
  args: { data?: { url?: string; scriptName?: string } }
}

interface Load {
  /** Milliseconds of processor time that the page's main thread took, with all its tasks. */
  all: number
  /** The same in our content script, and the longest single call of it. */
  ours: number
  longest: number
  /** The same after promises: the trace names no file there, so what the page alone has of it is taken off. */
  promised: number
  /** The layout shift score. */
  shift: number
}

/** What the extension costs on a live page: size, main-thread time with and without it, layout shift. */
export default async function bench(): Promise<BenchRow[]> {
  const rows = [measureSize()]
  const forum = await startForum({
    threads: PAGES.map(({ posts }) => generateThread({ posts, seed: posts, postsPerPage: posts })),
  })
  const bare = await launchChromium({ forumPort: forum.port })
  const extension = await launchChromium({ extensionDir: EXTENSION_DIR, forumPort: forum.port })
  try {
    await switchAllAidsOn(extension)
    for (const { posts, budget, runs } of PAGES) {
      const path = threadPath(forum, posts)
      const off = await loadOften(bare, forum.url(path), runs)
      const on = await loadOften(extension, forum.url(path), runs)
      rows.push(...describeLoads(posts, budget, on, off))
      const laterOff = await loadOften(bare, forum.url(path), runs, true)
      const laterOn = await loadOften(extension, forum.url(path), runs, true)
      rows.push(describeOurs(`page of ${posts} posts, later in the same tab`, budget, laterOn, laterOff))
    }
    rows.push(await measureOtherPage(extension, bare, forum), ...(await measureGrantedSites(bare, forum)))
  } finally {
    await extension.close()
    await bare.close()
    await forum.stop()
  }
  return rows
}

/** What is on by default is the reader's choice; what an aid costs has to be seen whether it is or not. */
async function switchAllAidsOn(extension: Chromium): Promise<void> {
  const aids = readdirSync(AIDS_DIR).filter(
    (file) => file.endsWith('.ts') && /export default defineAid\w*\(/.test(readFile(file)),
  )
  if (aids.length === 0) throw new Error('No aid was found to switch on')
  const records = Object.fromEntries(aids.map((file) => [`aid:${file.replace(/\.ts$/, '')}`, { enabled: true }]))
  const worker = await extension.serviceWorker()
  await worker.evaluate((stored) => chrome.storage.local.set(stored), records)
}

function readFile(aid: string): string {
  return readFileSync(join(AIDS_DIR, aid), 'utf8')
}

function measureSize(): BenchRow {
  const files = ['content-scripts/thread.js', 'content-scripts/thread.css']
  const bytes = files.reduce(
    (sum, file) => sum + gzipSync(readFileSync(join(EXTENSION_DIR, file)), { level: 9 }).length,
    0,
  )
  return {
    what: 'content script and its style, gzip',
    ours: `${(bytes / 1024).toFixed(1)} KB`,
    baseline: '',
    budget: '≤ 20 KB',
    held: bytes <= 20 * 1024,
  }
}

function threadPath(forum: Forum, posts: number): string {
  const thread = [...forum.control.threads.values()].find((each) => each.posts.length === posts)!
  return `post-read.php?bid=${thread.board.id}&threadid=${thread.id}`
}

function of(loads: readonly Load[], key: keyof Load): number {
  return median(loads.map((load) => load[key]))
}

/** What our scripts took of a page's main thread, by its loads with the extension and without. In milliseconds. */
function oursOf(on: readonly Load[], off: readonly Load[]): number {
  return of(on, 'ours') + Math.max(0, of(on, 'promised') - of(off, 'promised'))
}

function describeLoads(posts: number, budget: number | undefined, on: Load[], off: Load[]): BenchRow[] {
  return [
    describeOurs(`page of ${posts} posts, in a new process`, budget, on, off),
    {
      what: `page of ${posts} posts: all of the main thread`,
      ours: `${of(on, 'all').toFixed(0)} ms with the extension`,
      baseline: `${of(off, 'all').toFixed(0)} ms without`,
      ratio: of(off, 'all') / of(on, 'all'),
      budget: '',
      held: true,
    },
    {
      what: `page of ${posts} posts: layout shift`,
      ours: of(on, 'shift').toFixed(4),
      baseline: `${of(off, 'shift').toFixed(4)} without`,
      budget: 'no more than without',
      held: of(on, 'shift') <= of(off, 'shift'),
    },
  ]
}

function describeOurs(page: string, budget: number | undefined, on: Load[], off: Load[]): BenchRow {
  const longest = of(on, 'longest')
  const ours = oursOf(on, off)
  return {
    what: `${page}, all aids on: our scripts on the main thread`,
    ours: `${ours.toFixed(1)} ms, longest call ${longest.toFixed(1)} ms`,
    baseline: '',
    budget: budget === undefined ? 'calls < 50 ms' : `≤ ${budget} ms, calls < 50 ms`,
    held: ours <= (budget ?? Infinity) && longest < 50,
  }
}

async function measureOtherPage(extension: Chromium, bare: Chromium, forum: Forum): Promise<BenchRow> {
  const address = forum.url('thread.php?bid=103&mode=topic')
  const ours = oursOf(await loadOften(extension, address, 7), await loadOften(bare, address, 7))
  return {
    what: 'page that is no thread: our script on the main thread',
    ours: `${ours.toFixed(2)} ms`,
    baseline: '',
    budget: '≤ 1 ms',
    held: ours <= 1,
  }
}

/** What the lists of threads cost on sites that the reader granted; on each a thread was read before, as readers do. */
async function measureGrantedSites(bare: Chromium, forum: Forum): Promise<BenchRow[]> {
  const granted = [discuz, discourse]
  const variant = makeVariant({ manifest: { host_permissions: granted.map(({ host }) => `*://${host}/*`) } })
  const extension = await launchChromium({ extensionDir: variant.folder, forumPort: forum.port })
  try {
    const worker = await extension.serviceWorker()
    const rows: BenchRow[] = []
    for (const { id, address, boardAddress } of granted) {
      const page = await extension.context.newPage()
      while ((await worker.evaluate(() => chrome.scripting.getRegisteredContentScripts())).length === 0);
      await page.goto(address())
      await page.locator('.loulan-length').first().waitFor()
      await page.close()
      const ours = oursOf(await loadOften(extension, boardAddress, 7), await loadOften(bare, boardAddress, 7))
      rows.push({
        what: `granted site (${id}), page that is no thread: our script on the main thread`,
        ours: `${ours.toFixed(2)} ms`,
        baseline: '',
        budget: '≤ 1 ms',
        held: ours <= 1,
      })
    }
    return rows
  } finally {
    await extension.close()
    variant.remove()
  }
}

/**
 * @param isInOneTab each load after the first then finds the process, and the code that it has compiled, as a reader does
 *   who goes from thread to thread; else a new tab with a new process has all before it
 */
async function loadOften(browser: Chromium, url: string, runs: number, isInOneTab = false): Promise<Load[]> {
  const loads: Load[] = []
  let page: Page | undefined
  for (let run = 0; run <= runs; run++) {
    page ??= await openTab(browser)
    const load = await traceLoad(page, url)
    if (run > 0) loads.push(load) // The first fills caches of code and fonts.
    if (isInOneTab) continue
    await page.close()
    page = undefined
  }
  await page?.close()
  return loads
}

/** A tab that adds up what moves on its pages. */
async function openTab(browser: Chromium): Promise<Page> {
  const page = await browser.context.newPage()
  await page.addInitScript(() => {
    const sums = ((window as unknown as { shifts: { sum: number } }).shifts = { sum: 0 })
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) sums.sum += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return page
}

/** Loads a page under the browser's own tracing and adds up what ran on its main thread. */
async function traceLoad(page: Page, url: string): Promise<Load> {
  const session = await page.context().newCDPSession(page)
  const events = await trace(session, async () => {
    await page.goto(url)
    await page.waitForTimeout(1200)
  })
  await session.detach()
  const shift = await page.evaluate(() => (window as unknown as { shifts: { sum: number } }).shifts.sum)
  return { ...addUp(events), shift }
}

async function trace(session: CDPSession, work: () => Promise<void>): Promise<TraceEvent[]> {
  const events: TraceEvent[] = []
  session.on('Tracing.dataCollected', ({ value }) => events.push(...(value as unknown as TraceEvent[])))
  const complete = new Promise<void>((resolve) => session.once('Tracing.tracingComplete', () => resolve()))
  const includedCategories = ['devtools.timeline', 'toplevel', 'v8', 'disabled-by-default-devtools.timeline']
  await session.send('Tracing.start', { transferMode: 'ReportEvents', traceConfig: { includedCategories } })
  await work()
  await session.send('Tracing.end')
  await complete
  return events
}

/** The browser's name for running what waited for promises, between two tasks or at the end of one. */
const CHECKPOINT = 'BlinkScheduler_PerformMicrotaskCheckpoint'

/** Our calls are those that the trace names by our file; calls inside of one of ours are part of it. */
function addUp(events: readonly TraceEvent[]): Omit<Load, 'shift'> {
  const isOurs = ({ args }: TraceEvent) =>
    (args.data?.url ?? args.data?.scriptName ?? '').startsWith('chrome-extension://')
  const calls = events.filter((event) => event.ph === 'X' && event.dur !== undefined)
  const ours = calls.filter(isOurs).sort((a, b) => a.ts - b.ts || b.dur! - a.dur!)
  const thread = ours[0] ?? calls.find(({ name }) => name === 'ParseHTML')
  const counted: TraceEvent[] = []
  let end = 0
  let sum = 0
  let longest = 0
  for (const call of ours) {
    const { ts, dur = 0, tdur = dur } = call
    if (ts < end) continue
    counted.push(call)
    end = ts + dur
    sum += tdur
    longest = Math.max(longest, tdur)
  }
  const onThread = calls.filter(({ pid, tid }) => pid === thread?.pid && tid === thread.tid)
  const holds = (outer: TraceEvent, inner: TraceEvent) =>
    outer.ts <= inner.ts && outer.ts + outer.dur! >= inner.ts + inner.dur!
  const timeOf = (total: number, { dur = 0, tdur = dur }: TraceEvent) => total + tdur
  const promised = onThread
    .filter((event) => event.name === CHECKPOINT && !ours.some((call) => holds(call, event)))
    .map((event) => timeOf(0, event) - counted.filter((call) => holds(event, call)).reduce(timeOf, 0))
    .reduce((total, time) => total + time, 0)
  const tasks = onThread.filter(({ name }) => name === 'RunTask')
  const all = tasks.reduce(timeOf, 0)
  return { all: all / 1000, ours: sum / 1000, longest: longest / 1000, promised: promised / 1000 }
}
