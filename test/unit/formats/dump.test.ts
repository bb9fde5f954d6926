import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Post } from '../../../core/thread.ts'
import { formatDump, parseDump } from '../../../formats/dump.ts'
import { HEADER, postsOf, threadsWith } from './dump/dump-samples.ts'

const seed = readFileSync(new URL('../../../seeds/000_01465295b16f78d9.txt', import.meta.url), 'utf8')

function withBody(body: string): Post {
  const { threads, diagnostics } = parseDump(`${HEADER}#p 1 a 2020-01-01 00:00:00\n${body}\n`)
  expect(diagnostics).toEqual([])
  return threads[0]!.posts[0]!
}

describe('the seed', () => {
  test('reads as what it is', () => {
    const { threads, diagnostics, leftover } = parseDump(seed)
    expect(diagnostics).toEqual([])
    expect(leftover).toBeUndefined()
    expect(threads).toHaveLength(1)
    expect(threads[0]).toMatchObject({
      key: 'pku-bbs/bbs.pku.edu.cn/22/17625528',
      url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528',
      title: '关于持续解决困扰基层的形式主义问题的通知 附答问',
      board: { id: '22' },
      author: { username: 'ZOEA' },
      createdAt: '2020-04-14T00:22:00+08:00',
      lastReply: { author: { username: 'derekdut' }, at: '2020-04-16T06:06:00+08:00' },
    })
    const [first, second] = threads[0]!.posts
    expect(first).toMatchObject({
      id: '22222309',
      author: { username: 'ZOEA', nickname: '蟹' },
      isStarter: true,
      url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528&page=a&postid=22222309#22222309',
      postedAt: '2020-04-14T22:27:34+08:00',
    })
    expect(first!.text.startsWith('\n\n2020-04-14 22:24:35\n[http://www.xinhuanet.com/')).toBe(true)
    expect(first!.text.match(/\p{Script=Han}/gu)).toHaveLength(6272)
    expect(first!.html.match(/<a href="https:\/\/bbs\.pku\.edu\.cn\/v2\/jump-to\.php\?url=http%3A/g)).toHaveLength(2)
    expect(second).toMatchObject({ isStarter: false, text: '太长了，废了半天劲儿才看完。' })
    expect(second!.quotes).toEqual([{ username: 'ZOEA', excerpt: '' }])
  })

  test('writes back byte for byte', () => {
    expect(formatDump(parseDump(seed).threads)).toBe(seed)
    expect(formatDump(parseDump(seed + seed).threads)).toBe(seed + seed)
  })
})

describe('lines read from both ends', () => {
  test.each([
    ['#p 1 a 2020-01-01 00:00:00', undefined],
    ['#p 1 a  2020-01-01 00:00:00', ''],
    ['#p 1 a b c 2020-01-01 00:00:00', 'b c'],
    ['#p 1 a  b  2020-01-01 00:00:00', ' b '],
    ['#p 1 a 2019-01-01 00:00:00 2020-01-01 00:00:00', '2019-01-01 00:00:00'],
    ['#p 1 a 2020-01-01 2020-01-01 00:00:00', '2020-01-01'],
    ['#p 1 a \u3000\u2028\t 2020-01-01 00:00:00', '\u3000\u2028\t'],
  ])('%j has the nickname %j', (line, nickname) => {
    const dump = `${HEADER}${line}\nx\n\n`
    expect(postsOf(dump)[0]!.author).toEqual(nickname === undefined ? { username: 'a' } : { username: 'a', nickname })
    expect(formatDump(parseDump(dump).threads)).toBe(dump)
  })
})

describe('a directive is a whole line of its form', () => {
  test.each([
    '#p hello',
    '#tag',
    '#quote',
    '#quote ',
    '#quote two words',
    '#quote a\u3000b',
    ' #p 1 a 2020-01-01 00:00:00',
    '#p 1 a 2020-01-01 00:00:00 ',
    '#p 1  a 2020-01-01 00:00',
    '#p x1 a 2020-01-01 00:00:00',
    '#p 1 2020-01-01 00:00:00',
    '#p １ a 2020-01-01 00:00:00',
    '#p 1\ta 2020-01-01 00:00:00',
    '#P 1 a 2020-01-01 00:00:00',
    '#t 1 2 a 2020-01-01 00:00:00 b',
    '#t 1 2 a 2020-01-01 00:00:00 b 2020-01-01 00:00:00 c',
    '#t 1  a 2020-01-01 00:00:00 b 2020-01-01 00:00:00',
    'x\u2028#p 2 a 2020-01-01 00:00:00',
    'x\u0085#quote a',
    '\\#p hello',
    '\\',
  ])('%j is text', (line) => {
    expect(withBody(`${line}\n`).text).toBe(line)
  })

  test.each(['#p 2 a 2020-01-01 00:00:00', '#t 1 2 a 2020-01-01 00:00:00 b 2020-01-01 00:00:00', '#quote a'])(
    '%j in a body is escaped, however many backslashes it begins with',
    (line) => {
      for (const text of [line, `\\${line}`, `\\\\\\${line}`, `a\n${line}\nb`]) {
        const threads = threadsWith({ text, quotes: [{ username: 'b', excerpt: text }] })
        const dump = formatDump(threads)
        expect(dump).toContain(`\\${text.split('\n').at(text.startsWith('a') ? 1 : 0)}\n`)
        expect(parseDump(dump).diagnostics).toEqual([])
        expect(postsOf(dump)).toMatchObject([{ text, quotes: [{ username: 'b', excerpt: text }] }])
      }
    },
  )
})

describe('a body is kept to the character', () => {
  test.each(['', '\n', '\n\n', '\n\n\n'])('of empty lines %j', (body) => {
    expect(withBody(body).text).toBe(body)
  })
  test.each(['a', '\na', 'a\n', '\n\n　　a \t\n\n', ' ', 'a\n\n\nb'])('%j', (text) => {
    expect(withBody(`${text}\n`).text).toBe(text)
  })

  test('a blank line before a quote is content, the one after a post is not', () => {
    const dump = `${HEADER}#p 1 a 2020-01-01 00:00:00\nx\n\n#quote b\n\n#quote c\ny\n\n\n`
    const [post] = postsOf(dump)
    expect(post).toMatchObject({
      text: 'x\n',
      quotes: [
        { username: 'b', excerpt: '\n' },
        { username: 'c', excerpt: 'y\n' },
      ],
    })
    expect(formatDump(parseDump(dump).threads)).toBe(dump)
  })
})

describe('a title is any line', () => {
  test.each(['', ' ', '#t', '#quote a', '#p 1 a 2020-01-01 00:00:00', '\\#p 1 a 2020-01-01 00:00:00', 'a\u2028b'])(
    '%j',
    (title) => {
      for (const count of [0, 1]) {
        const threads = threadsWith({ text: 'x' }).map((thread) => ({
          ...thread,
          title,
          posts: thread.posts.slice(0, count),
        }))
        const dump = formatDump([...threads, ...threads])
        const again = parseDump(dump)
        expect(again.threads.map((thread) => thread.title)).toEqual([title, title])
        expect(again.threads.map(({ posts }) => posts.length)).toEqual([count, count])
        expect(again.diagnostics.map(({ code }) => code)).toEqual(['duplicate-thread'])
        expect(formatDump(again.threads)).toBe(dump)
      }
    },
  )
})

describe('line ends', () => {
  test('a BOM is dropped; CRLF and CR read as LF', () => {
    const expected = parseDump(seed)
    expect(parseDump(`\ufeff${seed}`)).toEqual(expected)
    expect(parseDump(seed.replaceAll('\n', '\r\n'))).toEqual(expected)
    expect(parseDump(seed.replaceAll('\n', '\r'))).toEqual(expected)
  })

  test('only these end a line', () => {
    const text = 'a\u2028b\u2029c\u0085d\ve\ff'
    expect(withBody(`${text}\n`).text).toBe(text)
  })
})

test('no text makes the reader throw or lose a character that is not syntax', () => {
  const line = fc.oneof(
    fc.constantFrom(
      '#t 22 1 a 2020-01-01 00:00:00 b 2020-01-01 00:00:00',
      '#p 1 a 2020-01-01 00:00:00',
      '#p 2 b 2020-02-30 00:00:00',
      '#quote a',
      '\\#quote a',
      '',
      '',
    ),
    fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\r\n]/g, '')),
    fc.stringMatching(/^w\d{4}$/),
  )
  fc.assert(
    fc.property(fc.array(line, { maxLength: 20 }), fc.constantFrom('\n', '\r\n', '\r'), (lines, end) => {
      const { threads, leftover = '', diagnostics } = parseDump(lines.join(end))
      const all = `${threads.map(({ title, posts }) => [title, ...posts.flatMap(wordsOf)].join('\n')).join('\n')}\n${leftover}`
      for (const word of lines.filter((text) => /^w\d{4}$/.test(text))) expect(all).toContain(word)
      const starts = lines.filter((text) => /^#[tp] .*01-01 00:00:00$/.test(text)).length
      const titles = threads.filter(({ title }) => /^#[tp] .*01-01 00:00:00$/.test(title)).length
      const posts = threads.reduce((sum, thread) => sum + thread.posts.length, 0)
      const strayThreads = threads.filter(({ id }) => id.startsWith('post-')).length
      expect(posts + threads.length - strayThreads + titles).toBe(starts)
      expect(parseDump(formatDump(threads)).threads).toEqual(threads)
      for (const each of diagnostics) expect(each.line).toBeLessThanOrEqual(Math.max(1, lines.length))
    }),
    { numRuns: 1000 },
  )
})

function wordsOf({ text, quotes }: Post): string[] {
  return [text, ...quotes.map(({ excerpt }) => excerpt)]
}
