import { rmSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { launchChromium, type Chromium } from '../browsers/chromium.ts'
import { madeThread, plantThreads } from '../e2e/plant-threads.ts'
import { startForum } from '../forum/forum.ts'
import { median, type BenchRow } from './bench.ts'
import { addEmptyPage, timeUntil } from './own-page.ts'

const THREADS = 10_000
const RUNS = 7

/** Frames of one scroll, and how far each goes: four screens a second. In CSS pixels. */
const FRAMES = 240
const FRAME_STEP = 56

/** The library with ten thousand threads: first rows, sorting and filtering, scrolling. */
export default async function bench(): Promise<BenchRow[]> {
  const extensionDir = await addEmptyPage()
  const forum = await startForum({ threads: [] })
  const extension = await launchChromium({ extensionDir, forumPort: forum.port })
  try {
    const records = Array.from({ length: THREADS }, (_, index) => madeThread(index))
    await plantThreads(extension, records)
    const first = await measureFirstRows(extension)
    const page = await openWhole(extension)
    return [first, ...(await measureChanges(page)), await measureScrolling(extension, page)]
  } finally {
    await extension.close()
    await forum.stop()
    rmSync(extensionDir, { recursive: true })
  }
}

async function measureFirstRows(extension: Chromium): Promise<BenchRow> {
  const ours: number[] = []
  const empty: number[] = []
  for (let run = 0; run <= RUNS; run++) {
    const library = await timeUntil(extension, '/library.html', '.thread-row')
    const bare = await timeUntil(extension, '/empty.html', 'main')
    if (run === 0) continue
    ours.push(library)
    empty.push(bare)
  }
  const [rows, bare] = [median(ours), median(empty)]
  return {
    what: `library of ${THREADS} threads, first rows`,
    ours: `${rows.toFixed(0)} ms`,
    baseline: `an empty Vue page: ${bare.toFixed(0)} ms`,
    ratio: bare / rows,
    budget: '≤ 300 ms',
    held: rows <= 300,
  }
}

async function openWhole(extension: Chromium): Promise<Page> {
  const page = await extension.context.newPage()
  await page.goto(extension.extensionUrl('/library.html'))
  await page.waitForFunction((count) => document.querySelector('.keeps')?.textContent?.includes(count), '10,000')
  return page
}

/** From the reader's change to the laid-out rows. */
async function measureChanges(page: Page): Promise<BenchRow[]> {
  const times = await page.evaluate(async (runs) => {
    const timed = async (act: () => void) => {
      const start = performance.now()
      act()
      await new Promise((resolve) => setTimeout(resolve))
      void document.body.offsetHeight
      return performance.now() - start
    }
    const set = (field: HTMLInputElement | HTMLSelectElement, value: string, event: string) => () => {
      field.value = value
      field.dispatchEvent(new Event(event, { bubbles: true }))
    }
    const select = document.querySelector<HTMLSelectElement>('.library-toolbar select')!
    const field = document.querySelector<HTMLInputElement>('.library-toolbar input')!
    const sorts: number[] = []
    const filters: number[] = []
    for (let run = 0; run < runs; run++) {
      for (const sort of ['title', 'length', 'author', 'reply', 'board', 'recent'])
        sorts.push(await timed(set(select, sort, 'change')))
      for (const words of ['毕', '毕业 租', '没有', '']) filters.push(await timed(set(field, words, 'input')))
    }
    return { sorts, filters }
  }, 4)
  return [
    changeRow('sorted anew (worst of 24)', times.sorts),
    changeRow('filtered by title (worst of 16)', times.filters),
  ]
}

function changeRow(what: string, times: number[]): BenchRow {
  const worst = Math.max(...times)
  return {
    what: `library of ${THREADS} threads, ${what}`,
    ours: `${worst.toFixed(0)} ms, median ${median(times).toFixed(0)} ms`,
    baseline: '',
    budget: '≤ 50 ms',
    held: worst <= 50,
  }
}

/** Scrolls by script, a step a frame, and looks how long each frame took; the same over a page that is only tall. */
async function measureScrolling(extension: Chromium, page: Page): Promise<BenchRow> {
  const bare = await extension.context.newPage()
  await bare.goto(extension.extensionUrl('/empty.html'))
  await bare.evaluate(() => (document.body.style.height = '600000px'))
  const empty = await frameTimes(bare)
  await page.bringToFront()
  const ours = await frameTimes(page)
  const dropped = (times: number[]) => times.filter((time) => time > 25).length
  const p95 = percentile95(ours)
  return {
    what: `library of ${THREADS} threads, scrolled over ${(FRAMES * FRAME_STEP) / 1000}k pixels, 95th percentile of frames`,
    ours: `${p95.toFixed(1)} ms, ${dropped(ours)} of ${FRAMES} dropped`,
    baseline: `a page that is only tall: ${percentile95(empty).toFixed(1)} ms, ${dropped(empty)} dropped`,
    ratio: percentile95(empty) / p95,
    budget: '60 frames/s',
    held: p95 <= 17.5,
  }
}

function percentile95(times: number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.95)]!
}

function frameTimes(page: Page): Promise<number[]> {
  return page.evaluate(
    ([frames, step]) =>
      new Promise<number[]>((resolve) => {
        const times: number[] = []
        let last = 0
        const frame = (now: number) => {
          if (last) times.push(now - last)
          last = now
          if (times.length >= frames!) return resolve(times)
          scrollBy({ top: step!, behavior: 'instant' })
          requestAnimationFrame(frame)
        }
        requestAnimationFrame(frame)
      }),
    [FRAMES, FRAME_STEP],
  )
}
