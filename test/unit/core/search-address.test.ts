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

test('stands beside the filters of the list', () => {
  expect(searchHash('湖 a', '#sort=-length')).toBe('#sort=-length&search=%E6%B9%96+a')
  expect(searchHash('', '#sort=-length&search=x')).toBe('#sort=-length')
})

test('other addresses are no searches', () => {
  expect(parseSearchHash('#import-problem/not-a-dump/1')).toBe('')
  expect(searchHash('湖', '#import-problem/not-a-dump/1')).toBe('#search=%E6%B9%96')
  expect(parseSearchHash('')).toBe('')
})
