import { expect, test } from 'vitest'
import { scopeOf } from '../../../../dom/query.ts'
import { element } from '../../../../sites/reading/body.ts'
import { highestNumber } from '../../../../sites/reading/thread.ts'

test('the highest page number is found among more links than a call takes arguments', () => {
  const link = (text: string) => element('a', [{ type: 'text', value: text }])
  const links = Array.from({ length: 300_000 }, () => link('2'))
  const bar = scopeOf(element('nav', [link('next'), ...links, link('7')]))
  expect(highestNumber(bar, 'a', 1)).toBe(7)
  expect(highestNumber(bar, 'a', 9)).toBe(9)
  expect(highestNumber(bar, 'b', 1)).toBe(1)
})
