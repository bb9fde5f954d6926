import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ALL_PAGES, countPages, onePage, pagesUpTo, subtractPages, unitePages } from '../../../core/page-ranges.ts'
import type { PageSet } from '../../../core/page-ranges.ts'

const pageSet = fc
  .uniqueArray(fc.integer({ min: 1, max: 40 }))
  .map((pages) => pages.reduce<PageSet>((set, page) => unitePages(set, onePage(page)), []))

const hasPage = (set: PageSet, page: number) => set.some(({ from, to }) => from <= page && page <= to)

const members = (set: PageSet) =>
  Array.from({ length: 40 }, (_, index) => index + 1).filter((page) => hasPage(set, page))

test('sets of pages are sets', () => {
  fc.assert(
    fc.property(pageSet, pageSet, fc.integer({ min: 0, max: 40 }), (first, second, last) => {
      const [a, b] = [new Set(members(first)), new Set(members(second))]
      expect(new Set(members(unitePages(first, second)))).toEqual(a.union(b))
      expect(new Set(members(subtractPages(first, second)))).toEqual(a.difference(b))
      expect(members(pagesUpTo(first, last))).toEqual([...a].sort((x, y) => x - y).filter((page) => page <= last))
      expect(countPages(first)).toBe(a.size)
    }),
  )
})

test('ranges neither touch nor overlap', () => {
  expect(unitePages([{ from: 1, to: 3 }], [{ from: 4, to: 6 }])).toEqual([{ from: 1, to: 6 }])
  expect(unitePages([{ from: 5, to: 9 }], onePage(2))).toEqual([
    { from: 2, to: 2 },
    { from: 5, to: 9 },
  ])
})

test('a set without end can be cut', () => {
  expect(pagesUpTo(ALL_PAGES, 5)).toEqual([{ from: 1, to: 5 }])
  expect(subtractPages(ALL_PAGES, [{ from: 1, to: 5 }])).toEqual([{ from: 6, to: Infinity }])
  expect(countPages(ALL_PAGES)).toBe(Infinity)
})
