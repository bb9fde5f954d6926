import { expect, test } from 'vitest'
import { LONG_PAGE, measureLongPage } from '../../../core/post-lengths.ts'

const posts = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `p${index}`, text: '三个字 two words' }))

test('only a long page’s posts are counted', () => {
  expect(measureLongPage(posts(LONG_PAGE))).toBeUndefined()
  const lengths = measureLongPage(posts(LONG_PAGE + 1))!
  expect(Object.keys(lengths)).toHaveLength(LONG_PAGE + 1)
  expect(lengths.p7).toEqual({ characters: 3, words: 2 })
})
