// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import type { FileAddressRecord } from '../../../../archive/file-records.ts'
import type { PostRecord } from '../../../../archive/records.ts'
import type { Post } from '../../../../core/thread.ts'
import { buildPost, guessHeight } from '../../../../entrypoints/reader/build-post.ts'
import { readerSite } from '../../../../entrypoints/reader/reader-site.ts'
import { settlePicture, showPicture } from '../../../../entrypoints/reader/picture-parts.ts'

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

test('what its writer indented by hand is marked, words that only hold wide spaces are not', () => {
  const marked = (html: string) => {
    const body = build({ html }).querySelector<HTMLElement>('.post-body')!
    return [body, ...body.querySelectorAll<HTMLElement>('*')]
      .filter(({ dataset }) => dataset.ownIndent !== undefined)
      .map(({ localName, className }) => className || localName)
  }
  expect(marked('<p>\u3000\u3000甲</p>')).toEqual(['p'])
  expect(marked('<p><b>\u3000甲</b></p><p>乙</p>')).toEqual(['p'])
  expect(marked('<p>甲<br>\n\u00a0\u00a0乙</p>')).toEqual(['p'])
  expect(marked('甲<br>\u3000\u3000乙')).toEqual(['post-body'])
  expect(marked('<p>甲\u3000\u3000乙</p><p>甲<b>\u3000乙</b></p><p>\u00a0甲</p>')).toEqual([])
})

test('each table has a box to scroll in, tables in tables share theirs', () => {
  const table = (inside: string) => `<table><tbody><tr><td>${inside}</td></tr></tbody></table>`
  const body = build({ html: `${table(table('甲'))}<p>乙</p>${table('丙')}` }).querySelector('.post-body')!
  expect([...body.children].map(({ className, localName }) => className || localName)).toEqual([
    'wide-box',
    'p',
    'wide-box',
  ])
  expect(body.querySelectorAll('.wide-box')).toHaveLength(2)
  expect(body.textContent).toBe('甲乙丙')
})

