import fc from 'fast-check'
import { expect, test } from 'vitest'
import { countAuthors, sortAuthors, type AuthorOrder } from '../../../core/thread-authors.ts'

function post(
  username: string,
  more: { postedAt?: string; nickname?: string; isStarter?: boolean; characters?: number } = {},
) {
  const { characters = 10, nickname, ...rest } = more
  return {
    post: { id: `${username}-${more.postedAt ?? ''}`, author: { username, ...(nickname && { nickname }) }, ...rest },
    measure: { characters, words: 1 },
  }
}

const thread = [
  post('b', { postedAt: '2020-04-15T00:00:00+08:00', isStarter: true }),
  post('a', { postedAt: '2020-04-16T00:00:00+08:00', nickname: '甲' }),
  post('b', { postedAt: '2020-04-14T00:00:00+08:00', characters: 5 }),
  post('c'),
]

test('counts what each wrote, from the first to the last', () => {
  const [b, a, c] = countAuthors(thread)
  expect(b).toEqual({
    username: 'b',
    isStarter: true,
    posts: 2,
    measure: { characters: 15, words: 2 },
    firstPostId: 'b-2020-04-15T00:00:00+08:00',
    firstAt: '2020-04-14T00:00:00+08:00',
    lastAt: '2020-04-15T00:00:00+08:00',
  })
  expect(a).toMatchObject({ username: 'a', nickname: '甲', posts: 1 })
  expect(c).not.toHaveProperty('firstAt')
})

test('sorts by each column both ways; who has no time comes last', () => {
  const names = (order: AuthorOrder, isDescending: boolean) =>
    sortAuthors(countAuthors(thread), order, isDescending)
      .map(({ username }) => username)
      .join('')
  expect(names('posts', true)).toBe('bac')
  expect(names('posts', false)).toBe('acb')
  expect(names('length', true)).toBe('bac')
  expect(names('first', false)).toBe('bac')
  expect(names('first', true)).toBe('abc')
  expect(names('last', true)).toBe('abc')
  expect(names('name', false)).toBe('bca')
})

test('no post is counted twice or left out', () => {
  const some = fc.array(fc.record({ name: fc.constantFrom('', 'a', 'b', '__proto__'), characters: fc.nat(99) }))
  fc.assert(
    fc.property(some, (given) => {
      const authors = countAuthors(given.map(({ name, characters }) => post(name, { characters })))
      const sum = (of: (author: (typeof authors)[number]) => number) => authors.reduce((all, each) => all + of(each), 0)
      expect(sum(({ posts }) => posts)).toBe(given.length)
      expect(sum(({ measure }) => measure.characters)).toBe(given.reduce((all, { characters }) => all + characters, 0))
      expect(new Set(authors.map(({ username }) => username)).size).toBe(authors.length)
    }),
  )
})
