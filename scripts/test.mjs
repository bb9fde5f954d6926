/**
 * `npm test`: unit tests, both builds, end-to-end tests in Chromium, the smoke test in Firefox. Counts come from the
 * runners' own reports; a suite that does not run, or runs no test, is one failure. The last line is `N passed, N failed`.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { countPlaywright, countSmoke, countVitest, judge } from './count-tests.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
// The clone's own Node, which is newer than the machine's may be: npm's scripts find it first, a run by hand does not.
const node = join(root, 'node_modules/.bin/node')
const reports = mkdtempSync(join(tmpdir(), 'loulan-reports-'))
process.on('exit', () => rmSync(reports, { recursive: true, force: true }))

const suites = [
  {
    name: 'unit tests',
    steps: [
      bin('wxt', 'prepare'),
      bin('vitest', 'run', '--reporter=dot', '--reporter=json', `--outputFile.json=${report('unit')}`),
    ],
    count: () => countVitest(readReport('unit')),
  },
  {
    name: 'end-to-end tests in Chromium',
    steps: [[node, 'test/browsers/ensure.ts', 'chromium'], bin('wxt', 'build'), bin('playwright', 'test')],
    environment: { PLAYWRIGHT_JSON_OUTPUT_FILE: report('e2e') },
    count: () => countPlaywright(readReport('e2e')),
  },
  {
    name: 'smoke test in Firefox',
    steps: [
      [node, 'test/browsers/ensure.ts', 'firefox'],
      bin('wxt', 'build', '-b', 'firefox'),
      [node, 'test/e2e/firefox.smoke.ts'],
    ],
    environment: { LOULAN_SMOKE_REPORT: report('smoke') },
    count: () => countSmoke(readReport('smoke')),
  },
]

const results = suites.map(runSuite)
console.log()
for (const { name, passed, failed, remark } of results) {
  console.log(`${failed ? '✗' : '✓'} ${name}: ${passed} passed, ${failed} failed${remark && ` (${remark})`}`)
}
const passed = results.reduce((sum, result) => sum + result.passed, 0)
const failed = results.reduce((sum, result) => sum + result.failed, 0)
process.exitCode = failed > 0 ? 1 : 0
console.log(`${passed} passed, ${failed} failed`)

/** Runs a suite's steps up to the first that fails; the last step writes the report. */
function runSuite({ name, steps, environment, count }) {
  console.log(`\n── ${name}`)
  const env = { ...process.env, ...environment }
  for (const [at, [command, ...args]] of steps.entries()) {
    const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit', env })
    if (at === steps.length - 1) return { name, ...judge(count(), status) }
    if (status !== 0)
      return { name, passed: 0, failed: 1, remark: `${basename(args[0])} ${args.slice(1).join(' ')} failed` }
  }
  throw new Error(`${name} has no steps`)
}

/** The command line of a package's tool, run by the clone's own Node. */
function bin(tool, ...args) {
  return [node, join(root, 'node_modules/.bin', tool), ...args]
}

function report(name) {
  return join(reports, `${name}.json`)
}

/** A suite's report, undefined where it wrote none. */
function readReport(name) {
  try {
    return JSON.parse(readFileSync(report(name), 'utf8'))
  } catch {
    return undefined
  }
}
