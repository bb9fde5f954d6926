// @vitest-environment happy-dom
import { beforeEach, expect, test } from 'vitest'
import { provideMuted } from '../../../aids/muted-posts.ts'
import { NOBODY_MUTED, parseMuted, type Muted } from '../../../core/muted.ts'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const HOST = 'forum.example'
const quote = (by: string, words: string) =>
  `<div class="quote" data-by="${by}"><b class="quote-head">${by}:</b><p>${words}</p></div>`
const POSTS = [
  { id: '1', author: 'ann', isStarter: true, body: '<p>first</p>' },
  { id: '2', author: 'bob', body: `${quote('ann', 'first')}<p>the road</p>` },
  { id: '3', author: 'cid', body: `${quote('bob', 'the road')}<p>third</p>` },
]

let muted: Muted
let tell: ((now: Muted) => void) | undefined

const change = (to: Muted) => tell?.((muted = to))
const muteAuthor = (name: string) => change(parseMuted({ ...muted, authors: [...muted.authors, { host: HOST, name }] }))
const shown = () =>
  [...document.querySelectorAll<HTMLElement>('.post')].filter((post) => !post.hidden).map((post) => post.dataset.id)
const lines = () => [...document.querySelectorAll<HTMLElement>('.loulan-mute-line')]
const button = (line: number, at: number) => lines()[line]!.querySelectorAll('button')[at]!

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(document, POSTS)
  muted = NOBODY_MUTED
  provideMuted({
    watch: (listener, signal) => {
      tell = listener
      signal.addEventListener('abort', () => (tell = undefined))
      listener(muted)
    },
    change: (how) => Promise.resolve(change(parseMuted(how(muted)))),
  })
})

test('posts of a muted author and quotes of them are hidden, with the reason', () => {
  runAid('mute')
  expect(lines()).toEqual([])
  muteAuthor('Ann')
  expect(shown()).toEqual(['2', '3'])
  expect(lines().map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('ann 的 1楼'),
    expect.stringContaining('ann 的 引文'),
  ])
  expect(document.querySelector<HTMLElement>('[data-id="2"] .quote')!.hidden).toBe(true)
  expect(document.querySelector<HTMLElement>('[data-id="3"] .quote')!.hidden).toBe(false)
})

test('one tap shows a post, another hides it, a third undoes the muting', async () => {
  muted = parseMuted({ authors: [{ host: HOST, name: 'cid' }] })
  const { before, stop } = runAid('mute')
  expect(shown()).toEqual(['1', '2'])
  button(0, 0).focus()
  button(0, 0).click()
  expect(shown()).toEqual(['1', '2', '3'])
  expect(button(0, 0).getAttribute('aria-expanded')).toBe('true')
  button(0, 0).click()
  expect(shown()).toEqual(['1', '2'])
  button(0, 1).focus()
  button(0, 1).click()
  await Promise.resolve()
  expect(muted).toEqual(NOBODY_MUTED)
  expect(lines()).toEqual([])
  expect(shown()).toEqual(['1', '2', '3'])
  expect((document.activeElement as HTMLElement).dataset.id).toBe('3')
  ;(document.activeElement as HTMLElement).blur()
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('a muted word hides posts and quotes that have it, and is named', () => {
  muted = parseMuted({ words: ['Road'] })
  runAid('mute')
  expect(shown()).toEqual(['1', '3'])
  expect(lines().map(({ textContent }) => textContent)).toEqual([
    expect.stringContaining('“Road”'),
    expect.stringContaining('“Road”'),
  ])
})

test('a name of another host is nobody here', () => {
  muted = parseMuted({ authors: [{ host: 'other.example', name: 'ann' }] })
  runAid('mute')
  expect(lines()).toEqual([])
})

test('posts that come later are hidden too; a found word shows a post', () => {
  muted = parseMuted({ authors: [{ host: HOST, name: 'dan' }] })
  const { runner } = runAid('mute')
  const late = document.querySelector('[data-id="1"]')!.cloneNode(true) as HTMLElement
  late.dataset.id = '4'
  late.querySelector('.author')!.textContent = 'dan'
  document.querySelector('#content')!.append(late)
  runner.refresh()
  expect(shown()).toEqual(['1', '2', '3'])
  late.dispatchEvent(new Event('beforematch', { bubbles: true }))
  expect(shown()).toEqual(['1', '2', '3', '4'])
  expect(button(0, 0).getAttribute('aria-expanded')).toBe('true')
})

test('the page is what it was when the aid goes, also with another aid that hides the same', () => {
  muted = parseMuted({ authors: [{ host: HOST, name: 'ann' }], words: ['third'] })
  const { before, stop } = runAid('mute')
  const other = runAid('only-author')
  const choice = document.querySelector<HTMLSelectElement>('.loulan-only-author-control')!
  choice.value = 'cid'
  choice.dispatchEvent(new Event('change'))
  other.stop()
  expect(shown()).toEqual(['2'])
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('what the page can read of it names nobody who is not on it', () => {
  muted = parseMuted({
    authors: [
      { host: HOST, name: 'ann' },
      { host: HOST, name: 'somebody-else' },
    ],
  })
  runAid('mute')
  expect(document.documentElement.outerHTML).not.toContain('somebody-else')
})
