import fc from 'fast-check'
import type { Author, Post, Quote, Thread } from '../../../../core/thread.ts'
import { parseDump } from '../../../../formats/dump.ts'

export const HEADER = '#t 22 17 starter 2020-01-01 00:00:00 last 2020-01-02 00:00:00\n题\n\n'

const piece = fc.oneof(
  fc.constantFrom(
    '\n',
    '\n',
    '\\',
    '#p 1 a 2020-01-01 00:00:00',
    '#p 1 a b 2020-02-30 00:00:00',
    '#t 22 1 a 2020-01-01 00:00:00 b 2020-01-01 00:00:00',
    '#quote a',
    '#quote',
    '[a](b)',
    '![a](http://x/(y))',
    '[',
    '](',
    ')',
    '<script>&amp;"',
    '\u2028',
    '\u2029',
    '\u0085',
    '\v\f',
    '\ufeff',
    '\0',
    '\ud83d',
    '\ude00',
    '👨‍👩‍👧',
    '　　',
    ' ',
    '\t',
  ),
  fc.string({ unit: 'binary', maxLength: 6 }).map((text) => text.replaceAll('\r', '')),
)

/** Text of pieces that a dump's syntax is made of, and others; its line ends are `\n`. */
export const hostileText: fc.Arbitrary<string> = fc.array(piece, { maxLength: 10 }).map((pieces) => pieces.join(''))

/** One thread with one post. */
export function threadsWith(post: Partial<Post> & { text: string }): Thread[] {
  const author = { username: 'a' }
  return [
    {
      key: 'pku-bbs/bbs.pku.edu.cn/22/17',
      site: 'pku-bbs',
      id: '17',
      url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17',
      title: '题',
      board: { id: '22' },
      posts: [{ id: '1', author, html: '', quotes: [], attachments: [], ...post }],
    },
  ]
}

export interface ThreadParts {
  id: string
  board: string | undefined
  author: string | undefined
  title: string
  createdAt: string | undefined
  lastAt: string | undefined
  posts: {
    username: string
    nickname: string | undefined
    postedAt: string | undefined
    text: string
    quotes: Quote[]
  }[]
}

/** A thread of generated parts, whose post ids ascend. */
export function dumpThread({ id, board, author, title, createdAt, lastAt, posts }: ThreadParts): Thread {
  return {
    key: 'k',
    site: 'pku-bbs',
    id,
    url: 'https://bbs.pku.edu.cn/v2/',
    title,
    ...(board === undefined ? {} : { board: { id: board } }),
    ...(author === undefined ? {} : { author: { username: author } }),
    ...(createdAt === undefined ? {} : { createdAt }),
    ...(lastAt === undefined ? {} : { lastReply: { at: lastAt } }),
    posts: posts.map(({ username, nickname, postedAt, text, quotes }, index): Post => {
      const by: Author = nickname === undefined ? { username } : { username, nickname }
      const post: Post = { id: String(index + 1), author: by, html: '', text, quotes, attachments: [] }
      return postedAt === undefined ? post : { ...post, postedAt }
    }),
  }
}

/** The posts of all threads that a dump reads to. */
export function postsOf(dump: string): Post[] {
  return parseDump(dump).threads.flatMap(({ posts }) => posts)
}
