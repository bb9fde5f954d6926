import { cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { launchChromium, type Chromium } from '../browsers/chromium.ts'
import { startForum } from '../forum/forum.ts'
import { median, type BenchRow } from './bench.ts'
import { PLANTED, wordOf } from './made-library.ts'
import type { SearchBench } from './search-page.ts'

const EXTENSION_DIR = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** Posts in the library, and the most that the first results and those of a key may take. In milliseconds. */
const LIBRARIES = [
  { posts: 200_000, cold: 150, key: 20 },
  { posts: 1_000_000, cold: 500, key: 60 },
] as const

/** Indexes take too long to write for more. */
const INDEXED_POSTS = 10_000

const RUNS = 7

/** Ranks of words that a few and that most threads hold. */
const QUERIES = {
  'rare 4 characters': PLANTED.rare,
  'common 2 characters': wordOf(100),
  '1 character': wordOf(0)[0]!,
} as const

/** Searching the library in the real browser, by the worker that the library page starts; in the same run, simpler ways. */
export default async function bench(): Promise<BenchRow[]> {
  const { folder, worker } = await makeBuild()
  const forum = await startForum({ threads: [] })
  const extension = await launchChromium({ extensionDir: folder, forumPort: forum.port })
  try {
    const rows = [await measureStoring(extension)]
    for (const library of LIBRARIES) rows.push(...(await measureLibrary(extension, worker, library)))
    rows.push(...(await measurePairs(extension)))
    return rows
  } finally {
    await extension.close()
    await forum.stop()
    rmSync(folder, { recursive: true })
  }
}

/** A copy of the built extension with a page that fills the archive; the worker is the built one. */
async function makeBuild(): Promise<{ folder: string; worker: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'loulan-bench-'))
  cpSync(EXTENSION_DIR, folder, { recursive: true })
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: fileURLToPath(new URL('search-page.ts', import.meta.url)),
        formats: ['es'],
        fileName: () => 'bench.js',
      },
    },
  })
  writeFileSync(
    join(folder, 'bench.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/bench.js"></script>',
  )
  const name = readdirSync(join(folder, 'assets')).find((file) => file.startsWith('search-worker'))
  return { folder, worker: `/assets/${name}` }
}

async function openBench(extension: Chromium): Promise<Page> {
  const page = await extension.context.newPage()
  await page.goto(extension.extensionUrl('/bench.html'))
  await page.waitForFunction(() => 'bench' in globalThis)
  return page
}

/** Calls a function of `search-page.ts` in the page. */
function call<Name extends keyof SearchBench>(
  page: Page,
  name: Name,
  ...given: Parameters<SearchBench[Name]>
): Promise<Awaited<ReturnType<SearchBench[Name]>>> {
  return page.evaluate(
    ([wanted, values]) => {
      const { bench: all } = globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> }
      return all[wanted]!(...values)
    },
    [name, given] as [string, unknown[]],
  ) as Promise<Awaited<ReturnType<SearchBench[Name]>>>
}

async function measureStoring(extension: Chromium): Promise<BenchRow> {
  const page = await openBench(extension)
  const { all, texts } = await call(page, 'store', INDEXED_POSTS)
  await page.close()
  const perSecond = INDEXED_POSTS / (all / 1000)
  return {
    what: `storing ${INDEXED_POSTS} posts, pages of 20, made searchable`,
    ours: `${perSecond.toFixed(0)} posts/s`,
    baseline: `the texts alone: ${texts.toFixed(0)} ms of ${all.toFixed(0)} ms`,
    budget: '≥ 2,000 posts/s',
    held: perSecond >= 2000,
  }
}

