// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import type { PostRecord } from '../../../../archive/records.ts'
import type { Post } from '../../../../core/thread.ts'
import { buildPost, guessHeight } from '../../../../entrypoints/reader/build-post.ts'
import { readerSite } from '../../../../entrypoints/reader/reader-site.ts'
import { showPicture } from '../../../../entrypoints/reader/render-body.ts'

const post: Post = {
  id: '9',
  floor: 3,
  author: { username: 'ZOEA', nickname: '蟹' },
  isStarter: true,
  url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=1&threadid=2#9',
  postedAt: '2020-04-14T22:27:34+08:00',
  html: '<p>正文</p>',
  text: '正文',
  quotes: [{ username: 'a', excerpt: '一\n二', postId: '8' }],
  attachments: [{ name: 'x.pdf', url: 'https://bbs.pku.edu.cn/attach/x.pdf', size: 1_200_000, kind: 'file' }],
  votes: { up: 3, down: 0 },
}

function build(changes: Partial<Post> = {}, record: Partial<PostRecord> = {}): HTMLElement {
  const changed = { ...post, ...changes }
  const rest = { threadKey: 'k/1', id: changed.id, position: 1, measure: { characters: 2, words: 0 } }
  return buildPost({ ...rest, readAt: '2026-01-01T00:00:00.000Z', source: 'page', ...record, post: changed }, document)
}

test('shows who wrote when, what is quoted, attached and voted', () => {
  const { textContent } = build()
  for (const words of ['3 楼', '蟹', 'ZOEA', '楼主', '2020-04-14 22:27', 'a：', '一\n二', 'x.pdf', '1.2 MB', '赞 3']) {
    expect(textContent).toContain(words)
  }
  expect(textContent).not.toContain('踩')
})

test('the aids find each part by its selector, and quotes are not own words', () => {
  const element = build()
  const { post: postSelector, body, author, starter, floor, notOwn, postId } = readerSite.selectors
  expect(element.matches(postSelector)).toBe(true)
  expect(element.getAttribute(postId.attribute)).toBe('9')
  expect(element.querySelector(body)!.textContent).toBe('正文')
  expect(element.querySelector(author)!.textContent).toBe('ZOEA')
  expect(element.querySelector(floor!)!.textContent).toBe('3 楼')
  expect(element.querySelector(starter!)).not.toBeNull()
  expect(build({ isStarter: false }).querySelector(starter!)).toBeNull()
  expect(element.querySelector(body)!.querySelector(notOwn)).toBeNull()
})

test("a post's words cannot pass for a part of the page", () => {
  const html = '<div class="post" id="posts"><span class="post-starter post-author">x</span></div>'
  const element = build({ html, isStarter: false })
  const { post: postSelector, author, starter } = readerSite.selectors
  expect(element.querySelector(postSelector)).toBeNull()
  expect(element.querySelector(starter!)).toBeNull()
  expect(element.querySelector(author)!.textContent).toBe('ZOEA')
})

test('whatever the archive holds stays text or a link to the web', () => {
  const element = build({
    author: { username: '<img src=x onerror=1>', nickname: '<b>' },
    url: 'javascript:alert(1)',
    html: '<script>1</script><img src=x onerror=1><a href="javascript:1">a</a><form><input></form><iframe srcdoc=x></iframe>',
    quotes: [{ username: '<i>', excerpt: '<svg onload=1>' }],
    attachments: [{ name: '<u>', url: 'javascript:alert(1)', kind: 'file' }],
  })
  expect(
    element.querySelector('script, img, b, i, u, svg, form, input, iframe, [onerror], [href^="javascript"]'),
  ).toBeNull()
})

test('pictures of the web wait for a click; pictures in the text itself do not', () => {
  const element = build({
    html: '<p><img src="https://evil.example/p.png" alt="图"><img src="data:image/png;base64,AAAA"></p>',
  })
  expect([...element.querySelectorAll('img')].map(({ src }) => src)).toEqual(['data:image/png;base64,AAAA'])
  const button = element.querySelector('button')!
  expect(button.textContent).toContain('图')
  showPicture(button)
  expect(element.querySelector('img')).toMatchObject({ src: 'https://evil.example/p.png', alt: '图' })
})

test('a post that is gone from the forum says so', () => {
  expect(build({}, { goneSince: '2026-05-01T00:00:00.000Z' }).textContent).toContain('原站已无此楼')
})

test('spaces that break no line are loosened inside of a sentence, and kept as an indent', () => {
  const { textContent } = build({ html: '<p>\u00a0\u00a0甲\u00a0乙\u00a0\u00a0丙</p>' }).querySelector('.post-body')!
  expect(textContent).toBe('\u00a0\u00a0甲 乙\u00a0\u00a0丙')
})

test('blank lines around a post are left out, pictures and blank lines inside are not', () => {
  const body = (html: string) => build({ html }).querySelector('.post-body')!
  expect(body('<br><p>&nbsp;</p>\n<p>一</p><p></p><p>二</p><p><br></p>').textContent).toBe('一二')
  expect(body('<p></p><p><img src="https://a.example/b.png"></p>').querySelector('button')).not.toBeNull()
  expect(body('<p></p>').textContent).toBe('')
})

test('long posts are guessed higher than short ones, within bounds', () => {
  const height = (text: string) => guessHeight({ post: { ...post, text } } as PostRecord)
  expect(height('字'.repeat(400))).toBeGreaterThan(height('字'))
  expect(height('字'.repeat(1e6))).toBeLessThan(3000)
})
