import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright-core'
import { build } from 'vite'
import { getChromium } from '../browsers/find-browser.ts'
import type { BenchRow } from './bench.ts'

const PAGES = 200
const POSTS_PER_PAGE = 50

/** What the page measures, in milliseconds for all pages. */
interface Times {
  saving: number
  again: number
  plain: number
}

/** Storing the pages of a save in the browser's own database, network apart, beside writing the same rows and no more. */
export default async function bench(): Promise<BenchRow[]> {
  const folder = mkdtempSync(join(tmpdir(), 'loulan-bench-'))
  try {
    await buildPage(folder)
    const times = await measure(folder)
    const posts = PAGES * POSTS_PER_PAGE
    const rate = (milliseconds: number) => Math.round(posts / (milliseconds / 1000))
    const row = (what: string, milliseconds: number): BenchRow => ({
      what,
      ours: `${rate(milliseconds)} posts/s`,
      baseline: `bulkPut of bare rows, a transaction a page: ${rate(times.plain)} posts/s`,
      ratio: times.plain / milliseconds,
      budget: '≥ 2,000 posts/s',
      held: rate(milliseconds) >= 2000,
    })
    return [
      row(`saving ${PAGES} pages of ${POSTS_PER_PAGE} posts into the database`, times.saving),
      row('saving them again, with nothing new', times.again),
    ]
  } finally {
    rmSync(folder, { recursive: true })
  }
}

async function buildPage(folder: string): Promise<void> {
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    resolve: { conditions: ['worker', 'import', 'module', 'default'] },
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: {
        entry: fileURLToPath(new URL('saving-page.ts', import.meta.url)),
        formats: ['es'],
        fileName: () => 'saving.js',
      },
    },
  })
  writeFileSync(join(folder, 'index.html'), '<!doctype html><script type="module" src="/saving.js"></script>')
}

/** A page of loopback has a database of its own; the built file is served to it. */
async function measure(folder: string): Promise<Times> {
  const server = createServer((request, response) => {
    const name = basename(request.url ?? '') || 'index.html'
    void readFile(join(folder, name)).then(
      (body) =>
        response.writeHead(200, { 'Content-Type': name.endsWith('.js') ? 'text/javascript' : 'text/html' }).end(body),
      () => response.writeHead(404).end(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const browser = await chromium.launch({ executablePath: getChromium(), args: ['--no-sandbox'] })
  try {
    const page = await browser.newPage()
    await page.goto(`http://127.0.0.1:${(server.address() as { port: number }).port}/`)
    await page.waitForFunction(() => 'measureSaving' in window)
    return await page.evaluate(
      ([pages, size]) =>
        (window as unknown as { measureSaving: (pages: number, size: number) => Promise<Times> }).measureSaving(
          pages,
          size,
        ),
      [PAGES, POSTS_PER_PAGE] as const,
    )
  } finally {
    await browser.close()
    server.close()
  }
}
