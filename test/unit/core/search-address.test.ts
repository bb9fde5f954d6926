import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSearchHash, searchHash } from '../../../core/search-address.ts'

test('what is searched for is read back from the address', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (typed) => {
      if (typed.trim() === '') expect(searchHash(typed)).toBe('')
      else expect(parseSearchHash(searchHash(typed))).toBe(typed.toWellFormed())
    }),
  )
})

test('other addresses are no searches, broken ones are taken as they stand', () => {
  expect(parseSearchHash('#import-problem/not-a-dump/1')).toBeUndefined()
  expect(parseSearchHash('')).toBeUndefined()
  expect(parseSearchHash('#search/%E6%B')).toBe('%E6%B')
})
