import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import { addMeasures, estimateReading, measureText, roundMinutes, totalLength } from '../../../core/reading.ts'
import type { Measure } from '../../../core/reading.ts'

const seed = readFileSync(new URL('../../../seeds/000_01465295b16f78d9.txt', import.meta.url), 'utf8')
const longPost = seed.split(/^#p .*\n/m)[1]!

describe('measureText', () => {
  it('counts the long post of the sample thread', () => {
    expect(measureText(longPost).characters).toBe(6272)
    expect(roundMinutes(estimateReading(measureText(longPost)))).toEqual({ low: 13, high: 21 })
  })

  it.each<[string, number, number]>([
    ['', 0, 0],
    ['楼兰', 2, 0],
    ['用 Vue 写了 3 个扩展。', 6, 2],
    ['你好，世界！——“引用”（注）……', 7, 0],
    ['𠀀𰀀㐀', 3, 0],
    ['ひらがなカタカナーｶﾞ', 10, 0],
    ['한국어 조선말', 6, 0],
    ['한국'.normalize('NFD'), 2, 0],
    ['ㄅㄆㄇ々〇', 5, 0],
    ['葛\u{e0100}城', 2, 0],
    ["don't stop, it’s well-known", 0, 4],
    ['3.14 1,000 22:27:34 2020-04-14', 0, 4],
    ['end.Next one,two a/b', 0, 6],
    ['Съешь ещё мягких', 0, 3],
    ['e\u0301tude naïve', 0, 2],
    ['soft\u00adhyphen zero\u200bwidth', 0, 3],
    ['👍🎉 ok 🇨🇳', 0, 1],
    ['𝒜𝒷 𐐀𐐁', 0, 2],
    ['－－－＊＊＊   \t\n', 0, 0],
    ['ＡＢＣ　全角', 2, 1],
    ['\ud800字\udc00', 1, 0],
    ["'quoted' -dash- _x_", 0, 3],
  ])('%j', (text, characters, words) => {
    expect(measureText(text)).toEqual({ characters, words })
  })

  it.each<[string, number, number]>([
    ['见https://example.org/a?b=中文，好', 4, 0],
    ['HTTP://EXAMPLE.ORG/x y', 0, 1],
    ['www.pku.edu.cn ftp://a.b/c', 0, 0],
    ['(https://example.org/a_(b))后', 1, 0],
    ['<https://example.org>后', 1, 0],
    ['http https www wwwhat', 0, 4],
    ['https://', 0, 0],
  ])('does not read addresses: %j', (text, characters, words) => {
    expect(measureText(text)).toEqual({ characters, words })
  })

  it.each<[string, number, number]>([
    ['[北大未名](jump-to.php?url=http%3A%2F%2Fa.b)好', 5, 0],
    ['[http://a.b/c](jump-to.php?url=http%3A%2F%2Fa.b%2Fc) end', 0, 1],
    ['[a](x_(y)z)b', 0, 2],
    ['![图](a/b.png)', 1, 0],
    ['[a](x)[b](y) [c](z)', 0, 3],
    ['[not closed](a b', 0, 4],
    ['no bracket](a)', 0, 3],
    ['[line\nend](a)', 0, 3],
    ['[注](not a target)', 1, 3],
    ['[a](](](', 0, 1],
    ['[a](b)(c)', 0, 2],
  ])('reads the text of inline links, not their targets: %j', (text, characters, words) => {
    expect(measureText(text)).toEqual({ characters, words })
  })

  it('survives what is not text', () => {
    for (const garbage of [undefined, null, 5, {}, ['字']]) {
      expect(measureText(garbage as unknown as string)).toEqual({ characters: 0, words: 0 })
    }
  })

  it('adds up over lines, whatever they hold', () => {
    const line = fc.string({ unit: 'binary' }).map((text) => text.replaceAll('\n', ' '))
    fc.assert(
      fc.property(line, line, (a, b) => {
        expect(measureText(`${a}\n${b}`)).toEqual(addMeasures(measureText(a), measureText(b)))
      }),
      { numRuns: 1000 },
    )
  })

  it('counts every Han character of a text without markup', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0x4e00, max: 0x9fff })), (codes) => {
        const text = codes.map((code) => String.fromCodePoint(code)).join('')
        expect(measureText(text)).toEqual({ characters: codes.length, words: 0 })
      }),
    )
  })
})

