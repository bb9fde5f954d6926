// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const POSTS = [
  { id: '1', author: 'ann', isStarter: true, body: 'first' },
  { id: '2', author: 'bob', body: 'second' },
  { id: '3', author: 'cid', body: 'third' },
  { id: '4', author: 'ann', isStarter: true, body: 'fourth' },
  { id: '5', author: 'bob', body: 'fifth' },
]

const choice = () => document.querySelector<HTMLSelectElement>('.loulan-only-author-control')!
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('.post')]
    .filter((post) => !post.hasAttribute('hidden'))
    .map((post) => post.dataset.id)
const lines = () => [...document.querySelectorAll<HTMLButtonElement>('.loulan-only-author-hidden')]

function choose(value: string): void {
  choice().value = value
  choice().dispatchEvent(new Event('change'))
}

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(document, POSTS)
})

test('lists the starter and everybody on the page, and shows the chosen one alone', () => {
  const { runner } = runAid('only-author')
  expect(runner.states[0]).toEqual({ id: 'only-author', state: 'on' })
  expect([...choice().options].map(({ value }) => value)).toEqual(['', '\n', 'ann', 'bob', 'cid'])
  choose('\n')
  expect(shown()).toEqual(['1', '4'])
  expect(lines()).toHaveLength(2)
  choose('bob')
  expect(shown()).toEqual(['2', '5'])
  choose('')
  expect(shown()).toEqual(['1', '2', '3', '4', '5'])
  expect(lines()).toHaveLength(0)
})

test('a line shows what it hides, and gives the keyboard to the first of it', () => {
  runAid('only-author')
  choose('\n')
  lines()[0]!.focus()
  lines()[0]!.click()
  expect(shown()).toEqual(['1', '2', '3', '4'])
  expect((document.activeElement as HTMLElement).dataset.id).toBe('2')
})

test('a word found by the browser in a hidden post shows it', () => {
  runAid('only-author')
  choose('cid')
  document.querySelector('[data-id="5"]')!.dispatchEvent(new Event('beforematch', { bubbles: true }))
  expect(shown()).toEqual(['3', '4', '5'])
})

test('posts that come later are listed and hidden too', () => {
  const { runner } = runAid('only-author')
  choose('\n')
  const late = document.querySelector('[data-id="5"]')!.cloneNode(true) as HTMLElement
  late.dataset.id = '6'
  late.removeAttribute('hidden')
  late.removeAttribute('data-loulan-only-author')
  late.querySelector('.author')!.textContent = 'dan'
  document.querySelector('#content')!.append(late)
  runner.refresh()
  expect(shown()).toEqual(['1', '4'])
  expect([...choice().options].map(({ value }) => value)).toContain('dan')
})

test('what the site hides stays hidden, and the page is what it was when the aid goes', () => {
  document.querySelector('[data-id="3"]')!.setAttribute('hidden', '')
  const { before, stop } = runAid('only-author')
  choose('bob')
  choose('')
  expect(shown()).toEqual(['1', '2', '4', '5'])
  choose('\n')
  lines()[0]!.click()
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('an author whose name is markup is text', () => {
  writePage(document, [...POSTS, { id: '7', author: '&lt;img src=x onerror=alert(1)&gt;', body: '' }])
  runAid('only-author')
  expect(choice().querySelector('img')).toBeNull()
})
