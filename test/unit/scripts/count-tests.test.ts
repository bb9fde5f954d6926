import { describe, expect, test } from 'vitest'
// @ts-expect-error A plain script for every Node: it has no declarations.
import { countPlaywright, countSmoke, countVitest, judge } from '../../../scripts/count-tests.mjs'

const file = (status: string, ...tests: string[]) => ({
  status,
  assertionResults: tests.map((one) => ({ status: one })),
})

describe('counting', () => {
  test('vitest: a file that did not load, a skipped test and an error after the tests are failures', () => {
    expect(countVitest({ testResults: [file('passed', 'passed', 'passed')] })).toEqual({ passed: 2, failed: 0 })
    expect(countVitest({ testResults: [file('failed', 'passed', 'failed')] })).toEqual({ passed: 1, failed: 1 })
    expect(countVitest({ testResults: [file('failed')] })).toEqual({ passed: 0, failed: 1 })
    expect(countVitest({ testResults: [file('failed', 'passed')] })).toEqual({ passed: 1, failed: 1 })
    expect(countVitest({ testResults: [file('passed', 'skipped', 'passed')] })).toEqual({ passed: 1, failed: 1 })
  })

  test('playwright: flaky and skipped tests and errors outside tests are failures', () => {
    const stats = { expected: 5, unexpected: 1, flaky: 1, skipped: 1 }
    expect(countPlaywright({ stats, errors: [{}] })).toEqual({ passed: 5, failed: 4 })
  })

  test.for([countVitest, countPlaywright, countSmoke])('no report counts nothing', (count) => {
    for (const report of [undefined, null, {}, { passed: 'x' }]) expect(count(report)).toBeUndefined()
  })

  test('smoke', () => expect(countSmoke({ passed: 2, failed: 1 })).toEqual({ passed: 2, failed: 1 }))
})

describe('judging a suite', () => {
  test.for([
    [undefined, 0, { passed: 0, failed: 1 }],
    [{ passed: 0, failed: 0 }, 0, { passed: 0, failed: 1 }],
    [{ passed: 3, failed: 0 }, 1, { passed: 3, failed: 1 }],
    [{ passed: 3, failed: 0 }, null, { passed: 3, failed: 1 }],
    [{ passed: 3, failed: 2 }, 1, { passed: 3, failed: 2 }],
    [{ passed: 3, failed: 0 }, 0, { passed: 3, failed: 0, remark: '' }],
  ] as const)('%o with status %o', ([count, status, expected]) => expect(judge(count, status)).toMatchObject(expected))
})
