import { defineConfig } from '@playwright/test'

/** End-to-end tests in real Chromium; `test/e2e/fixtures.ts` starts the browser and the local forum, one each a worker. */
export default defineConfig({
  testDir: 'test/e2e',
  testMatch: '*.spec.ts',
  outputDir: 'test-results',
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // The file for the JSON report is named by PLAYWRIGHT_JSON_OUTPUT_FILE; without it there is no such report.
  reporter: [['list'], ...(process.env.PLAYWRIGHT_JSON_OUTPUT_FILE ? ([['json']] as const) : [])],
  use: { trace: 'off', screenshot: 'off', video: 'off' },
})
