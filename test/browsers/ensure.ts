import { ensureChinese, getChromium, getFirefox } from './find-browser.ts'

/** `node test/browsers/ensure.ts chromium|firefox`: sees to a browser before its tests; says in one sentence what is missing. */
try {
  if (process.argv[2] === 'firefox') getFirefox()
  else {
    getChromium()
    ensureChinese()
  }
} catch (error) {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
}