describe('estimateReading', () => {
  it('adds the times for characters and for words', () => {
    expect(estimateReading({ characters: 1200, words: 0 })).toEqual({ low: 2.4, likely: 3, high: 4 })
    expect(estimateReading({ characters: 0, words: 2380 }).likely).toBeCloseTo(10)
    expect(estimateReading({ characters: 400, words: 238 }).likely).toBeCloseTo(2)
  })

  it("moves the whole range to the reader's speed", () => {
    const measure = { characters: 1200, words: 0 }
    expect(estimateReading(measure, { charactersPerMinute: 800, wordsPerMinute: 1 })).toEqual({
      low: 1.2,
      likely: 1.5,
      high: 2,
    })
    expect(estimateReading({ characters: 0, words: 238 }, { wordsPerMinute: 119 }).likely).toBeCloseTo(2)
  })

  it.each([0, -5, Number.NaN, Number.POSITIVE_INFINITY, 1e-300])('ignores a speed of %d', (speed) => {
    const measure = { characters: 1200, words: 500 }
    expect(estimateReading(measure, { charactersPerMinute: speed, wordsPerMinute: speed })).toEqual(
      estimateReading(measure),
    )
  })

  it('is never NaN, negative, infinite or out of order', () => {
    const number = fc.oneof(fc.double(), fc.constant(undefined as unknown as number))
    fc.assert(
      fc.property(number, number, number, number, (characters, words, charactersPerMinute, wordsPerMinute) => {
        const { low, likely, high } = estimateReading({ characters, words }, { charactersPerMinute, wordsPerMinute })
        expect(low).toBeGreaterThanOrEqual(0)
        expect(low).toBeLessThanOrEqual(likely)
        expect(likely).toBeLessThanOrEqual(high)
        expect(Number.isFinite(high)).toBe(true)
      }),
    )
  })
})

describe('lengths for display', () => {
  it('show one number and whole minutes', () => {
    const measure: Measure = { characters: 6272, words: 9 }
    expect(totalLength(measure)).toBe(6281)
    expect(roundMinutes({ low: 12.5, likely: 15, high: 20.9 })).toEqual({ low: 13, high: 21 })
    expect(roundMinutes({ low: 0.1, likely: 0.2, high: 0.3 })).toEqual({ low: 0, high: 0 })
  })
})

describe('the kinds of single characters', () => {
  // What Unicode itself says; the counter knows the common ones without asking.
  const extending = /\p{M}|\u00ad|\u200c|\u200d|\u2060|\ufeff|\uff9e|\uff9f|[\u1160-\u11ff\ud7b0-\ud7ff]/u
  const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc\uff70]/u

  it('are those of Unicode, for every character of the first plane and every picture', () => {
    const pictures = Array.from({ length: 0x1000 }, (_, index) => String.fromCodePoint(0x1f000 + index))
    const firstPlane = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
    const wrong = [...firstPlane, ...pictures].filter((character) => {
      const isExtending = extending.test(character)
      const isCjk = !isExtending && cjk.test(character)
      const isWord = !isExtending && !isCjk && /[\p{L}\p{N}]/u.test(character)
      const { characters, words } = measureText(character)
      return characters !== Number(isCjk) || words !== Number(isWord)
    })
    expect(wrong).toEqual([])
  })
})

it('by runs of characters or unit by unit, a text counts the same', async () => {
  vi.resetModules() // Only the first texts are counted by runs.
  const { measureText: measureFirst } = await import('../../../core/reading.ts')
  const unit = fc.constantFrom(
    ...'中文鿼々〇ー한𠮷a1é-.,:，。、\u0301\ufe00\u200d[]() \n'.match(/./gsu)!,
    'https://a.b/c',
    'www.',
  )
  const byRuns = fc.string({ unit, maxLength: 60 }).filter((text) => !text.includes(']('))
  fc.assert(
    fc.property(byRuns, (text) => {
      // What holds the target of a link is counted unit by unit.
      expect(measureFirst(text)).toEqual(measureFirst(`${text}](`))
    }),
    { numRuns: 500 },
  )
})
