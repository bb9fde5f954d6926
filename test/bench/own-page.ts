import { cpSync, mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { build } from 'vite'
import type { Chromium } from '../browsers/chromium.ts'

/** Timing the extension's own pages, beside an empty one of the same build. */

const EXTENSION_DIR = fileURLToPath(new URL('../../.output/chrome-mv3', import.meta.url))

/** A copy of the built extension with one page more, `/empty.html`, that mounts one element with Vue; its folder. */
export async function addEmptyPage(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'loulan-bench-'))
  cpSync(EXTENSION_DIR, folder, { recursive: true })
  const entry = join(folder, 'empty-entry.js')
  writeFileSync(
    entry,
    `import { createApp, h } from 'vue'\ncreateApp({ render: () => h('main', 'ready') }).mount('#app')\n`,
  )
  await build({
    configFile: false,
    logLevel: 'error',
    root: fileURLToPath(new URL('../..', import.meta.url)),
    resolve: { alias: { vue: fileURLToPath(import.meta.resolve('vue/dist/vue.runtime.esm-bundler.js')) } },
    define: { 'process.env.NODE_ENV': '"production"' },
    build: {
      outDir: folder,
      emptyOutDir: false,
      copyPublicDir: false,
      lib: { entry, formats: ['es'], fileName: () => 'empty.js' },
    },
  })
  const html =
    '<!doctype html><meta charset="utf-8"><div id="app"></div><script type="module" src="/empty.js"></script>'
  writeFileSync(join(folder, 'empty.html'), html)
  return folder
}

/** Milliseconds from the start of the navigation to the frame in which an element stands. */
export async function timeUntil(extension: Chromium, path: string, selector: string): Promise<number> {
  const page = await extension.context.newPage()
  await page.addInitScript((wanted) => {
    const look = () => {
      if (!document.querySelector(wanted)) return
      observer.disconnect()
      requestAnimationFrame(() => Object.assign(window, { readyAt: performance.now() }))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { childList: true, subtree: true, attributes: true })
  }, selector)
  await page.goto(extension.extensionUrl(path))
  const time = await readyAt(page)
  await page.close()
  return time
}

async function readyAt(page: Page): Promise<number> {
  const handle = await page.waitForFunction(() => (window as unknown as { readyAt?: number }).readyAt)
  return (await handle.jsonValue()) as number
}