test('links whose words are their address are marked: on paper they say it once', () => {
  const link = (words: string) => `<a href="https://a.example/long/way">${words}</a>`
  const html = ['https://a.example/long/way', 'www.a.example/x', 'https://a.example/lo…', '看这里', 'https://a b'].map(
    link,
  )
  const links = [...build({ html: html.join(' ') }).querySelectorAll<HTMLElement>('.post-body a')]
  expect(links.map(({ dataset }) => dataset.bare !== undefined)).toEqual([true, true, false, false, false])
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

describe('kept pictures and files', () => {
  const url = 'https://img.example/1.png'
  const row = { threadKey: 'k/1', url, kind: 'picture', position: 0, size: 9, hash: 'ab' } as const

  function buildWith(changes: Partial<Post>, found: Partial<FileAddressRecord>): HTMLElement {
    const rest = { threadKey: 'k/1', id: '9', position: 1, measure: { characters: 2, words: 0 } }
    const record = {
      ...rest,
      readAt: '2026-01-01T00:00:00.000Z',
      source: 'page' as const,
      post: { ...post, ...changes },
    }
    return buildPost(record, document, (asked) => (asked === url ? { ...row, state: 'kept', ...found } : undefined))
  }

  test('a kept picture asks the web for nothing, and has its place', () => {
    const html = `<p><img src="${url}" alt="猫"><img src="${url}" width="20"><img src="https://img.example/2.png"></p>`
    const body = buildWith({ html }, { width: 300, height: 200 }).querySelector('.post-body')!
    const pictures = [...body.querySelectorAll('img')]
    expect(pictures.map((each) => [each.getAttribute('src'), each.dataset.hash, each.alt])).toEqual([
      [null, 'ab', '猫'],
      [null, 'ab', ''],
    ])
    const sizes = pictures.map((each) => [each.getAttribute('width'), each.getAttribute('height')])
    expect(sizes).toEqual([
      ['300', '200'],
      ['20', null],
    ])
    expect(body.querySelectorAll('.picture-button')).toHaveLength(1)
  })

  test('one that could not be had says why, and where it was', () => {
    const html = `<p><img src="${url}" alt="猫"></p>`
    const body = buildWith({ html }, { state: 'missing', reason: 'not-found' }).querySelector('.post-body')!
    expect(body.textContent).toContain('显示图片 · 猫 没有取到：原网站上已经没有了。')
    expect(body.querySelector('a')!.href).toBe(url)
    const button = body.querySelector<HTMLButtonElement>('.picture-button')!
    expect(settlePicture(button, () => ({ ...row, state: 'missing', reason: 'not-found' }))).toBeUndefined()
    const kept = settlePicture(button, () => ({ ...row, state: 'kept' }))!
    expect(body.textContent).toBe('')
    expect(body.contains(kept)).toBe(true)
  })

  test('a button becomes a reason, and the reason goes when it is asked for anew', () => {
    const body = buildWith({ html: `<p><img src="${url}"></p>` }, { state: 'open' }).querySelector('.post-body')!
    const button = () => body.querySelector<HTMLButtonElement>('.picture-button')!
    settlePicture(button(), () => ({ ...row, state: 'missing', reason: 'timeout' }))
    expect(body.querySelector('.picture-reason')).not.toBeNull()
    settlePicture(button(), () => ({ ...row, state: 'open' }))
    expect(body.querySelector('.picture-reason')).toBeNull()
    expect(body.querySelectorAll('.picture-button')).toHaveLength(1)
  })

  test('attachments: a picture is shown, a file offered, a missing one explained', () => {
    const attachment = (kind: 'image' | 'file') => ({ attachments: [{ name: '../a.exe', url, kind }] })
    const list = (kind: 'image' | 'file', found: Partial<FileAddressRecord>) =>
      buildWith(attachment(kind), found).querySelector('.post-attachments')!
    expect(list('image', {}).querySelector<HTMLElement>('img.kept-picture')!.dataset.hash).toBe('ab')
    const button = list('file', { kind: 'file' }).querySelector<HTMLElement>('button.file-button')!
    expect([button.dataset.hash, button.dataset.name]).toEqual(['ab', '../a.exe'])
    const missing = list('file', { kind: 'file', state: 'missing', reason: 'too-large' })
    expect(missing.textContent).toContain('超过了单个文件的上限')
    expect(missing.querySelector('button')).toBeNull()
  })
})

test('a post that is gone says since when', () => {
  const element = build({}, { goneSince: '2026-11-20T04:00:00Z' })
  expect(element.querySelector('.post-gone')!.textContent).toMatch(/2026.*起原站已无此楼/)
})

test('earlier words open under the post, the newest first, and are none of its own', () => {
  const version = { html: '<p>第一稿</p><script>x</script>', text: '第一稿', source: 'page' as const }
  const element = build(
    {},
    {
      versions: [
        { ...version, seenAt: '2026-11-01T04:00:00Z' },
        { html: '<p>第二稿</p>', text: '第二稿', source: 'dump', seenAt: '2026-11-02T04:00:00Z' },
      ],
    },
  )
  const details = element.querySelector<HTMLDetailsElement>('.post-versions')!
  expect(details.textContent).toBe('改动前的 2 版内容')
  details.dispatchEvent(new Event('toggle'))
  const shown = [...details.querySelectorAll('.post-version')]
  expect(shown.map(({ lastElementChild }) => lastElementChild!.textContent)).toEqual(['第二稿', '第一稿'])
  expect(shown[0]!.textContent).toMatch(/^帖子文本里的是（.*2026/)
  expect(details.querySelector('script')).toBeNull()
  details.dispatchEvent(new Event('toggle'))
  expect(details.querySelectorAll('.post-version').length).toBe(2)
  expect(element.querySelectorAll(readerSite.selectors.body).length).toBe(1)
})
