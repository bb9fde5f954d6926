import fc from 'fast-check'
import { expect, test } from 'vitest'
import { ThreadSearcher, type SearchedPost } from '../../../../core/search/search-posts.ts'

const POSTS: SearchedPost[] = [
  {
    id: '1',
    author: { username: 'ZOEA', nickname: '蟹' },
    postedAt: '2020-04-14T22:27:34+08:00',
    text: '会议太多，\n文件也多',
  },
  { id: '2', author: { username: 'derek' }, postedAt: '2021-01-02T00:00:00+08:00', text: 'Ｐython 和会议' },
  { id: '3', author: { username: 'ada' }, text: '没有日期' },
]

function find(typed: string, posts: readonly SearchedPost[] = POSTS): string[] {
  return [...new ThreadSearcher(posts).search(typed)].flatMap((found) => (found ? [found.post.id] : []))
}

test.each([
  ['会议', ['1', '2']],
  ['多，文件', ['1']],
  ['python', ['2']],
  ['会议 zoea', ['1']],
  ['会议 -文件', ['2']],
  ['author:蟹', ['1']],
  ['-author:ada', ['1', '2']],
  ['会议 after:2020-12', ['2']],
  ['日期 before:2030', []],
  ['zoea', []],
  ['board:没有这个版 会议', ['1', '2']],
  ['  ', []],
  ['无此词', []],
])('%j finds posts %j', (typed, expected) => expect(find(typed)).toEqual(expected))

test('the excerpt shows the words as the post has them', () => {
  const [found] = [...new ThreadSearcher(POSTS).search('python')].filter((each) => each !== undefined)
  expect(found?.excerpt).toContainEqual({ text: 'Ｐython', isMarked: true })
})

test('whatever is typed, every excerpt is of its post, and the order is the thread’s', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), fc.string(), (texts, typed) => {
      const posts = texts.map((text, index) => ({ id: String(index), author: { username: 'a' }, text }))
      const ids = find(typed, posts).map(Number)
      expect(ids).toEqual([...ids].sort((a, b) => a - b))
    }),
  )
})
