import fc from 'fast-check'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import type { Attachment } from '../../../core/thread.ts'
import { withFilesEncoded } from '../../../formats/stored-files.ts'
import { formatHtml, htmlPieces } from '../../../formats/html.ts'
import { dangersOf } from '../dom/hostile-html.ts'
import { hostileThread, makePost, makeThread, oddThread } from './hostile-threads.ts'

const PNG = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
)

const parse = (html: string) => new JSDOM(html).window.document

/** The attributes that the file's own markup has besides those of the posts' words. */
const OWN = new Set(['class', 'id', 'tabindex', 'rel', 'loading', 'referrerpolicy'])

/** What is dangerous in the file, its head aside. */
function dangers(document: Document): string[] {
  return [...document.body.querySelectorAll('*')].flatMap((element) => {
    const attributes = [...element.attributes].map(({ name, value }) => [name, value] as const)
    const ofPosts = attributes.filter(
      ([name, value]) => !OWN.has(name) && !value.startsWith('#') && name !== 'aria-label',
    )
    return dangersOf(
      element.localName,
      ofPosts.filter(([name]) => name !== 'style'),
    )
  })
}

test('it has no script and forbids any, and loads nothing but pictures', () => {
  const document = parse(formatHtml(oddThread()))
  expect(document.querySelector('script, link, iframe, object, base, form')).toBeNull()
  expect(document.querySelector('meta[http-equiv="Content-Security-Policy"]')!.getAttribute('content')).toContain(
    "default-src 'none'; style-src 'unsafe-inline'; img-src data: https:",
  )
})

test('odd and hostile markup stays inside its post', () => {
  const thread = oddThread()
  const document = parse(formatHtml(thread))
  expect([...document.querySelectorAll('main > article')].map(({ id }) => id)).toEqual(
    thread.posts.map((_post, index) => `p${index + 1}`),
  )
  expect(document.querySelectorAll('article article, article h1, article h2 ~ h2')).toHaveLength(0)
  expect(dangers(document)).toEqual([])
  expect(document.querySelectorAll('li:not(ul > li, ol > li), a a, summary:not(details > summary)')).toHaveLength(0)
  expect(document.querySelectorAll('img:not([alt])')).toHaveLength(0)
})

test('any thread gives its posts, and nothing dangerous', () => {
  fc.assert(
    fc.property(hostileThread, (thread) => {
      const document = parse(formatHtml(thread))
      expect(document.querySelectorAll('main > article')).toHaveLength(thread.posts.length)
      expect(dangers(document)).toEqual([])
      const ids = [...document.querySelectorAll('[id]')].map(({ id }) => id)
      expect(new Set(ids).size).toBe(ids.length)
      for (const link of document.querySelectorAll('a[href^="#"]'))
        expect(ids).toContain(link.getAttribute('href')!.slice(1))
    }),
    { numRuns: 150 },
  )
})

test('a quote leads to the quoted post, and that one to its replies', () => {
  const quotes = [
    { username: 'starter', excerpt: '这是第 1 楼的话' },
    { username: 'reader2', excerpt: '', postId: '1002' },
    { username: 'nobody', excerpt: '没有这样的话' },
  ]
  const document = parse(
    formatHtml(makeThread([makePost(1), makePost(2), makePost(3, { quotes }), makePost(4, { quotes })])),
  )
  const hrefs = (selector: string) => [...document.querySelectorAll(selector)].map((link) => link.getAttribute('href'))
  expect(hrefs('#p3 .cite a')).toEqual(['#p1', '#p2'])
  expect(hrefs('#p1 .replies a')).toEqual(['#p3', '#p4'])
  expect(document.querySelector('#p1 .replies')!.textContent).toBe('2 条回复 3 楼 4 楼')
})

test('quotes lead nowhere when the quoted post is left out', () => {
  const posts = [makePost(1), makePost(2), makePost(4, { quotes: [{ username: 'x', excerpt: '', postId: '1002' }] })]
  const document = parse(formatHtml(makeThread(posts), { starterOnly: true }))
  expect([...document.querySelectorAll('article')].map(({ id }) => id)).toEqual(['p1', 'p3'])
  expect(document.querySelectorAll('.cite a, .replies')).toHaveLength(0)
})

