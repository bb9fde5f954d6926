import { describe, expect, test } from 'vitest'
import { formatDump, isDiagnostic, parseDump } from '../../../../formats/dump.ts'
import { HEADER } from './dump-samples.ts'

const POST = '#p 5 a 2020-01-05 00:00:00\ntext\n\n'

function codesAndLines(dump: string): string[] {
  return parseDump(dump).diagnostics.map(({ code, line }) => `${line} ${code}`)
}

describe('what is odd is told, with its line', () => {
  test.each<[string, string, string[]]>([
    ['nothing odd', `${HEADER}${POST}`, []],
    ['a thread without posts', HEADER, []],
    ['text before the first thread', `hello\n\n${HEADER}${POST}`, ['1 text-before-thread']],
    ['text after blank lines', `\n \nhello\n${HEADER}${POST}`, ['3 text-before-thread']],
    ['blank lines before the first thread', `\n\n${HEADER}${POST}`, []],
    ['text before the first post', `${HEADER}\nhello\n${POST}`, ['5 text-before-post']],
    ['a quote before the first post', `${HEADER}#quote a\n${POST}`, ['4 text-before-post']],
    ['a post outside a thread', `${POST}${POST.replace('5', '6')}`, ['1 post-outside-thread']],
    ['a post before the first thread', `${POST}${HEADER}${POST}`, ['1 post-outside-thread']],
    ['a duplicate thread', `${HEADER}${POST}${HEADER}${POST}`, ['7 duplicate-thread']],
    ['a duplicate post', `${HEADER}${POST}${POST}`, ['7 duplicate-post']],
    ['a smaller id', `${HEADER}${POST}${POST.replace('5', '4')}`, ['7 post-out-of-order']],
    ['a longer id', `${HEADER}${POST}${POST.replace('5', '40')}`, []],
    ['an earlier time', `${HEADER}${POST}${POST.replace('5', '6').replace('-05', '-04')}`, ['7 post-out-of-order']],
    ['a day that is not', `${HEADER}${POST}#p 6 a 2020-02-30 00:00:00\n\n`, ['7 impossible-date']],
    ['a year that is no leap year', `${HEADER}${POST}#p 6 a 2100-02-29 00:00:00\n\n`, ['7 impossible-date']],
    ['a time that is not', `${HEADER}${POST}#p 6 a 2020-02-20 24:00:00\n\n`, ['7 impossible-date']],
    [
      'an impossible header',
      HEADER.replace('01-02', '13-02') + POST,
      ['1 impossible-date', '1 text-before-thread', '4 post-outside-thread'],
    ],
    ['no title', HEADER.split('\n')[0] + `\n${POST}`, ['2 missing-title']],
    ['no title and no end', HEADER.split('\n')[0]!, ['1 missing-title', '1 truncated-line']],
    ['no blank line after the title', HEADER.slice(0, -1) + POST, ['3 missing-blank-line']],
    ['no blank line after the title and no more', HEADER.slice(0, -1), ['2 missing-blank-line']],
    ['no blank line between posts', `${HEADER}${POST.slice(0, -1)}${POST.replace('5', '6')}`, ['6 missing-blank-line']],
    ['no blank line at the end', `${HEADER}${POST.slice(0, -1)}`, ['5 missing-blank-line']],
    ['no line end at the end', `${HEADER}${POST.slice(0, -2)}`, ['5 truncated-line']],
    ['a directive that is cut off', `${HEADER}${POST}#p 6 a 2020-01-`, ['7 truncated-line']],
    ['CRLF', `x\r\n${HEADER}${POST}${POST}`.replaceAll(/\r?\n/g, '\r\n'), ['1 text-before-thread', '8 duplicate-post']],
    ['no text', '', ['1 not-a-dump']],
    ['blank lines', '\n\n', ['1 not-a-dump']],
    ['other text', '\nhello\nworld', ['2 not-a-dump']],
    ['nearly a dump', '#t 1 2 a b\n#p hello\n#quote a\n', ['1 not-a-dump']],
  ])('%s', (_, dump, expected) => {
    expect(codesAndLines(dump)).toEqual(expected)
  })

  test('a text that is no dump is named by its first line', () => {
    const { threads, diagnostics, leftover } = parseDump('\n{"a": 1}\nx')
    expect(threads).toEqual([])
    expect(diagnostics[0]!.message).toContain('not a thread dump: line 2, "{"a": 1}"')
    expect(leftover).toBe('\n{"a": 1}\nx')
  })

  test('a message stays short and on one line, whatever the line', () => {
    for (const start of ['x', '\0\u001b[31m', '\ud83d']) {
      const { message } = parseDump(start.repeat(1000)).diagnostics[0]!
      expect(message.length).toBeLessThan(200)
      expect(message).not.toMatch(/\p{Cc}|\p{Cs}/u)
    }
  })
})

describe('nothing is lost', () => {
  test('text without a post is in its diagnostic and in the leftover', () => {
    const { diagnostics, leftover, threads } = parseDump(`one\n\ntwo\n${HEADER}three\n${POST}`)
    expect(diagnostics.map(({ text }) => text)).toEqual(['one\n\ntwo', 'three'])
    expect(leftover).toBe('one\n\ntwo\nthree')
    expect(threads[0]!.posts[0]!.text).toBe('text')
  })

  test('posts before any thread have one of their own, apart from those of other dumps', () => {
    const { threads } = parseDump(`${POST}${POST.replace('5', '6')}${HEADER}${POST}`)
    expect(threads.map(({ key, posts }) => [key, posts.map(({ id }) => id)])).toEqual([
      ['pku-bbs/bbs.pku.edu.cn/post-5', ['5', '6']],
      ['pku-bbs/bbs.pku.edu.cn/22/17', ['5']],
    ])
    expect(parseDump(formatDump(threads)).threads).toEqual(threads)
  })

  test('posts with the same id have ids of their own, and write back as they were', () => {
    const dump = `${HEADER}${POST}${POST.replace('text', 'other')}${POST.replace('5', '05')}${POST.replace('text', '')}`
    const { threads } = parseDump(dump)
    expect(threads[0]!.posts.map(({ id, text }) => [id, text])).toEqual([
      ['5', 'text'],
      ['5~2', 'other'],
      ['05', 'text'],
      ['5~3', '\n'],
    ])
    expect(threads[0]!.posts[1]!.url).toMatch(/postid=5#5$/)
    expect(formatDump(threads)).toBe(dump)
  })

  test('a line with an impossible date is text of the post before it', () => {
    const { threads } = parseDump(`${HEADER}${POST}#p 6 b 2020-02-30 00:00:00\nmore\n\n`)
    expect(threads[0]!.posts.map(({ text }) => text)).toEqual(['text\n\n#p 6 b 2020-02-30 00:00:00\nmore'])
  })

  test('a thread without a title keeps its posts', () => {
    const { threads } = parseDump(`${HEADER.split('\n')[0]}\n${POST}`)
    expect(threads).toMatchObject([{ id: '17', title: '', posts: [{ id: '5', text: 'text' }] }])
  })
})

test('a diagnostic is told from a thread', () => {
  const { threads, diagnostics } = parseDump(`x\n${HEADER}`)
  expect(threads.map(isDiagnostic)).toEqual([false])
  expect(diagnostics.map(isDiagnostic)).toEqual([true])
})
