import { cpSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import { launchChromium, type Chromium } from '../browsers/chromium.ts'
import { makeProfile } from '../browsers/profile.ts'
import { startForum, type Forum } from '../forum/forum.ts'
import type { BenchRow } from './bench.ts'
import type { ExportBench } from './export-memory-page.ts'
import { watchMemory } from './process-memory.ts'

const EXTENSION_DIR = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** A library of a gigabyte and more, nearly all of it pictures that cannot be packed. */
const LIBRARY = { threads: 105, pictures: 10, size: 1_000_000 } as const
const LONG_THREAD = 100_000

/** What the browser's processes may take more while it goes on, in bytes: far less than what is written. */
const MOST = 300_000_000
/** A thread is one thing to every format: it may be held, and some of what it becomes. */
const MOST_OF_LONG = 600_000_000

const FORMATS = { html: '网页', markdown: 'Markdown' } as const
const LONG_FORMATS = ['网页', 'EPUB', 'Markdown', '帖子文本'] as const

/**
 * A gigabyte out of the library and back by the extension's own pages, in the real browser, with the memory of all its
 * processes looked at meanwhile; and one huge thread.
 */
export default async function bench(): Promise<BenchRow[]> {
  const folder = await makeBuild()
  const forum = await startForum({ threads: [] })
  try {
    const backup = join(folder, 'backup.jsonl.gz')
    return [
      ...(await inBrowser(folder, forum, (browser) => measureOut(browser, backup))),
      ...(await inBrowser(folder, forum, (browser) => measureRestore(browser, backup))),
      ...(await inBrowser(folder, forum, measureLong)),
    ]
  } finally {
    await forum.stop()
    rmSync(folder, { recursive: true })
  }
}

interface Browser extends Chromium {
  profile: string
}

async function inBrowser(
  folder: string,
  forum: Forum,
  work: (browser: Browser) => Promise<BenchRow[]>,
): Promise<BenchRow[]> {
  const profile = makeProfile('bench')
  const extension = await launchChromium({ extensionDir: folder, forumPort: forum.port, userDataDir: profile })
  try {
    return await work({ ...extension, profile })
  } finally {
    await extension.close()
  }
}

/** A copy of the built extension with a page that fills the archive. */
async function makeBuild(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'loulan-bench-'))
  cpSync(EXTENSION_DIR, folder, { recursive: true })
  await build({
    ...{ configFile: false, logLevel: 'error', root: fileURLToPath(new URL('../..', import.meta.url)) },
    build: {
      ...{ outDir: folder, emptyOutDir: false, copyPublicDir: false },
      lib: {
        entry: fileURLToPath(new URL('export-memory-page.ts', import.meta.url)),
        formats: ['es'],
        fileName: () => 'bench.js',
      },
    },
  })
  writeFileSync(
    join(folder, 'bench.html'),
    '<!doctype html><meta charset="utf-8"><script type="module" src="/bench.js"></script>',
  )
  return folder
}

async function inBench<Name extends keyof ExportBench>(
  browser: Browser,
  name: Name,
  ...given: Parameters<ExportBench[Name]>
): Promise<void> {
  const page = await openPage(browser, 'bench.html')
  await page.waitForFunction(() => 'bench' in globalThis)
  await page.evaluate(
    ([wanted, values]) => {
      const { bench: all } = globalThis as unknown as { bench: Record<string, (...values: unknown[]) => unknown> }
      return all[wanted]!(...values)
    },
    [name, given] as [string, unknown[]],
  )
  await page.close()
}

async function openPage(browser: Browser, path: string): Promise<Page> {
  const page = await browser.context.newPage()
  await page.goto(browser.extensionUrl(path))
  // The browser's own dialog cannot be clicked: the file goes by the extension's own storage, and is downloaded.
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }))
  return page
}

/** What happens until a file has been downloaded whole, and how large it is. */
async function download(page: Page, begin: () => Promise<void>): Promise<{ bytes: number; path: string }> {
  const [file] = await Promise.all([page.waitForEvent('download', { timeout: 400_000 }), begin()])
  const path = await file.path()
  return { bytes: statSync(path).size, path }
}

async function measured<Result>(browser: Browser, work: () => Promise<Result>) {
  const memory = watchMemory(browser.profile)
  const start = performance.now()
  const result = await work()
  const seconds = (performance.now() - start) / 1000
  const { before, peak } = memory.stop()
  return { result, seconds, before, grown: peak - before }
}

interface Measured {
  seconds: number
  before: number
  grown: number
}

const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`

function rowOf(what: string, bytes: number, { seconds, before, grown }: Measured, most = MOST): BenchRow {
  const row = {
    what: `${what}, ${megabytes(bytes)}`,
    ours: `${megabytes(grown)} more at most, ${seconds.toFixed(0)} s`,
    baseline: `before: ${megabytes(before)}`,
    budget: `< ${megabytes(most)}`,
    held: grown < most,
  }
  console.error(row.what, row.ours)
  return row
}

async function measureOut(browser: Browser, backup: string): Promise<BenchRow[]> {
  await inBench(browser, 'fill', LIBRARY.threads, LIBRARY.pictures, LIBRARY.size)
  const rows: BenchRow[] = []
  for (const [format, label] of Object.entries(FORMATS)) {
    const page = await openPage(browser, 'library.html')
    const done = await measured(browser, () => exportFrom(page, '导出全部', label))
    rows.push(rowOf(`export of ${LIBRARY.threads} threads as ${format}, memory`, done.result.bytes, done))
    await page.close()
  }
  const options = await openPage(browser, 'options.html')
  const button = options.getByRole('button', { name: '立即备份' })
  const done = await measured(browser, () => download(options, () => button.click()))
  cpSync(done.result.path, backup)
  rows.push(rowOf('backup, memory', done.result.bytes, done))
  return rows
}

async function exportFrom(page: Page, button: string, label: string): Promise<{ bytes: number }> {
  await page.getByRole('button', { name: button }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('radio', { name: label }).check()
  return download(page, () => dialog.getByRole('button', { name: '导出', exact: true }).click())
}

async function measureRestore(browser: Browser, backup: string): Promise<BenchRow[]> {
  const options = await openPage(browser, 'options.html')
  const input = options.getByLabel('从备份恢复…', { exact: true }).and(options.locator('input'))
  await input.setInputFiles(backup)
  const start = options.getByRole('button', { name: '恢复', exact: true })
  await start.waitFor()
  const done = await measured(browser, async () => {
    await start.click()
    await options.getByText(`已恢复：帖子 ${LIBRARY.threads} 个`).waitFor({ timeout: 400_000 })
  })
  return [rowOf('restoring it into an empty library, memory', statSync(backup).size, done)]
}

async function measureLong(browser: Browser): Promise<BenchRow[]> {
  await inBench(browser, 'fillLong', LONG_THREAD)
  const rows: BenchRow[] = []
  for (const label of LONG_FORMATS) {
    const page = await openPage(browser, 'library.html')
    await page.getByRole('checkbox', { name: /^选择/ }).first().check()
    const done = await measured(browser, () => exportFrom(page, '导出所选', label))
    rows.push(rowOf(`one thread of ${LONG_THREAD} posts as ${label}, memory`, done.result.bytes, done, MOST_OF_LONG))
    await page.close()
  }
  return rows
}
