// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import type { JoinedPage } from '../../../aids/define-aid.ts'
import { importRows, rowDepth, rowOf } from '../../../aids/joined-rows.ts'
import type { LivePage, LivePost } from '../../../aids/live-page.ts'
import { undoMarks } from '../../../dom/page-marks.ts'
import { sampleSite, writePage } from './sample-page.ts'

const page = { document, site: sampleSite } as LivePage
const URL_OF_PAGE = new URL('2', document.baseURI).href

function fetched(html: string, parts: Partial<JoinedPage> = {}): JoinedPage {
  const inert = new DOMParser().parseFromString(html, 'text/html')
  return {
    key: 'k',
    page: 2,
    next: undefined,
    problem: undefined,
    url: URL_OF_PAGE,
    hasPolicy: false,
    ...parts,
    document: inert,
  }
}

function bring(joined: JoinedPage, depth = 0, known = new Set<string>()): string {
  return importRows(joined, { page, aid: 'join-pages', depth, known })
    .map(({ row }) => row.outerHTML)
    .join('')
}

const post = (id: string, inside: string) => `<div class="post" data-id="${id}"><div class="body">${inside}</div></div>`

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(document, [{ id: '1', body: 'x' }])
})

test.each([
  ['<script>alert(1)</script>a', 'a'],
  ['<style>* { display: none }</style><base href="//evil.example/"><meta http-equiv="refresh"><link rel="x">a', 'a'],
  ['<iframe srcdoc="<script>1</script>"></iframe><object></object><embed>a', 'a'],
  ['<img src="/x.png" onerror="alert(1)" ONLOAD="alert(2)">', '<img src="/x.png">'],
  ['<svg onload="alert(1)"></svg>', '<svg></svg>'],
  ['<b onmouseover="alert(1)" onclick="reply(7)">a</b>', '<b onclick="reply(7)">a</b>'],
])('of %j comes over what is harmless', (inside, expected) => {
  expect(bring(fetched(post('2', inside)))).toContain(`<div class="body">${expected}</div>`)
})

test('where the site has a policy, no click names what is called either', () => {
  expect(bring(fetched(post('2', '<b onclick="x()">a</b>'), { hasPolicy: true }))).toContain('<b>a</b>')
})

test('a post comes once, and one without words or id does not', () => {
  const known = new Set(['1'])
  const html = [
    post('1', 'a'),
    post('2', 'b'),
    post('2', 'c'),
    '<div class="post" data-id="3"></div>',
    post('', 'd'),
  ].join('')
  const rows = bring(fetched(html), 0, known)
  expect(rows.match(/data-id="(\d*)"/g)).toEqual(['data-id="2"'])
  expect(known).toEqual(new Set(['1', '2']))
})

test('pictures that a script would show are shown, from the web alone', () => {
  expect(bring(fetched(post('2', '<img src="none.gif" data-src="/a.png">')))).toContain('src="/a.png"')
  expect(bring(fetched(post('3', '<img src="none.gif" data-src="javascript:alert(1)">')))).toContain(' src="none.gif"')
})

test('each post comes with its row, and goes when the aid does', () => {
  const list = (ids: string[]) =>
    `<ul id="content">${ids.map((id) => `<li><span>#${id}</span>${post(id, id)}</li>`).join('')}</ul>`
  document.body.innerHTML = list(['1', '2'])
  const before = document.body.innerHTML
  const [first, second] = [...document.querySelectorAll('.post')].map((element) => ({ element }) as LivePost)
  const depth = rowDepth([first!, second!])
  expect(depth).toBe(1)
  const rows = importRows(fetched(list(['2', '3', '4'])), {
    page,
    aid: 'join-pages',
    depth,
    known: new Set(['1', '2']),
  })
  expect(rows.map(({ row, post: brought }) => [row.localName, (brought as HTMLElement).dataset.id])).toEqual([
    ['li', '3'],
    ['li', '4'],
  ])
  rowOf(second!.element, depth).after(...rows.map(({ row }) => row))
  expect(document.querySelectorAll('#content > li')).toHaveLength(4)
  undoMarks(document, 'join-pages')
  expect(document.body.innerHTML).toBe(before)
})

test('a page that is made otherwise gives its posts alone', () => {
  const rows = bring(fetched(`<section>${post('2', 'a')}${post('3', 'b')}</section>`), 1)
  expect(rows).not.toContain('section')
  expect(rows.match(/class="post"/g)).toHaveLength(2)
})

test('relative addresses keep their meaning where the page stands elsewhere', () => {
  const url = new URL('elsewhere/2', document.baseURI).href
  const rows = bring(fetched(post('2', '<a href="3">a</a><a href="#x">b</a><img src="/y.png">'), { url }))
  expect(rows).toContain(`<a href="${new URL('elsewhere/3', document.baseURI).href}">a</a><a href="#x">b</a>`)
  expect(rows).toContain(`<img src="${new URL('/y.png', document.baseURI).href}">`)
})
