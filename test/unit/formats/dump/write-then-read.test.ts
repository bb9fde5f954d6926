import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Thread } from '../../../../core/thread.ts'
import { formatDump, parseDump } from '../../../../formats/dump.ts'
import { dumpThread, hostileText, postsOf, threadsWith } from './dump-samples.ts'

const username = fc.oneof(
  fc.constantFrom(
    'ZOEA',
    '',
    '\\%',
    '\\%a',
    '\\%a%0020b',
    '\\\\%a%0020b',
    '\\%%005c%0020',
    'a b',
    '张\u3000三',
    '-',
    '\n',
  ),
  fc.string({ unit: 'binary', maxLength: 8 }),
)
const time = fc.oneof(
  fc.constant(undefined),
  fc
    .date({ min: new Date('0002-01-01'), max: new Date('9999-12-30'), noInvalidDate: true })
    .map((date) => `${date.toISOString().slice(0, 19)}+08:00`),
)
const quote = fc.record({ username, excerpt: hostileText })
const nickname = fc.oneof(
  fc.constantFrom(undefined, '', ' ', '2020-01-01 00:00:00', 'x 2020-01-01 00:00:00 '),
  hostileText.map((text) => text.replaceAll('\n', '')),
)
const post = fc.record({
  username,
  nickname,
  postedAt: time,
  text: hostileText,
  quotes: fc.array(quote, { maxLength: 3 }),
})
const anyThread = fc
  .record({
    id: username,
    board: fc.option(username.filter(Boolean), { nil: undefined }),
    author: fc.option(username.filter(Boolean), { nil: undefined }),
    title: hostileText.map((text) => text.replaceAll('\n', '')),
    createdAt: time,
    lastAt: time,
    posts: fc.array(post, { maxLength: 4 }),
  })
  .map(dumpThread)

/** What a dump holds of a thread. */
function held({ id, board, author, title, createdAt, lastReply, posts }: Thread): unknown {
  const postsHeld = posts.map((each) => [each.id, each.author, each.postedAt, each.text, each.quotes])
  return [id, board?.id, author?.username, title, createdAt, lastReply, postsHeld]
}

describe('writing then reading', () => {
  test('gives the same threads, whatever they hold', () => {
    fc.assert(
      fc.property(fc.array(anyThread, { minLength: 1, maxLength: 3 }), (threads) => {
        const dump = formatDump(threads)
        const again = parseDump(dump)
        expect(again.threads.map(held)).toEqual(threads.map(held))
        expect(formatDump(again.threads)).toBe(dump)
        const odd = again.diagnostics.filter(({ code }) => code !== 'duplicate-thread' && code !== 'impossible-date')
        expect(odd.filter(({ code }) => code !== 'post-out-of-order')).toEqual([])
        expect(again.threads.map(({ posts }) => posts.map(({ html }) => html))).toEqual(
          parseDump(formatDump(again.threads)).threads.map(({ posts }) => posts.map(({ html }) => html)),
        )
      }),
      { numRuns: 500 },
    )
  })

  test('carriage returns become line feeds', () => {
    const [post] = postsOf(formatDump(threadsWith({ text: 'a\r\nb\rc\r', quotes: [{ username: 'q', excerpt: '\r' }] })))
    expect(post).toMatchObject({ text: 'a\nb\nc\n', quotes: [{ excerpt: '\n' }] })
    const [thread] = parseDump(formatDump([{ ...threadsWith({ text: '' })[0]!, title: 'a\r\n#t b\nc' }])).threads
    expect(thread!.title).toBe('a #t b c')
  })

  test.each([
    ['2020-04-14T22:27:34+08:00', '2020-04-14T22:27:34+08:00'],
    ['2020-04-14T22:27:34.123+0800', '2020-04-14T22:27:34+08:00'],
    ['2020-04-14T14:27:34Z', '2020-04-14T22:27:34+08:00'],
    ['2020-04-14T09:27:34-05:00', '2020-04-14T22:27:34+08:00'],
    ['2020-12-31T23:00:00+05:30', '2021-01-01T01:30:00+08:00'],
    ['2020-04-14T22:27:34', '2020-04-14T22:27:34+08:00'],
    ['2020-04-14 22:27', '2020-04-14T22:27:00+08:00'],
    ['2020-04-14', '2020-04-14T00:00:00+08:00'],
    ['2020-02-30T00:00:00+08:00', undefined],
    ['9999-12-31T23:00:00-12:00', undefined],
    ['+012020-01-01T00:00:00Z', undefined],
    ['yesterday', undefined],
    ['', undefined],
  ])('the time %j reads as %j', (postedAt, expected) => {
    expect(postsOf(formatDump(threadsWith({ text: 'x', postedAt })))[0]!.postedAt).toBe(expected)
  })

  test('an id that is not digits becomes a number that is free', () => {
    const [thread] = threadsWith({ text: 'x' })
    const posts = ['2', 't1_x', '', '5~2', '4'].map((id) => ({ ...thread!.posts[0]!, id }))
    expect(postsOf(formatDump([{ ...thread!, posts }])).map(({ id }) => id)).toEqual(['2', '3', '6', '5', '4'])
  })
})
