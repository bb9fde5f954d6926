import fc from 'fast-check'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseHtml } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { read, site } from '../../../sites/pku-bbs.ts'
import { findSamples } from './samples.ts'

const samples = findSamples().filter((sample) => sample.site === 'pku-bbs')
const THREAD = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528'

function readPage(html: string, url = THREAD) {
  return read(scopeOf(parseHtml(html)), new URL(url))
}

function sampleHtml(name: string): string {
  return samples.find((sample) => sample.case === name)!.html
}

const card = (inside: string, attributes = 'data-bid="1" data-threadid="2" data-postid="3"') =>
  `<div id="post-read"><header><h3>t</h3></header><div class="card-list"><div class="post-card" ${attributes}>${inside}</div></div></div>`
const readCard = (inside: string) => readPage(card(inside))!.thread.posts[0]!

describe('the real thread', () => {
  const lines = readFileSync(join(import.meta.dirname, '../../../seeds/000_01465295b16f78d9.txt'), 'utf8').split('\n')

  it('reads to the same words as its dump', () => {
    const words = lines.slice(
      4,
      lines.findIndex((line) => line.startsWith('#p 22231454')),
    )
    const plain = words.map((line) => line.replace(/^\[(.*)\]\(.*\)$/, '$1')).join('\n')
    const [first, second] = readPage(sampleHtml('thread-first-page'))!.thread.posts
    expect(first!.text).toBe(plain.trim())
    expect(first!.text.match(/\p{Script=Han}/gu)).toHaveLength(6272)
    expect(first!.html.match(/href="https:\/\/bbs\.pku\.edu\.cn\/v2\/jump-to\.php\?url=http%3A%2F%2F/g)).toHaveLength(2)
    expect(second!.text).toBe('太长了，废了半天劲儿才看完。')
    expect(second!.quotes).toEqual([{ username: 'ZOEA', nickname: '蟹', excerpt: '' }])
  })
})

describe('identity', () => {
  it.each([
    THREAD,
    'https://bbs.pku.edu.cn/v2/post-read.php?threadid=17625528&bid=22&page=3',
    'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&page=a&postid=22231454#22231454',
    'https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=22222309',
    'http://bdwm.net/v2/post-read.php?bid=22&threadid=17625528',
    'https://wpn.pku.edu.cn/https-443/77726476706e6973/v2/post-read.php?bid=22&threadid=17625528',
  ])('is one for every address: %s', (url) => {
    const { thread } = readPage(sampleHtml('thread-first-page'), url)!
    expect(thread.key).toBe('pku-bbs/bbs.pku.edu.cn/22/17625528')
    expect(thread.url).toBe(THREAD)
    expect(thread.posts[1]!.url).toBe(`${THREAD}&page=a&postid=22231454#22231454`)
  })

  it('is the posts’ own where the address is already the next thread’s', () => {
    const url = 'https://bbs.pku.edu.cn/v2/post-read.php?bid=23&threadid=1'
    expect(readPage(sampleHtml('thread-first-page'), url)!.thread.key).toBe('pku-bbs/bbs.pku.edu.cn/22/17625528')
  })

  it('takes the address’s ids where the posts hold none', () => {
    const { thread } = readPage(card('', 'data-threadid="<b>" data-postid="3"'))!
    expect(thread.key).toBe('pku-bbs/bbs.pku.edu.cn/22/17625528')
  })

  it.each([
    'https://evil.example/v2/post-read.php?bid=22&threadid=17625528',
    'https://bbs.pku.edu.cn.evil.example/v2/post-read.php?bid=22&threadid=17625528',
    'https://evil.example/https/7772/v2/post-read.php?bid=22&threadid=17625528',
    'https://bbs.pku.edu.cn/v2/thread.php?bid=22',
    'https://bbs.pku.edu.cn/v1/post-read.php?bid=22&threadid=17625528',
    'ftp://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=17625528',
  ])('is not claimed by %s', (url) => {
    expect(readPage(sampleHtml('thread-first-page'), url)).toBeUndefined()
  })
})

describe('linkedPostId', () => {
  it.each([
    [`${THREAD}#22231454`, '22231454'],
    [`${THREAD}#P22231454`, '22231454'],
    [`${THREAD}&page=a&postid=5`, '5'],
    [`${THREAD}&page=a&postid=5#6`, '6'],
    [THREAD, undefined],
    [`${THREAD}&postid=x#top`, undefined],
  ])('%s', (url, expected) => {
    expect(site.linkedPostId!(new URL(url))).toBe(expected)
  })
})

describe('refusals', () => {
  const errorPage = (message: string, user = 'ada') =>
    `<span data-role="login-info-username" data-value="${user}"></span><div id="page-error"><div id="error-body"><p>${message}</p></div></div>`

  it.each([
    ['请先登录', 'ada', 'login-required'],
    ['本版仅限实名用户', 'ada', 'login-required'],
    ['guest 不能阅读', 'ada', 'login-required'],
    ['您没有权限', 'guest', 'login-required'],
    ['您没有权限', 'ada', 'site-error'],
    ['帖子不存在', 'guest', 'site-error'],
    ['', 'guest', 'site-error'],
  ])('%j told to %s is %s', (message, user, code) => {
    const page = readPage(errorPage(message, user))!
    expect(page.problem).toEqual({ code, message })
    expect(page.thread.posts).toEqual([])
    expect(page.thread.key).toBe('pku-bbs/bbs.pku.edu.cn/22/17625528')
  })

  it('are seen by the title alone', () => {
    expect(readPage('<div id="bdwm-title">出错啦 - 北大未名BBS</div>')!.problem?.code).toBe('site-error')
  })

  it('are said of an empty page', () => {
    expect(readPage('')!.problem).toEqual({ code: 'no-posts', message: '' })
  })
})

describe('parts of a post', () => {
  it.each([
    ['1.2MB', 1_258_291],
    ['(356 KB)', 364_544],
    ['12,345 字节', 12_345],
    ['7B', 7],
    ['3 M', 3_145_728],
    ['1GB', 1_073_741_824],
    ['大', undefined],
  ])('a size of %s is %s bytes', (text, size) => {
    const post = readCard(`<div class=attachment><ul><li><a href=x.zip>x</a><span class=size>${text}</span></ul></div>`)
    expect(post.attachments[0]?.size).toBe(size)
  })

  it.each([
    ['发表于2020-04-14 22:27:34', '2020-04-14T22:27:34+08:00'],
    ['发表于 2020-4-1 2:07', '2020-04-01T02:07:00+08:00'],
    ['发表于2020-02-30 00:00:00', undefined],
    ['发表于2020-01-01 24:00:00', undefined],
    ['刚刚', undefined],
  ])('%s was posted at %s', (text, at) => {
    const post = readCard(
      `<div class=operations><div class=right><div class=sl-triangle-container><span class=title><span>${text}</span></span></div></div></div>`,
    )
    expect(post.postedAt).toBe(at)
    expect(post.editedAt).toBeUndefined()
  })

  it('takes the title’s coloured form where the nickname shows nothing', () => {
    const post = readCard(
      '<div class=post-owner><p class=username><a href="user.php?uid=9">u</a></p><p class=nickname title="&lt;b&gt;n&lt;/b&gt;"></p></div>',
    )
    expect(post.author).toEqual({ username: 'u', nickname: 'n', id: '9' })
  })

  it('reads a card that holds nothing', () => {
    expect(readCard('')).toEqual({
      id: '3',
      author: { username: '' },
      html: '',
      text: '',
      quotes: [],
      attachments: [],
      url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=1&threadid=2&page=a&postid=3#3',
    })
  })

  it('keeps lines without a quote’s head as another’s words', () => {
    const post = readCard('<div class=body><p class=blockquote>theirs</p><p>mine</p></div>')
    expect(post.text).toBe('mine')
    expect(post.quotes).toEqual([{ username: '', excerpt: 'theirs' }])
  })
})

describe('hostile pages', () => {
  it('reads 1,000 cards, each inside of the one before', () => {
    const html = Array.from(
      { length: 1000 },
      (_, index) => `<div class="post-card" data-threadid="2" data-postid="${index}"><div class="body"><p>${index}</p>`,
    ).join('')
    const { posts } = readPage(html)!.thread
    expect(posts.length).toBeGreaterThan(100)
    expect(posts[100]!.text).toBe('100')
  })

  it('never throws, and never lets anything unclean through, whatever is cut, doubled or moved', () => {
    const pieces = samples.map(({ html, url }) => ({ url, parts: html.split(/(?=<)/) }))
    const edit = fc.record({
      kind: fc.constantFrom('cut', 'double', 'move'),
      at: fc.nat(),
      length: fc.nat(30),
      to: fc.nat(),
    })
    const mutated = fc
      .tuple(fc.constantFrom(...pieces), fc.array(edit, { minLength: 1, maxLength: 8 }))
      .map(([{ url, parts }, edits]) => {
        const changed = [...parts]
        for (const { kind, at, length, to } of edits) {
          const start = at % (changed.length + 1)
          const taken = kind === 'double' ? changed.slice(start, start + length) : changed.splice(start, length)
          if (kind !== 'cut') changed.splice(to % (changed.length + 1), 0, ...taken)
        }
        return { url, html: changed.join('') }
      })
    fc.assert(
      fc.property(mutated, ({ url, html }) => {
        const page = readPage(html, url)!
        expect(page.page).toBeGreaterThanOrEqual(1)
        expect(page.pageCount).toBeGreaterThanOrEqual(page.page)
        expect(page.thread.posts.length > 0).toBe(page.problem === undefined)
        expect(new Set(page.thread.posts.map((post) => post.id)).size).toBe(page.thread.posts.length)
        for (const post of page.thread.posts) expect(sanitizeHtml(post.html)).toBe(post.html)
      }),
      { numRuns: 300 },
    )
  })
})
