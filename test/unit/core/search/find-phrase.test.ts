import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countPhrase, findPhrase } from '../../../../core/search/find-phrase.ts'
import { foldText } from '../../../../core/search/fold-text.ts'

test.each([
  ['Ａbc, ABC and abc', 'abc', ['Ａbc', 'ABC', 'abc']],
  ['未名\n湖', '未名湖', ['未名\n湖']],
  ['foo  bar foobar', 'foo bar', ['foo  bar']],
  ['哈哈哈哈哈', '哈哈', ['哈哈', '哈哈']],
  ['nothing', '', []],
  ['', 'x', []],
])('in %j, %j is found as it stands', (text, query, expected) => {
  const found = findPhrase(text, foldText(query)).map(({ start, end }) => text.slice(start, end))
  expect(found).toEqual(expected)
})

test('finds as many as it counts, each of them holds the phrase', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'Ａ', 'é', '\u0301', ' ', '\n', '湖', '名', '\u200b', 'ｶ', 'ﾞ') })
  fc.assert(
    fc.property(text, text, (words, query) => {
      const phrase = foldText(query)
      const found = findPhrase(words, phrase)
      expect(found.length).toBe(countPhrase(foldText(words), phrase))
      for (const { start, end } of found) expect(foldText(words.slice(start, end))).toContain(phrase)
    }),
  )
})