async function measureLibrary(
  extension: Chromium,
  worker: string,
  { posts, cold, key }: (typeof LIBRARIES)[number],
): Promise<BenchRow[]> {
  const page = await openBench(extension)
  const filled = await call(page, 'fill', posts)
  const plainWrite = await call(page, 'fillPlain', posts)
  await call(page, 'fillBlocks', posts)
  const rows: BenchRow[] = [
    {
      what: `${posts} posts: texts for searching written and tidied, ${filled.runs} runs, ${filled.megabytes.toFixed(0)} MB`,
      ours: `${(filled.texts + filled.tidy).toFixed(0)} ms`,
      baseline: `a text record a thread: ${plainWrite.toFixed(0)} ms, its making included`,
      budget: '',
      held: true,
    },
  ]
  for (const [name, typed] of Object.entries(QUERIES))
    rows.push(await measureCold(page, worker, { name, typed, posts, cold }))
  // The first search is not counted: from then on the texts are in memory.
  for (const typed of Object.values(QUERIES)) await call(page, 'search', typed)
  for (const [name, typed] of Object.entries(QUERIES)) rows.push(await measureKey(page, { name, typed, posts, key }))
  await page.evaluate(async () => {
    for (const { name } of await indexedDB.databases()) if (name) indexedDB.deleteDatabase(name)
  })
  await page.close()
  return rows
}

/** Times of simpler ways. */
interface Baselines {
  plain: number[]
  blocks: number[]
}

interface Measured {
  name: string
  typed: string
  posts: number
}

async function measureCold(
  page: Page,
  worker: string,
  { name, typed, posts, cold }: Measured & { cold: number },
): Promise<BenchRow> {
  const times: { first: number; all: number; posts: number; threads: number }[] = []
  const others: Baselines = { plain: [], blocks: [] }
  for (let run = 0; run < 3; run++) {
    await call(page, 'open', worker)
    times.push(await call(page, 'search', typed))
    others.plain.push((await call(page, 'searchPlain', typed)).all)
    others.blocks.push((await call(page, 'searchBlocks', typed, true)).all)
  }
  return describe(`${posts} posts, first search: ${name}`, times, cold, others)
}

async function measureKey(page: Page, { name, typed, posts, key }: Measured & { key: number }): Promise<BenchRow> {
  const times: { first: number; all: number; posts: number; threads: number }[] = []
  const baselines: Baselines = { plain: [], blocks: [] }
  const others = Object.values(QUERIES).filter((each) => each !== typed)
  for (let run = 0; run < RUNS; run++) {
    // Another one between, so that none is answered by narrowing the one before.
    await call(page, 'search', others[run % others.length]!)
    times.push(await call(page, 'search', typed))
    baselines.blocks.push((await call(page, 'searchBlocks', typed, false)).all)
    if (run < 2) baselines.plain.push((await call(page, 'searchPlain', typed)).all)
  }
  return describe(`${posts} posts, a key: ${name}`, times, key, baselines)
}

function describe(
  what: string,
  times: readonly { first: number; all: number; posts: number; threads: number }[],
  budget: number,
  { plain, blocks }: Baselines,
): BenchRow {
  const first = median(times.map((time) => time.first))
  const all = median(times.map((time) => time.all))
  const { posts, threads } = times[0]!
  return {
    what,
    ours: `first results ${first.toFixed(0)} ms, all ${all.toFixed(0)} ms (${posts} posts in ${threads} threads)`,
    baseline: `a text record a thread, all read: ${median(plain).toFixed(0)} ms; blocks of text, counted only: ${median(blocks).toFixed(0)} ms`,
    ratio: median(plain) / all,
    budget: `first results ≤ ${budget} ms`,
    held: first <= budget,
  }
}

async function measurePairs(extension: Chromium): Promise<BenchRow[]> {
  const page = await openBench(extension)
  const pairsWrite = await call(page, 'fillPairs', INDEXED_POSTS)
  const ours = await call(page, 'fill', INDEXED_POSTS)
  const rare = await call(page, 'searchPairs', QUERIES['rare 4 characters'])
  const common = await call(page, 'searchPairs', QUERIES['common 2 characters'])
  await page.close()
  return [
    {
      what: `${INDEXED_POSTS} posts: texts for searching written`,
      ours: `${(ours.texts + ours.tidy).toFixed(0)} ms`,
      baseline: `Dexie index of pairs: ${pairsWrite.toFixed(0)} ms (searches ${rare.all.toFixed(0)} ms and ${common.all.toFixed(0)} ms)`,
      ratio: pairsWrite / (ours.texts + ours.tidy),
      budget: 'far below an index',
      held: pairsWrite > 10 * (ours.texts + ours.tidy),
    },
  ]
}
