import { describe, expect, test } from 'vitest'
import { describeThread } from '../../../archive/describe-thread.ts'
import { postOf, threadOf } from './sample-thread.ts'

describe('describing a thread', () => {
  test('adds up the posts, and those of the starter', () => {
    const thread = threadOf(
      [
        postOf('1', { floor: 1, isStarter: true, text: '一二三四' }),
        postOf('2', { floor: 2, text: '五六 two words' }),
        postOf('3', { floor: 3, isStarter: true, text: '七' }),
      ],
      { pageCount: 2, author: { username: 'reader' }, board: { id: '22', name: '版' } },
    )
    const overview = describeThread(thread)
    expect(overview).toMatchObject({
      key: thread.key,
      title: '标题',
      board: { id: '22', name: '版' },
      author: { username: 'reader' },
      postCount: 3,
      pageCount: 2,
      measure: { characters: 7, words: 2 },
      starter: { postCount: 2, measure: { characters: 5, words: 0 } },
      links: [],
    })
    expect(overview.longestPosts.map(({ id }) => id)).toEqual(['1', '2', '3'])
    expect(overview.estimate.low).toBeLessThan(overview.estimate.high)
  })

  test('names five posts at most, none that is empty', () => {
    const texts = ['', '一', '一二', '一二三', '一二三四', '一二三四五', '一二三四五六', '']
    const { longestPosts } = describeThread(threadOf(texts.map((text, index) => postOf(String(index), { text }))))
    expect(longestPosts.map(({ id }) => id)).toEqual(['6', '5', '4', '3', '2'])
    expect(describeThread(threadOf([postOf('1', { text: '' })])).longestPosts).toEqual([])
  })

  test('knows the starter of a dump by the name, and does not read targets of links', () => {
    const posts = [
      postOf('1', { author: { username: 'ZOEA' }, text: '[说明](jump-to.php?url=https%3A%2F%2Fe.org)' }),
      postOf('2', { author: { username: 'other' }, text: '回' }),
    ]
    const { measure, starter } = describeThread(threadOf(posts, { author: { username: 'ZOEA' } }))
    expect(measure).toEqual({ characters: 3, words: 0 })
    expect(starter).toMatchObject({ postCount: 1, measure: { characters: 2, words: 0 } })
  })

  test('lists each real target once, with the words of its first link', () => {
    const jump = 'https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fexample.org%2Fa'
    const posts = [
      postOf('1', {
        html: `<p>见 <a href="${jump}"> 说 <b>明</b> </a>和 <a href="/v2/post-read.php?bid=1&amp;threadid=2">楼</a></p>`,
      }),
      postOf('2', { html: '<a href="https://example.org/a">同</a><a href="https://example.org/b"><img src="x"></a>' }),
    ]
    expect(describeThread(threadOf(posts)).links).toMatchObject([
      { postId: '1', text: '说 明', original: jump, url: 'https://example.org/a' },
      { postId: '1', text: '楼', url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=1&threadid=2' },
      { postId: '2', text: '', url: 'https://example.org/b' },
    ])
  })

  test('leaves out what is no web address, and bears any markup', () => {
    const html = [
      '<a href="javascript:alert(1)">x</a><a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=javascript%3Aalert(1)">y</a>',
      '<a>no address</a><a href="">empty</a><a href="http://[">broken</a><a href="data:text/html,x">z</a>',
      '<a href="https://example.org/last">last</a>',
      '<div>'.repeat(50_000),
    ].join('')
    const { links } = describeThread(threadOf([postOf('1', { html })]))
    expect(links.at(-1)!.url).toBe('https://example.org/last')
    expect(links.every(({ url }) => /^https?:\/\/[a-z]/.test(url))).toBe(true)
  })

  test('a thread without posts', () => {
    expect(describeThread(threadOf([]))).toMatchObject({
      postCount: 0,
      measure: { characters: 0, words: 0 },
      links: [],
    })
  })
})
