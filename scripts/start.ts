/**
 * `npm start`: builds the extension, starts the local forum with the seed thread on it, and opens a browser with a
 * fresh profile on that thread, at the forum's real address. Without a display, or with `-- --headless`, it walks
 * the same way by itself (see demo/journey.ts), writes a picture of each step and prints what it saw.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { launchChromium } from '../test/browsers/chromium.ts'
import { ensureChinese, getChromium } from '../test/browsers/find-browser.ts'
import { startForum } from '../test/forum/forum.ts'
import { LONG_THREAD, LONG_URL, SEED_FILE, SEED_URL } from './demo/seed.ts'
import { walk } from './demo/journey.ts'

const root = fileURLToPath(new URL('..', import.meta.url))
const extensionDir = `${root}.output/chrome-mv3`

async function main(): Promise<number> {
  getChromium()
  ensureChinese()
  const { status } = spawnSync(`${root}node_modules/.bin/wxt`, ['build'], { cwd: root, stdio: 'inherit' })
  if (status !== 0) return status ?? 1
  const hasDisplay = process.platform !== 'linux' || Boolean(process.env.DISPLAY ?? process.env.WAYLAND_DISPLAY)
  return process.argv.includes('--headless') || !hasDisplay
    ? await walk({ extensionDir, outputDir: `${root}demo-output` })
    : await show()
}

/** Opens the thread for a person and stays until the browser is closed. */
async function show(): Promise<number> {
  const forum = await startForum({ dumps: [SEED_FILE], threads: [LONG_THREAD] })
  const browser = await launchChromium({ extensionDir, forumPort: forum.port, headless: false })
  try {
    const [page = await browser.context.newPage()] = browser.context.pages()
    await page.goto(SEED_URL)
    console.log(`\nThe thread is open at ${SEED_URL}, served from this machine. Close the browser to end.`)
    console.log(`A thread of five pages, to be saved whole: ${LONG_URL}`)
    console.log(`The first thread as a text file: ${SEED_FILE}`)
    await new Promise<void>((resolve) => browser.context.on('close', () => resolve()))
    return 0
  } finally {
    await browser.close().catch(() => {}) // Closed by the person already.
    await forum.stop()
  }
}

process.exitCode = await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  return 1
})
