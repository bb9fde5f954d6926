import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createMuteJudge, MOST_MUTED, parseMuted, withAuthor, withWord } from '../../../core/muted.ts'

const HOST = 'bbs.pku.edu.cn'

describe('what is muted', () => {
  test('authors are muted on their own host, in whatever way the name is written', () => {
    const muted = parseMuted({ authors: [{ host: HOST, name: 'ZOEA' }] })
    expect(createMuteJudge(muted, HOST).hasAuthor(' zoea ')).toBe(true)
    expect(createMuteJudge(muted, HOST).hasAuthor('zoe')).toBe(false)
    expect(createMuteJudge(muted, 'forum.example').hasAuthor('ZOEA')).toBe(false)
  })

  test.each([
    ['剧透', '这里有 剧\n透，小心', true],
    ['剧透', '这里没有', false],
    ['Ａrt', 'the ART of war', true],
    ['art', 'a party of four', false],
    ['art', 'art。', true],
    ['art', '学art的', true],
    ['a.c', 'abc', false],
    ['c++', 'C++ and more', true],
    ['(', 'a (b', true],
  ])('%s in %s: %s', (word, text, isFound) => {
    expect(createMuteJudge(parseMuted({ words: [word] }), HOST).findWord?.(text)).toBe(isFound ? word : undefined)
  })

  test('any word is found by itself and in a text around it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 12 }), (text) => {
        const [word] = parseMuted({ words: [text] }).words
        if (word === undefined) return
        const { findWord } = createMuteJudge({ authors: [], words: [word] }, HOST)
        expect(findWord?.(word)).toBe(word)
        expect(findWord?.(`。${word}。`)).toBe(word)
      }),
    )
  })

  test('whatever is stored is read without throwing, and what is read stays as it is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.anything(), (authors, words) => {
        const muted = parseMuted({ authors, words })
        expect(parseMuted(muted)).toEqual(muted)
      }),
    )
    expect(parseMuted(null)).toEqual({ authors: [], words: [] })
    expect(
      parseMuted({ authors: [{ host: 'a b', name: 'x' }, { host: HOST }, 7, { host: HOST, name: ' ' }], words: [' '] }),
    ).toEqual({ authors: [], words: [] })
    const many = Array.from({ length: 2 * MOST_MUTED }, (_, index) => `word ${index}`)
    expect(parseMuted({ words: many }).words).toHaveLength(MOST_MUTED)
  })

  test('muting and undoing it leaves the others', () => {
    const one = parseMuted({ authors: [{ host: HOST, name: 'ann' }], words: ['road'] })
    const two = withWord(withAuthor(one, { host: HOST, name: 'Bob' }, true), '桥', true)
    expect(two.authors.map(({ name }) => name)).toEqual(['ann', 'Bob'])
    expect(withWord(withAuthor(two, { host: HOST, name: 'BOB' }, false), '桥', false)).toEqual(one)
  })
})
