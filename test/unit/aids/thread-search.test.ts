// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import type { LoadPart } from '../../../aids/aid-parts.ts'
import { runCommand } from '../../../aids/commands.ts'
import { importPart } from '../../../aids/import-part.ts'
import { PostSearch } from '../../../aids/search-posts.ts'
import { runAid } from './run-aid.ts'
import { writePage } from './sample-page.ts'

const POSTS = [
  { id: '1', body: '<p>First words</p><p>and Ｗords</p>' },
  { id: '2', body: '<p>nothing</p>' },
  { id: '3', body: 'last word<b>s</b>' },
]
const bar = () => document.querySelector<HTMLElement>('.loulan-thread-search-bar')
const input = () => bar()!.querySelector('input')!
const told = () => bar()!.querySelector('[role="status"]')!.textContent

function type(words: string): void {
  input().value = words
  input().dispatchEvent(new InputEvent('input'))
}

function press(key: string, init: KeyboardEventInit = {}): void {
  input().dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init }))
}

beforeEach(() => {
  document.documentElement.innerHTML = '<head></head><body></body>'
  writePage(document, POSTS)
})

test('counts, steps round and closes; the page is what it was', async () => {
  const { runner, before, stop } = runAid('thread-search')
  expect(runCommand(runner.page, 'search', undefined)).toBe(true)
  type('words')
  await expect.poll(told).toBe('1 / 3')
  press('Enter')
  expect(told()).toBe('2 / 3')
  press('Enter')
  press('Enter')
  expect(told()).toBe('1 / 3')
  press('Enter', { shiftKey: true })
  expect(told()).toBe('3 / 3')
  press('Enter', { isComposing: true })
  expect(told()).toBe('3 / 3')
  type('no such thing')
  await expect.poll(told).toBe('没有找到')
  type('')
  await expect.poll(told).toBe('')
  press('Escape')
  expect(bar()).toBeNull()
  runCommand(runner.page, 'search', undefined)
  stop()
  expect(document.documentElement.outerHTML).toBe(before)
})

test('what an input method is still putting together is not searched for', async () => {
  const { runner } = runAid('thread-search')
  runCommand(runner.page, 'search', undefined)
  input().value = 'words'
  input().dispatchEvent(new InputEvent('input', { isComposing: true }))
  expect(told()).toBe('')
  input().dispatchEvent(new CompositionEvent('compositionend'))
  await expect.poll(told).toBe('1 / 3')
})

test('posts that come later are searched too', async () => {
  const { runner } = runAid('thread-search')
  runCommand(runner.page, 'search', undefined)
  type('words')
  await expect.poll(told).toBe('1 / 3')
  const late = document.querySelector('[data-id="3"]')!.cloneNode(true) as HTMLElement
  late.dataset.id = '4'
  document.querySelector('#content')!.append(late)
  runner.refresh()
  await expect.poll(told).toBe('1 / 4')
})

test('a match is given by its number, and a later search ends an earlier one', async () => {
  const { runner } = runAid('thread-search')
  const search = new PostSearch(runner.page)
  await search.look('WORDS')
  const matches = [0, 1, 2, 3].map((index) => search.at(index))
  expect(matches.map((match) => match && [match.post.id, match.nth])).toEqual([['1', 0], ['1', 1], ['3', 0], undefined])
  expect(search.firstFrom(runner.page.posts[1])).toBe(2)
  expect(search.rangesIn(runner.page.posts[2]!).map(String)).toEqual(['words'])
  search.forget()
  expect(search.total).toBe(0)
})

/** Parts that come when they are let through, or fail. */
function slowly() {
  const asked: PromiseWithResolvers<undefined>[] = []
  const loadPart: LoadPart = async (name) => {
    const way = Promise.withResolvers<undefined>()
    asked.push(way)
    await way.promise
    return importPart(name)
  }
  return { asked, loadPart }
}

test('the bar stands before what searches has come; what was typed by then is looked for', async () => {
  const { asked, loadPart } = slowly()
  const { runner } = runAid('thread-search', {}, loadPart)
  expect(asked).toHaveLength(0)
  runCommand(runner.page, 'search', undefined)
  expect(document.activeElement).toBe(input())
  type('wor')
  press('Enter')
  type('words')
  expect(told()).toBe('')
  for (const way of asked) way.resolve(undefined)
  await expect.poll(told).toBe('1 / 3')
  press('Enter')
  expect(told()).toBe('2 / 3')
  // What has come stays.
  const before = asked.length
  runCommand(runner.page, 'search', undefined)
  expect(asked).toHaveLength(before)
})

test('what comes when the bar is closed, or the aid off, does nothing; the words are kept', async () => {
  const { asked, loadPart } = slowly()
  const { runner, before, stop } = runAid('thread-search', {}, loadPart)
  const standing = document.documentElement.outerHTML
  runCommand(runner.page, 'search', undefined)
  type('words')
  press('Escape')
  asked[0]!.resolve(undefined)
  await importPart('search-panel')
  expect(document.documentElement.outerHTML).toBe(standing)
  runCommand(runner.page, 'search', undefined)
  expect(input().value).toBe('words')
  stop()
  asked[1]!.resolve(undefined)
  await importPart('search-panel')
  expect(document.documentElement.outerHTML).toBe(before)
  expect(runner.states[0]!.state).toBe('off')
})

test('where it does not come, that is said, and Enter tries again', async () => {
  const warned = vi.spyOn(console, 'warn').mockReturnValue(undefined)
  const { asked, loadPart } = slowly()
  const { runner } = runAid('thread-search', {}, loadPart)
  runCommand(runner.page, 'search', undefined)
  type('words')
  asked[0]!.reject(new Error('Extension context invalidated.'))
  await expect.poll(told).toBe('没有加载成功，回车再试')
  expect(warned).toHaveBeenCalledOnce()
  expect(input().value).toBe('words')
  press('Enter')
  expect(told()).toBe('')
  asked[1]!.resolve(undefined)
  await expect.poll(told).toBe('1 / 3')
  expect(runner.states[0]!.state).toBe('on')
})
