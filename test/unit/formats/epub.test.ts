import fc from 'fast-check'
import { strFromU8, unzipSync } from 'fflate'
import { JSDOM } from 'jsdom'
import { expect, test } from 'vitest'
import { formatEpub } from '../../../formats/epub.ts'
import type { EpubOptions } from '../../../formats/export-options.ts'
import type { Thread } from '../../../core/thread.ts'
import { hostileThread, makePost, makeThread, oddThread } from './hostile-threads.ts'

const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
const PNG = Uint8Array.from(atob(PICTURE), (character) => character.charCodeAt(0))

const { DOMParser } = new JSDOM('').window as unknown as typeof globalThis

async function bytesOf(thread: Thread, options?: EpubOptions): Promise<Uint8Array> {
  return new Uint8Array(Buffer.concat(await Array.fromAsync(formatEpub(thread, options))))
}

/** The files of a book; what is XML must be well-formed. */
async function open(thread: Thread, options?: EpubOptions) {
  const files = unzipSync(await bytesOf(thread, options))
  const documents = new Map<string, Document>()
  for (const [name, bytes] of Object.entries(files)) {
    if (!/\.(xhtml|opf|xml)$/.test(name)) continue
    const document = new DOMParser().parseFromString(strFromU8(bytes), 'application/xml')
    expect(document.querySelector('parsererror')?.textContent).toBeUndefined()
    documents.set(name, document)
  }
  return { names: Object.keys(files), files, documents, package: documents.get('EPUB/package.opf')! }
}

test('odd and hostile markup is well-formed XML', async () => {
  const { documents } = await open(oddThread())
  expect(documents.get('EPUB/posts-001.xhtml')!.querySelectorAll('article')).toHaveLength(50)
})

test('any thread is a book of well-formed XML, in which every link inside leads somewhere', async () => {
  await fc.assert(
    fc.asyncProperty(hostileThread, async (thread) => {
      const { documents, names } = await open(thread)
      expect(names[0]).toBe('mimetype')
      for (const document of documents.values()) {
        for (const link of document.querySelectorAll('a[href]')) {
          const [, file, id] = /^(\w[\w-]*\.xhtml)?(?:#(.*))?$/.exec(link.getAttribute('href')!) ?? []
          if (file) expect(documents.get(`EPUB/${file}`)!.getElementById(id ?? '') ?? id === undefined).toBeTruthy()
        }
      }
    }),
    { numRuns: 50 },
  )
})

test('files of 50 posts, contents by pages of 20 with the posts of the starter', async () => {
  const posts = Array.from({ length: 120 }, (_, index) => makePost(index + 1))
  posts[110]!.quotes = [{ username: 'starter', excerpt: '这是第 1 楼的话。' }]
  const { names, documents, package: book } = await open(makeThread(posts))
  expect(names.filter((name) => name.includes('posts-'))).toHaveLength(3)
  const nav = documents.get('EPUB/nav.xhtml')!
  const pages = [...nav.querySelectorAll('nav > ol > li > a')].map((link) => link.textContent)
  expect(pages.slice(0, 3)).toEqual(['湖边的猫', '1 楼 至 20 楼', '21 楼 至 40 楼'])
  expect(nav.querySelectorAll('ol ol li')).toHaveLength(40)
  const quote = documents.get('EPUB/posts-003.xhtml')!.querySelector('.cite a')!
  expect(quote.getAttribute('href')).toBe('posts-001.xhtml#p1')
  const spine = [...book.querySelectorAll('itemref')].map((item) => item.getAttribute('idref'))
  expect(spine).toEqual(['d0', 'nav', 'd1', 'd2', 'd3'])
})

test('the book says what it is', async () => {
  const { package: book } = await open(makeThread([makePost(1)]), { modified: '2026-05-06T07:08:09.123Z' })
  const metadata = [...book.querySelector('metadata')!.children].map(({ textContent }) => textContent)
  expect(metadata).toEqual([
    'loulan:pku-bbs/bbs.pku.edu.cn/22/1',
    '湖边的猫',
    'zh-CN',
    '湖边的人（starter）',
    'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1',
    '2024-03-01T02:00:00Z',
    '2026-05-06T07:08:09Z',
  ])
})

test('the same thread gives the same bytes', async () => {
  const thread = oddThread()
  expect(await bytesOf(thread, { modified: '2026-01-01T00:00:00Z' })).toEqual(
    await bytesOf(structuredClone(thread), { modified: '2026-01-01T00:00:00Z' }),
  )
})

test('pictures at hand are in the book, once; what is no picture of books, or not at hand, is a link', async () => {
  const html = `<p><img src="https://a.example/1.png" alt="一"><img src="https://a.example/1.png"><img src="https://a.example/2.png"><img src="https://a.example/3.png"><img src="data:image/jpeg;base64,${PICTURE}"></p>`
  const pictures = new Map([
    ['https://a.example/1.png', { type: 'image/png', bytes: new Blob([PNG]) }],
    ['https://a.example/2.png', { type: 'image/svg+xml', bytes: new Blob(['<svg/>']) }],
  ])
  const { files, documents } = await open(makeThread([makePost(1, { html })]), { pictures })
  expect(files['EPUB/images/0001.png']).toEqual(PNG)
  expect(files['EPUB/images/0003.png']).toBeUndefined()
  const body = documents.get('EPUB/posts-001.xhtml')!.querySelector('.body')!
  expect([...body.querySelectorAll('img')].map((image) => image.getAttribute('src'))).toEqual([
    'images/0001.png',
    'images/0001.png',
    'images/0002.png',
  ])
  expect([...body.querySelectorAll('a')].map((link) => link.getAttribute('href'))).toEqual([
    'https://a.example/2.png',
    'https://a.example/3.png',
  ])
})
