import fc from 'fast-check'
import { expect, test } from 'vitest'
import { EarlierPosts } from '../../../core/match-quote.ts'

interface Sample {
  username: string
  nickname?: string
  text: string
}

/** Index of the post that a quote is told to be from. */
function find(posts: readonly Sample[], quote: { username: string; nickname?: string; excerpt: string }) {
  const earlier = new EarlierPosts<number>()
  for (const [index, { text, ...names }] of posts.entries()) earlier.add(index, { ...names, text: () => text })
  return earlier.find(quote)
}

const POSTS: Sample[] = [
  { username: 'ann', nickname: '蟹', text: '关于加强城市管理的十点建议，第一点是修路。' },
  { username: 'bob', text: 'I would not do that, because of the rain.' },
  { username: 'ann', nickname: '蟹', text: '第二点：种树。\n第三点：修桥，再铺路。' },
  { username: 'cid', nickname: 'ann', text: '第二点：种树。' },
]

test.each([
  ['the words of one of several posts', { username: 'ann', excerpt: '第三点：修桥' }, 2],
  ['the first words, cut with dots', { username: 'ann', excerpt: '关于加强城市管理…' }, 0],
  ['words with a gap', { username: 'ann', excerpt: '第二点：种树。... 再铺路' }, 2],
  ['full width, other spaces and capitals', { username: 'Bob', excerpt: 'Ｉ would  NOT do\nthat，because' }, 1],
  ['a nickname alone', { username: '', nickname: '蟹', excerpt: '十点建议' }, 0],
  ['a nickname in the place of the name', { username: '蟹', excerpt: '第二点' }, 2],
  ['a user before another who has the name for a nickname', { username: 'ann', excerpt: '第二点：种树。' }, 2],
  ['no words, of the only post', { username: 'bob', excerpt: ' …' }, 1],
  ['no words, of one of several', { username: 'ann', excerpt: '' }, undefined],
  ['another user', { username: 'dan', excerpt: '第二点' }, undefined],
  ['words that nobody wrote', { username: 'ann', excerpt: '第九点' }, undefined],
  ['a letter in the middle of a post', { username: 'bob', excerpt: 'b' }, undefined],
  [
    'what the quoted post quoted in turn',
    { username: 'cid', excerpt: '第二点：种树。\nbob 在 ta 的帖子中提到：\nI would' },
    3,
  ],
] as const)('%s', (_name, quote, index) => {
  expect(find(POSTS, quote)).toBe(index)
})

test('an excerpt cut anywhere from the beginning of a post is of the last post that begins so', () => {
  const text = fc.string({
    unit: fc.constantFrom('路', '桥', '树', 'a', 'B', '，', ' ', '\n', '…', '１'),
    maxLength: 80,
  })
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), fc.nat(), fc.nat(), (texts, at, length) => {
      const quoted = at % texts.length
      const excerpt = texts[quoted]!.slice(0, length % 81)
      const found = find(
        texts.map((each) => ({ username: 'ann', text: each })),
        { username: 'ann', excerpt },
      )
      const letters = (value: string) =>
        value
          .normalize('NFKC')
          .toLowerCase()
          .replace(/[^\p{L}\p{N}]/gu, '')
      if (letters(excerpt) === '') return void expect(found).toBe(texts.length === 1 ? 0 : undefined)
      // Never before the quoted one, and never one without the words.
      expect(found).toBeGreaterThanOrEqual(quoted)
      expect(letters(texts[found!]!)).toContain(letters(excerpt.split('…').find((piece) => letters(piece)) ?? ''))
    }),
  )
})

test('looking up takes the same time in a long thread', () => {
  const earlier = new EarlierPosts<number>()
  const asked = new Map<number, number>()
  const ask = (most: number) => asked.set(most, (asked.get(most) ?? 0) + 1).size
  for (let index = 0; index < 20_000; index++) {
    earlier.add(index, { username: `user${index % 7}`, text: (most) => `${ask(most)} 第 ${index} 楼` })
    earlier.find({ username: `user${index % 7}`, excerpt: 'nobody wrote this' })
  }
  // Each post is asked for its start once, and for all its words once.
  expect([...asked.values()]).toEqual([20_000, 20_000])
})
