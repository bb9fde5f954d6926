import { expect, test } from 'vitest'
import { countHosts, formatLinkList, placeNames } from '../../../core/link-list.ts'
import type { ThreadLink } from '../../../core/thread-overview.ts'

const columns = { address: '网址', text: '文字', posts: '楼', original: '原', note: '注' }

function linkOf(url: string, more: Partial<ThreadLink> = {}): ThreadLink {
  return { postId: '7', places: [{ postId: '7', floor: 1 }], text: '字', original: url, url, ...more }
}

const links = [
  linkOf('https://a.example/1', { places: [{ postId: '7', floor: 1 }, { postId: '9' }] }),
  linkOf('https://b.example/', { text: '=HYPERLINK("x"),\n"引"', warning: 'target-unknown' }),
  linkOf('https://a.example/2', { text: '' }),
]

test('a list of bare addresses', () => {
  expect(formatLinkList(links, 'list', columns)).toBe('https://a.example/1\nhttps://b.example/\nhttps://a.example/2')
})

test('a Markdown list, with the posts', () => {
  expect(formatLinkList(links.slice(0, 1), 'markdown', columns)).toBe('- [字](https://a.example/1) (#1, 9)')
})

test('a table that no spreadsheet runs as a formula', () => {
  expect(formatLinkList(links, 'csv', columns)).toBe(
    '网址,文字,楼,原,注\r\n' +
      'https://a.example/1,字,#1 9,https://a.example/1,\r\n' +
      'https://b.example/,"\'=HYPERLINK(""x""),\n""引""",#1,https://b.example/,target-unknown\r\n' +
      'https://a.example/2,,#1,https://a.example/2,\r\n',
  )
})

test('hosts by how many links they have, and posts by floor', () => {
  expect(countHosts(links)).toEqual([
    { host: 'a.example', count: 2 },
    { host: 'b.example', count: 1 },
  ])
  expect(placeNames(links[0]!)).toEqual(['#1', '9'])
})
