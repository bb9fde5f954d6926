import { describe, expect, test } from 'vitest'
import { mergePost } from '../../../archive/merge-post.ts'
import type { ArchivedPost } from '../../../archive/records.ts'
import type { Post } from '../../../core/thread.ts'
import { postOf, timeAt } from './sample-thread.ts'

const onPage = (post: Post, minute: number): ArchivedPost => ({ post, readAt: timeAt(minute), source: 'page', page: 1 })
const inDump = (post: Post, minute: number): ArchivedPost => ({ post, readAt: timeAt(minute), source: 'dump' })

describe('edits', () => {
  test('the former words become a version, seen last when they were last read', () => {
    const merged = [
      onPage(postOf('1', { text: '甲' }), 0),
      onPage(postOf('1', { text: '甲' }), 1),
      onPage(postOf('1', { text: '乙' }), 2),
      onPage(postOf('1', { text: '丙' }), 3),
    ].reduce(mergePost)
    expect(merged.post.text).toBe('丙')
    expect(merged.versions).toEqual([
      { html: '<p>甲</p>', text: '甲', seenAt: timeAt(1), source: 'page' },
      { html: '<p>乙</p>', text: '乙', seenAt: timeAt(2), source: 'page' },
    ])
  })

  test('an older reading that arrives late is a version, not the present', () => {
    const merged = mergePost(onPage(postOf('1', { text: '新' }), 5), onPage(postOf('1', { text: '旧' }), 1))
    expect(merged.post.text).toBe('新')
    expect(merged.versions?.map(({ text }) => text)).toEqual(['旧'])
  })

  test('of two readings at the same moment the one that arrives later counts', () => {
    const merged = mergePost(onPage(postOf('1', { text: '旧' }), 1), onPage(postOf('1', { text: '新' }), 1))
    expect(merged.post.text).toBe('新')
  })

  test('words taken back are the present again', () => {
    const merged = ['甲', '乙', '甲'].map((text, minute) => onPage(postOf('1', { text }), minute)).reduce(mergePost)
    expect(merged.post.text).toBe('甲')
    expect(merged.versions?.map(({ text }) => text)).toEqual(['乙'])
  })

  test('white space and addresses that change with every visit are none', () => {
    const picture = (token: string) =>
      postOf('1', { html: `<p>图</p><img src="https://e.org/a.png?t=${token}">`, text: '图' })
    expect(mergePost(onPage(picture('1'), 0), onPage(picture('2'), 1)).versions).toBeUndefined()
    const spaced = mergePost(
      onPage(postOf('1', { text: '　甲 乙' }), 0),
      onPage(postOf('1', { text: '甲\u00a0\n乙' }), 1),
    )
    expect(spaced.versions).toBeUndefined()
  })

  test('a link with another target is one when the page says that it was edited', () => {
    const link = (to: string) => postOf('1', { html: `<a href="https://${to}/">此</a>`, text: '此' })
    const edited = { ...link('b.org'), editedAt: '2024-01-01T00:01:00+08:00' }
    const merged = mergePost(onPage(link('a.org'), 0), onPage(edited, 1))
    expect(merged.post.html).toContain('b.org')
    expect(merged.versions?.map(({ html }) => html)).toEqual(['<a href="https://a.org/">此</a>'])
  })

  test('a page that hides the words does not empty the post; one that was edited to nothing does', () => {
    const hidden = postOf('1', { html: '', text: '' })
    const known = postOf('1', { text: '甲' })
    expect(mergePost(onPage(known, 0), onPage(hidden, 1)).post.text).toBe('甲')
    const emptied = mergePost(onPage(known, 0), onPage({ ...hidden, editedAt: '2024-01-01T00:01:00+08:00' }, 1))
    expect(emptied.post.text).toBe('')
    expect(emptied.versions?.map(({ text }) => text)).toEqual(['甲'])
  })
})

describe('dumps and pages', () => {
  const page = postOf('1', {
    floor: 7,
    text: '见 说明 (附图)',
    html: '<p>见 <a href="https://e.org/a(b)">说明</a> (附图)<img src="https://e.org/1.png"></p>',
    votes: { up: 3 },
    attachments: [{ name: 'a.zip', url: 'https://e.org/a.zip', size: 5, kind: 'file' }],
    quotes: [{ username: 'ZOEA', excerpt: '原话', postId: '0' }],
  })
  const dump = postOf('1', {
    text: '\n　见 [说明](https://e.org/a(b)) (附图)![图](https://e.org/1.png)',
    html: '<p>见 说明 (附图)</p>',
    quotes: [{ username: 'ZOEA', excerpt: '' }],
  })

  test.each([
    ['page then dump', [onPage(page, 0), inDump(dump, 1)]],
    ['dump then page', [inDump(dump, 0), onPage(page, 1)]],
  ])('%s: the markup in the text is no edit, the richer post stays', (_, readings) => {
    const merged = readings.reduce(mergePost)
    expect(merged.post).toEqual(page)
    expect(merged.versions).toBeUndefined()
  })

  test.each([[0], [2]])('a dump of other words is an earlier version, whenever it is imported', (minute) => {
    const readings = [inDump(postOf('1', { text: '[旧](https://e.org/)话' }), minute), onPage(page, 1)]
    for (const merged of [readings.reduce(mergePost), readings.toReversed().reduce(mergePost)]) {
      expect(merged.post).toEqual(page)
      expect(merged.versions?.map(({ text }) => text)).toEqual(['[旧](https://e.org/)话'])
    }
  })
})

describe('parts', () => {
  test('attachments of both readings stay, one whose address changed is known by its name', () => {
    const image = (url: string, size?: number) =>
      ({ name: 'image.png', url, kind: 'image', ...(size ? { size } : {}) }) as const
    const former = onPage(postOf('1', { attachments: [image('/1?old', 9), image('/2?old'), image('/3')] }), 0)
    const latter = onPage(postOf('1', { attachments: [image('/3'), image('/1?new')] }), 1)
    const urls = mergePost(former, latter).post.attachments.map(({ url }) => url)
    expect(urls).toHaveLength(3)
    expect(urls.slice(0, 2)).toEqual(['/3', '/1?new'])
  })

  test('a nickname is not given to another person', () => {
    const former = onPage(postOf('1', { author: { username: 'a', nickname: '甲' } }), 0)
    const merged = mergePost(former, onPage(postOf('1', { author: { username: 'b' } }), 1))
    expect(merged.post.author).toEqual({ username: 'b' })
  })

  test('a post that a page shows again is not gone, a dump brings none back', () => {
    const gone: ArchivedPost = { ...onPage(postOf('1'), 0), goneSince: timeAt(1) }
    expect(mergePost(gone, inDump(postOf('1'), 2)).goneSince).toBe(timeAt(1))
    expect(mergePost(gone, onPage(postOf('1'), 2)).goneSince).toBeUndefined()
  })
})
