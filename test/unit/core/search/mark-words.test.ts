import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText } from '../../../../core/search/fold-text.ts'
import { findWords, makeExcerpt, markWords } from '../../../../core/search/mark-words.ts'
import { bracketed } from '../../archive/search/search.ts'

const marked = (text: string, ...words: string[]) => bracketed(markWords(text, words.map(foldText)))

describe('marks', () => {
  test.each([
    ['未名湖的风', '湖', '未名[湖]的风'],
    ['未名湖的\n风吹', '的风', '未名湖[的\n风]吹'],
    ['Ｊａｖａ和java', 'JAVA', '[Ｊａｖａ]和[java]'],
    ['of ﬁne', 'fi', 'of [ﬁ]ne'],
    ['e\u0301te\u0301', 'été', '[e\u0301te\u0301]'],
    ['a & b', 'a & b', '[a & b]'],
    ['😀楼😀', '楼', '😀[楼]😀'],
    ['什么也没有', '楼', '什么也没有'],
    ['', '楼', ''],
  ])('%s, %s', (text, word, expected) => expect(marked(text, word)).toBe(expected))

  test('words that overlap or touch are one mark', () => {
    expect(marked('未名湖畔', '未名', '名湖', '畔')).toBe('[未名湖畔]')
  })
})

test('what is marked is what was searched for, and the pieces are the text', () => {
  const letters = fc.string({ unit: fc.constantFrom('a', 'B', '楼', ' ', '，', 'Ａ', 'e\u0301', '\n'), maxLength: 20 })
  fc.assert(
    fc.property(letters, letters, (text, wanted) => {
      const word = foldText(wanted)
      fc.pre(word !== '')
      const ranges = findWords(text, [word])
      expect(ranges.length > 0).toBe(foldText(text).includes(word))
      for (const { start, end } of ranges) expect(foldText(text.slice(start, end))).toContain(word)
      expect(
        markWords(text, [word])
          .map((part) => part.text)
          .join(''),
      ).toBe(text)
    }),
    { numRuns: 1000 },
  )
})

describe('excerpts', () => {
  const long = `${'前'.repeat(300)}\n风  吹${'后'.repeat(300)}`

  test('stand around the first word, on one line', () => {
    expect(bracketed(makeExcerpt(long, ['风吹'], 40))).toBe(`…${'前'.repeat(23)} [风 吹]${'后'.repeat(12)}…`)
  })

  test('begin with the text where no word is in it', () => {
    expect(bracketed(makeExcerpt(long, ['没有'], 10))).toBe(`${'前'.repeat(10)}…`)
    expect(bracketed(makeExcerpt('短', [], 10))).toBe('短')
  })

  test('find a word far behind, at a seam too, in a very long post', () => {
    for (const at of [3990, 4000, 7995, 500_000]) {
      const text = `${'字'.repeat(at)}未名湖畔${'字'.repeat(1000)}`
      expect(bracketed(makeExcerpt(text, ['未名湖畔']))).toContain('[未名湖畔]')
    }
  })

  test('never cut a character in two', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.integer({ min: 1, max: 20 }), (text, length) => {
        const shown = makeExcerpt(text, ['a', '楼'], length)
          .map((part) => part.text)
          .join('')
        expect(shown.isWellFormed()).toBe(true)
      }),
    )
  })
})
