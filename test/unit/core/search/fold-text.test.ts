import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { foldText, foldWithPlaces } from '../../../../core/search/fold-text.ts'

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom(
        '楼',
        '，',
        ' ',
        '\n',
        '　',
        'a',
        'B',
        'Ａ',
        'ﬁ',
        'é',
        'e\u0301',
        'か',
        '\uff9e',
        '각',
        '\u1100\u1161',
        '😀',
        '\u200d',
        'Σ',
        'ς',
        'İ',
        '½',
        '\ud800',
        '\u0002',
        '①',
        '한',
        '.',
      ),
      { maxLength: 12 },
    )
    .map((parts) => parts.join('')),
)

describe('one form for what means the same', () => {
  test.each([
    ['Ｐｙｔｈｏｎ：３', 'python:3'],
    ['HELLO  World', 'hello world'],
    ['未名湖的风\n吹过　博雅塔', '未名湖的风吹过博雅塔'],
    ['终于，\n 来了', '终于,来了'],
    ['用 Vue 写的', '用vue写的'],
    ['one, two\tthree', 'one,two three'],
    ['한국 사람', '한국 사람'],
    ['ﾊﾟﾝ', 'パン'],
    ['a\u00adb\u200bc', 'abc'],
    ['ΟΔΟΣ', 'οδοσ'],
    ['  \n ', ''],
    ['a\u0000b\u0001c', 'a b c'],
  ])('%j', (text, folded) => expect(foldText(text)).toBe(folded))

  test('simplified and traditional, with and without accents, stay apart', () => {
    expect(foldText('楼')).not.toBe(foldText('樓'))
    expect(foldText('café')).not.toBe(foldText('cafe'))
  })
})

test('folding keeps no control characters, and none of the white space that says nothing', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = foldText(text)
      expect(folded).not.toMatch(/\p{Cc}|\s\s|^\s|\s$/u)
    }),
  )
})

test('with places: the same text, each unit from a place in the original, in order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = foldWithPlaces(text)
      expect(folded.text).toBe(foldText(text))
      expect([folded.starts.length, folded.ends.length]).toEqual([folded.text.length, folded.text.length])
      for (const [unit, start] of folded.starts.entries()) {
        expect(start).toBeLessThan(folded.ends[unit]!)
        expect(folded.ends[unit]).toBeLessThanOrEqual(text.length)
        if (unit > 0) expect(start).toBeGreaterThanOrEqual(folded.starts[unit - 1]!)
      }
    }),
    { numRuns: 2000 },
  )
})
