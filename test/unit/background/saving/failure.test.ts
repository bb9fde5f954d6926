import { expect, test } from 'vitest'
import { ArchiveError } from '../../../../archive/archive-error.ts'
import { planAll } from '../../../../archive/save-plan.ts'
import type { SaveRecord } from '../../../../archive/save-record.ts'
import { failureOf } from '../../../../background/saving/failure.ts'

const save = { plan: { ...planAll(), pageCount: 30 } } as SaveRecord
const at = { now: Date.parse('2026-01-01T00:00:00Z'), spacing: 1000, isOnline: true }

test('a full disk is looked at again in a quarter of an hour, and is no page’s fault', () => {
  const full = new ArchiveError('quota-exceeded', 'full')
  expect(failureOf(full, save, 3, at)).toEqual({ reason: 'storage-full', retryAt: '2026-01-01T00:15:00.000Z' })
})

test('what nobody foresaw is not taken for a fault of the forum', () => {
  expect(() => failureOf(new RangeError('a mistake of ours'), save, 3, at)).toThrow('a mistake of ours')
})
