import { expect, test } from 'vitest'
import { backoffTime, parseRetryAfter } from '../../../../background/saving/retry-times.ts'

const NOW = Date.parse('2026-01-01T00:00:00Z')

test.each([
  ['0', 0],
  ['120', 120_000],
  [' 7 ', 7000],
  ['999999999999', 86_400_000],
  ['Thu, 01 Jan 2026 00:00:30 GMT', 30_000],
  ['Wed, 31 Dec 2025 23:00:00 GMT', 0],
  ['Sat, 01 Jan 2050 00:00:00 GMT', 86_400_000],
])('Retry-After: %s', (value, wait) => {
  expect(parseRetryAfter(value, NOW)).toBe(wait)
})

test.each([null, '', '-5', '1.5', 'soon', '20 26', '9'.repeat(400), 'Xyz, nonsense that is no date', '\u0000'])(
  'Retry-After that says nothing: %j',
  (value) => {
    expect(parseRetryAfter(value, NOW)).toBeUndefined()
  },
)

test('pauses double, up to ten minutes', () => {
  expect([1, 2, 3, 4].map((failures) => backoffTime(failures, 1000))).toEqual([2000, 4000, 8000, 16_000])
  expect(backoffTime(1000, 1000)).toBe(600_000)
})
