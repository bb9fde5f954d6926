// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { PostFeed } from '../../../aids/live-page.ts'
import { sampleSite, writePage } from './sample-page.ts'

const POSTS = 30

beforeEach(() => {
  const posts = Array.from({ length: POSTS }, (_, index) => ({ id: String(index + 1), body: '<p>words</p>' }))
  writePage(document, posts)
})

function spend(milliseconds: number): void {
  const end = performance.now() + milliseconds
  while (performance.now() < end);
}

/** A page that takes longer to be looked through than a slice lasts, as a long one does on a slow machine. */
function slowRoot(): { root: ParentNode; looks: () => number } {
  const looked = vi.fn()
  const root = {
    querySelectorAll: (selector: string) => {
      looked()
      spend(30)
      return document.querySelectorAll(selector)
    },
    querySelector: (selector: string) => document.querySelector(selector),
  } as unknown as ParentNode
  return { root, looks: () => looked.mock.calls.length }
}

function followed(feed: PostFeed, work: () => void = () => {}): string[] {
  const ids: string[] = []
  const onPost = ({ id }: { id: string }) => {
    ids.push(id)
    work()
  }
  feed.follow({ onPost, onError: (error) => expect.fail(String(error)) }, new AbortController().signal)
  return ids
}

const all = Array.from({ length: POSTS }, (_, index) => String(index + 1))

test('every post is handed out, once and in order, however long it takes to look through the page', async () => {
  const { root, looks } = slowRoot()
  const feed = new PostFeed(
    root,
    sampleSite,
    new URL('https://forum.example/t/1'),
    document,
    new AbortController().signal,
  )
  const [first, second] = [followed(feed), followed(feed, () => spend(3))]
  feed.refresh()
  await expect.poll(() => feed.isSettled, { timeout: 10_000 }).toBe(true)
  expect([first, second]).toEqual([all, all])
  expect(looks()).toBe(1)
})

test('work that takes longer than a slice for each post comes to its end', async () => {
  const feed = new PostFeed(
    document,
    sampleSite,
    new URL('https://forum.example/t/1'),
    document,
    new AbortController().signal,
  )
  const ids = followed(feed, () => spend(30))
  feed.refresh()
  expect(ids.length).toBeGreaterThanOrEqual(10)
  expect(ids.length).toBeLessThan(POSTS)
  await expect.poll(() => feed.isSettled, { timeout: 10_000 }).toBe(true)
  expect(ids).toEqual(all)
})

test('posts that arrive while others wait come in their place', async () => {
  const feed = new PostFeed(
    document,
    sampleSite,
    new URL('https://forum.example/t/1'),
    document,
    new AbortController().signal,
  )
  const ids = followed(feed, () => spend(5))
  feed.refresh()
  const late = document.querySelector('.post')!.cloneNode(true) as HTMLElement
  late.setAttribute('data-id', 'late')
  document.querySelector('#content')!.append(late)
  feed.refresh()
  await expect.poll(() => feed.isSettled, { timeout: 10_000 }).toBe(true)
  expect(ids).toEqual([...all, 'late'])
})

test('lengths that were counted elsewhere are taken, by whatever id a page gives its posts', () => {
  writePage(document, [
    { id: '1', body: '<p>one</p>' },
    { id: '2', body: '<p>one two</p>' },
    { id: 'constructor', body: '<p>one two three</p>' },
  ])
  const url = new URL('https://forum.example/t/1')
  const feed = new PostFeed(document, sampleSite, url, document, new AbortController().signal)
  feed.refresh()
  const [counted, told, strange] = feed.posts
  expect(counted!.measure).toEqual({ characters: 0, words: 1 })
  feed.learnLengths({ '1': { characters: 9, words: 9 }, '2': { characters: 5, words: 7 } })
  expect(counted!.measure).toEqual({ characters: 0, words: 1 })
  expect(told!.measure).toEqual({ characters: 5, words: 7 })
  expect(strange!.measure).toEqual({ characters: 0, words: 3 })
  feed.learnLengths(undefined)
  expect(told!.measure).toEqual({ characters: 5, words: 7 })
})
