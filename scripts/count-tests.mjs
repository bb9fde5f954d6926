/**
 * Counts of a run from the reports of its runners: pure functions, so that the closing line can itself be tested.
 * @typedef {{ passed: number, failed: number }} Count
 */

/**
 * Vitest's JSON report. A file that did not load has no tests of its own and counts as one failure; a skipped test
 * would let a suite pass that does not test, and counts as a failure too.
 * @returns {Count | undefined}
 */
export function countVitest(report) {
  if (!Array.isArray(report?.testResults)) return undefined
  const tests = report.testResults.flatMap(({ assertionResults }) => assertionResults)
  const passed = tests.filter(({ status }) => status === 'passed').length
  const broken = report.testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && assertionResults.every((test) => test.status === 'passed'),
  )
  return { passed, failed: tests.length - passed + broken.length }
}

/**
 * Playwright's JSON report. Flaky and skipped tests are failures; so is an error outside any test.
 * @returns {Count | undefined}
 */
export function countPlaywright(report) {
  if (!report?.stats) return undefined
  const { expected, unexpected, flaky, skipped } = report.stats
  return { passed: expected, failed: unexpected + flaky + skipped + (report.errors?.length ?? 0) }
}

/**
 * The smoke test's own report.
 * @returns {Count | undefined}
 */
export function countSmoke(report) {
  return Number.isInteger(report?.passed) && Number.isInteger(report?.failed)
    ? { passed: report.passed, failed: report.failed }
    : undefined
}

/**
 * What a suite's counts and exit status mean together: no report, no tests, or a bad exit that no count explains is
 * one failure.
 * @param {Count | undefined} count
 * @param {number | null} status
 * @returns {Count & { remark: string }}
 */
export function judge(count, status) {
  if (!count) return { passed: 0, failed: 1, remark: 'it did not run' }
  if (count.passed + count.failed === 0) return { passed: 0, failed: 1, remark: 'it has no tests' }
  if (status !== 0 && count.failed === 0) return { ...count, failed: 1, remark: `it ended with status ${status}` }
  return { ...count, remark: '' }
}
