// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const quote = (by: string, words: string, of = '') =>
  `<div class="quote" data-by="${by}"${of && ` data-of="${of}"`}><b class="quote-head">${by}:</b><p>${words}</p></div>`

const sources = () => [...document.querySelectorAll<HTMLElement>('.loulan-quotes-source')]
const answers = () => [
  ...document.querySelectorAll<HTMLElement>('.loulan-quotes-answers, .loulan-quotes-answers-at-floor'),
]
const preview = () => document.querySelector<HTMLElement>('.loulan-quotes-preview')
const postOf = (element: Element) => element.closest<HTMLElement>('.post')?.dataset.id

/** There is no layout in this document: every element is told to stand at its corner, at once. */
class AtTheCorner {
  readonly #tell: IntersectionObserverCallback
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell
  }
  observe(target: Element): void {
    const entry = { target, isIntersecting: true, boundingClientRect: new DOMRect() }
    this.#tell([entry as unknown as IntersectionObserverEntry], this as unknown as IntersectionObserver)
  }
  unobserve(): void {}
  disconnect(): void {}
}

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', AtTheCorner)
  document.documentElement.innerHTML = '<head></head><body></body>'
})

test('a quote without an id is matched by author and words, and said to be a guess', () => {
  writePage(document, [
    { id: '1', author: 'ann', body: '<p>the road and the bridge</p>' },
    { id: '2', author: 'bob', body: `${quote('ann', 'the road')}<p>no</p>` },
    { id: '3', author: 'cid', body: `${quote('ann', 'something else')}<p>yes</p>` },
  ])
  runAid('quotes')
  expect(sources().map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('猜的'),
    expect.stringContaining('不在本页'),
  ])
  expect(answers().map((button) => [postOf(button), button.textContent])).toEqual([['1', '1 条回复']])
})

test('by its id it is no guess, also when the post comes later', () => {
  writePage(document, [
    { id: '1', author: 'ann', body: `<p>road</p>${quote('bob', 'bridge', '2')}` },
    { id: '2', author: 'bob', body: `${quote('ann', 'another thing', '1')}<p>bridge</p>` },
  ])
  const { runner } = runAid('quotes')
  expect(sources().map(({ textContent }) => textContent)).toEqual(['↑ 1楼', '↑ 1楼'])
  expect(answers().map(postOf)).toEqual(['1', '2'])
  const late = document.createElement('div')
  late.className = 'post'
  late.dataset.id = '3'
  late.innerHTML = `<b class="author">cid</b><span class="floor">3楼</span><div class="body">${quote('bob', '', '2')}</div>`
  document.querySelector('#content')!.append(late)
  runner.refresh()
  expect(answers().map((button) => [postOf(button), button.textContent])).toEqual([
    ['1', '1 条回复'],
    ['2', '2 条回复'],
  ])
})

test('a list of the answers leads to each, and back', () => {
  writePage(document, [
    { id: '1', author: 'ann', body: '<p>the road</p>' },
    { id: '2', author: 'bob', body: `${quote('ann', 'the road')}<p>&lt;img src=x onerror=alert(1)&gt;</p>` },
  ])
  const { before, stop } = runAid('quotes')
  const [button] = answers()
  button!.click()
  expect(button!.getAttribute('aria-expanded')).toBe('true')
  const entry = document.querySelector<HTMLElement>('.loulan-quotes-list li button')!
  expect(entry.textContent).toContain('bob')
  expect(entry.querySelector('img')).toBeNull()
  expect(document.activeElement).toBe(entry)
  entry.click()
  expect(button!.getAttribute('aria-expanded')).toBe('false')
  expect((document.activeElement as HTMLElement).dataset.id).toBe('2')
  const back = document.querySelector<HTMLElement>('.loulan-quotes-control')!
  expect(back.hidden).toBe(false)
  back.click()
  expect(back.hidden).toBe(true)
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('a click on a quote whose post is not there says so', () => {
  writePage(document, [{ id: '2', author: 'bob', body: `${quote('ann', 'the road', '1')}<p>no</p>` }])
  runAid('quotes')
  sources()[0]!.click()
  expect(preview()?.hidden).toBe(false)
  expect(preview()?.textContent).toContain('不在这一页')
  document.dispatchEvent(new KeyboardEvent('keydown', { key: 'Escape' }))
  expect(preview()?.hidden).toBe(true)
})

test('long quotes are folded to their first words, short ones stay', () => {
  const words = '字'.repeat(400)
  writePage(document, [
    { id: '1', author: 'ann', body: `<p>${words}</p>` },
    { id: '2', author: 'bob', body: `${quote('ann', words)}<p>no</p>` },
    { id: '3', author: 'bob', body: `${quote('ann', '字字字')}<p>no</p>` },
  ])
  const { runner } = runAid('quotes')
  expect(runner.states[0]).toEqual({ id: 'quotes', state: 'on' })
  const folds = [...document.querySelectorAll('.loulan-quotes-fold')]
  expect(folds.map(postOf)).toEqual(['2'])
  const hidden = document.querySelector('[data-id="2"] .quote > p:not(.loulan-quotes-fold)')!
  expect(hidden.getAttribute('hidden')).toBe('until-found')
  const button = folds[0]!.querySelector('button')!
  button.click()
  expect(hidden.hasAttribute('hidden')).toBe(false)
  expect(button.getAttribute('aria-expanded')).toBe('true')
  button.click()
  hidden.dispatchEvent(new Event('beforematch', { bubbles: true }))
  expect(hidden.hasAttribute('hidden')).toBe(false)
})