test('a long post folds after its first paragraphs, the first post does not', () => {
  const html = `<p>${'长'.repeat(300)}</p>`.repeat(10)
  const document = parse(formatHtml(makeThread([makePost(1, { html }), makePost(2, { html })])))
  expect(document.querySelector('#p1 details')).toBeNull()
  const [shown, rest] = ['#p2 .body > p', '#p2 .rest > p'].map((selector) => document.querySelectorAll(selector).length)
  expect([shown, rest]).toEqual([2, 8])
  expect(document.querySelector('#p2 summary')!.textContent).toBe('展开其余 2400 字')
})

test('a thread of more than a page has an outline with the posts of its starter', () => {
  const document = parse(formatHtml(makeThread(Array.from({ length: 45 }, (_, index) => makePost(index + 1)))))
  const pages = [...document.querySelectorAll('.outline > details > ol > li > a')].map(({ textContent }) => textContent)
  expect(pages).toEqual(['1 楼 至 20 楼', '21 楼 至 40 楼', '41 楼 至 45 楼'])
  expect(document.querySelectorAll('.outline ol ol li')).toHaveLength(15)
})

test('pictures: on the web, inside the file, or none', () => {
  const html =
    '<p><img src="https://a.example/1.png" alt="一"><img src="http://a.example/2.png" alt="二"><a href="https://b.example/"><img src="https://a.example/3.png"></a></p>'
  const sources = (options: Parameters<typeof formatHtml>[1]) =>
    [...parse(formatHtml(makeThread([makePost(1, { html })]), options)).querySelectorAll('img')].map(
      (image) => image.src,
    )
  expect(sources({})).toEqual(['https://a.example/1.png', 'https://a.example/3.png'])
  expect(sources({ pictures: 'omit' })).toEqual([])
})

test('pictures and files at hand are inside, the others are links', async () => {
  const html =
    '<p><img src="http://a.example/2.png"><img src="http://a.example/2.png"><a href="https://b.example/"><img src="https://a.example/3.png"></a><img src="https://a.example/4.png" alt="一"></p>'
  const attachments: Attachment[] = [
    { name: '图.png', url: 'http://a.example/2.png', kind: 'image' },
    { name: '../表.xls', url: 'https://a.example/5.xls', kind: 'file' },
  ]
  const large = new Blob([new Uint8Array(500_001).fill(7)])
  const files = new Map([
    ['http://a.example/2.png', { type: 'image/png', bytes: new Blob([PNG]) }],
    ['https://a.example/4.png', { type: 'text/html', bytes: new Blob(['<script>alert(1)</script>']) }],
    ['https://a.example/5.xls', { type: 'text/html', bytes: large }],
  ])
  const thread = makeThread([makePost(1, { html, attachments })])
  const pieces = await Array.fromAsync(withFilesEncoded(htmlPieces(thread, { pictures: files })))
  const document = parse(pieces.join(''))
  const picture = `data:image/png;base64,${btoa(String.fromCharCode(...PNG))}`
  expect([...document.querySelectorAll('img')].map((image) => image.src)).toEqual([picture, picture])
  expect([...document.querySelectorAll('.body a')].map((link) => link.textContent)).toEqual(['[图片]', '[图片 一]'])
  const download = document.querySelector<HTMLAnchorElement>('a[download]')!
  expect(download.download).toBe('表.xls')
  const [head, base64] = download.href.split(',')
  expect(head).toBe('data:application/octet-stream;base64')
  expect(Buffer.from(base64!, 'base64').equals(Buffer.from(await large.arrayBuffer()))).toBe(true)
})

test('the language is that of the words', () => {
  const english = makePost(1, { text: 'A long post in English, with a word or two.' })
  expect(parse(formatHtml(makeThread([english]))).documentElement.lang).toBe('en')
  expect(parse(formatHtml(makeThread([makePost(1)]))).documentElement.lang).toBe('zh-CN')
})

test('a picture that the body shows and that is attached too is in the file once', () => {
  const url = 'https://a.example/1.png'
  const pictures = new Map([[url, { type: 'image/png', bytes: new Blob(['bytes']) }]])
  const attachments: Attachment[] = [{ name: '图.png', url, kind: 'image' }]
  const write = (html: string) => [...htmlPieces(makeThread([makePost(1, { html, attachments })]), { pictures })]
  const blobs = (html: string) => write(html).filter((piece) => typeof piece !== 'string').length
  expect(blobs(`<p><img src="${url}"></p>`)).toBe(1)
  expect(blobs('<p>没有图</p>')).toBe(1)
  expect(write(`<p><img src="${url}"></p>`).join('')).toContain(
    `<li><a href="${url}" rel="noopener noreferrer">图.png</a></li>`,
  )
})
