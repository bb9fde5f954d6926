import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { isEmptyQuery, parseQuery, type SearchQuery } from '../../../../core/search/parse-query.ts'
import { parseQueryDay, wallMinute } from '../../../../core/search/query-days.ts'

/** What of a query is not empty. */
function parsed(typed: string): Partial<SearchQuery> {
  const parts = Object.entries(parseQuery(typed)).filter(([, part]) => !(Array.isArray(part) && part.length === 0))
  return Object.fromEntries(parts)
}
const name = (text: string, isWhole = false) => ({ name: text, isWhole })

describe('reads', () => {
  test.each<[string, Partial<SearchQuery>]>([
    ['', {}],
    ['  　 ', {}],
    ['湖', { words: ['湖'] }],
    ['湖 塔　风 湖', { words: ['湖', '塔', '风'] }],
    ['"new  york" times', { words: ['new york', 'times'] }],
    ['“未名 湖”塔', { words: ['未名湖', '塔'] }],
    ['"open end', { words: ['open end'] }],
    ['""', {}],
    ['-广告 －水帖 -"two words"', { excluded: ['广告', '水帖', 'two words'] }],
    ['-', { words: ['-'] }],
    ['a - b', { words: ['a', '-', 'b'] }],
    ['well-known', { words: ['well-known'] }],
    ['author:ZOEA', { authors: [name('zoea')] }],
    ['Author：蟹', { authors: [name('蟹')] }],
    ['author:“蟹 老板”', { authors: [name('蟹老板', true)] }],
    ['author:a author:b -author:c', { authors: [name('a'), name('b')], excludedAuthors: [name('c')] }],
    [
      'board:22 -board:鹊桥 site:pku -site:v2ex',
      { boards: [name('22')], excludedBoards: [name('鹊桥')], sites: [name('pku')], excludedSites: [name('v2ex')] },
    ],
    ['author:', {}],
    ['-author:', {}],
    ['nothing:here http://a.b', { words: ['nothing:here', 'http://a.b'] }],
    ['toString:x constructor:y __proto__:z', { words: ['tostring:x', 'constructor:y', '__proto__:z'] }],
    ['after:2020-04-14', { after: Date.UTC(2020, 3, 14) / 60_000 }],
    ['before：2020', { before: Date.UTC(2020, 0, 1) / 60_000 }],
    ['-before:2020 -after:2021', { after: Date.UTC(2020, 0, 1) / 60_000, before: Date.UTC(2021, 0, 1) / 60_000 }],
    ['after:2019 after:2020', { after: Date.UTC(2020, 0, 1) / 60_000 }],
    ['before:tomorrow 湖', { problems: ['before:tomorrow'], words: ['湖'] }],
    ['after:2020-13', { problems: ['after:2020-13'] }],
  ])('%s', (typed, expected) => expect(parsed(typed)).toEqual(expected))

  test('never throws, whatever is typed, and what it reads is folded', () => {
    const pieces = fc.constantFrom(
      'author:',
      'before:',
      '-',
      '"',
      '“',
      '：',
      ' ',
      '湖',
      'A',
      '2020',
      '\ud800',
      '\u0000',
    )
    const typed = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces).map((parts) => parts.join('')),
    )
    fc.assert(
      fc.property(typed, (text) => {
        const query = parseQuery(text)
        const names = [query.authors, query.boards, query.sites].flat().map((test) => test.name)
        for (const word of [...query.words, ...query.excluded, ...names]) {
          expect(word).not.toBe('')
          expect(word.length).toBeLessThanOrEqual(18_000)
        }
        expect(isEmptyQuery(query)).toBe(Object.keys(parsed(text)).every((key) => key === 'problems'))
      }),
      { numRuns: 1000 },
    )
  })

  test('words and phrases that are written are read again', () => {
    const plain = fc.string({ unit: fc.constantFrom('湖', '塔', 'a', 'b'), minLength: 1, maxLength: 4 })
    fc.assert(
      fc.property(fc.uniqueArray(plain), fc.uniqueArray(plain), fc.uniqueArray(plain), (words, excluded, authors) => {
        const typed = [...words, ...excluded.map((word) => `-"${word}"`), ...authors.map((each) => `author:${each}`)]
        const query = parseQuery(typed.join(' '))
        expect([query.words, query.excluded, query.authors]).toEqual([
          words,
          excluded,
          authors.map((each) => name(each)),
        ])
      }),
    )
  })

  test('is quick on what is very long', () => {
    expect(parseQuery('author:"'.repeat(100_000)).authors.length).toBeLessThan(200)
  })
})

describe('days', () => {
  test.each([
    ['2020', '2020-01-01'],
    ['2020-4', '2020-04-01'],
    ['2020/04/14', '2020-04-14'],
    ['2020.4.14', '2020-04-14'],
    ['20200414', '2020-04-14'],
    ['2020年4月14日', '2020-04-14'],
    ['２０２０', '2020-01-01'],
  ])('%s is %s', (typed, day) => expect(parseQueryDay(typed)).toBe(wallMinute(`${day}T00:00:00+08:00`)))

  test.each(['', '20', '2020-02-30', '2020-13', 'yesterday', '2020-04-14T', '1969', '12345678901'])(
    '%j is none',
    (typed) => expect(parseQueryDay(typed)).toBeUndefined(),
  )

  test('the minute is the forum’s own, whatever its offset', () => {
    expect(wallMinute('2020-04-14T22:27:34+08:00')).toBe(Date.UTC(2020, 3, 14, 22, 27) / 60_000)
    expect(wallMinute('2020-04-14')).toBe(Date.UTC(2020, 3, 14) / 60_000)
    expect(wallMinute('gestern')).toBeUndefined()
    expect(wallMinute(undefined)).toBeUndefined()
  })
})
