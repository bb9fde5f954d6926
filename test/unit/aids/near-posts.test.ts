// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { NearPosts } from '../../../aids/near-posts.ts'
import type { AidContext } from '../../../aids/define-aid.ts'
import type { LivePost } from '../../../aids/live-page.ts'

/** There is no layout in this document: what comes near is told by the test. */
class Told {
  static last: Told
  readonly watched = new Set<Element>()
  readonly #tell: IntersectionObserverCallback
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell
    Told.last = this
  }
  come(...targets: Element[]): void {
    const entries = targets.map((target) => ({ target, isIntersecting: this.watched.has(target) }))
    this.#tell(entries as unknown as IntersectionObserverEntry[], this as unknown as IntersectionObserver)
  }
  observe(target: Element): void {
    this.watched.add(target)
  }
  unobserve(target: Element): void {
    this.watched.delete(target)
  }
  disconnect(): void {
    this.watched.clear()
  }
}

const posts = Array.from({ length: 30 }, () => ({ element: document.createElement('div') }) as unknown as LivePost)
const fail = vi.fn()
const controller = { current: new AbortController() }
let near: NearPosts
let done: string[]

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Told)
  controller.current.abort()
  controller.current = new AbortController()
  done = []
  fail.mockReset()
  near = new NearPosts({ page: { document, posts }, fail } as unknown as AidContext, controller.current.signal)
})

const ask = (index: number, what: string) => near.whenNear(posts[index]!, () => done.push(what))

test('the first posts are near from the start, the others when they come near, in the order asked', () => {
  ask(0, 'first')
  ask(19, 'twentieth')
  ask(20, 'far, one')
  ask(20, 'far, two')
  ask(29, 'last')
  expect(done).toEqual(['first', 'twentieth'])
  Told.last.come(posts[20]!.element)
  expect(done.slice(2)).toEqual(['far, one', 'far, two'])
  Told.last.come(posts[20]!.element)
  expect(done).toHaveLength(4)
})

test('what is asked of a post that has come is done when it comes again', () => {
  ask(25, 'one')
  Told.last.come(posts[25]!.element)
  ask(25, 'two')
  expect(done).toEqual(['one'])
  Told.last.come(posts[25]!.element)
  expect(done).toEqual(['one', 'two'])
})

test('before the page is printed all of them have come', () => {
  ask(22, 'a')
  ask(28, 'b')
  window.dispatchEvent(new Event('beforeprint'))
  expect(done).toEqual(['a', 'b'])
})

test('an error is reported, and the other posts are treated', () => {
  near.whenNear(posts[21]!, () => {
    throw new Error('broken')
  })
  ask(22, 'after')
  Told.last.come(posts[21]!.element, posts[22]!.element)
  expect(fail).toHaveBeenCalledWith(new Error('broken'))
  expect(done).toEqual(['after'])
})

test('nothing comes after the aid has ended', () => {
  ask(23, 'late')
  controller.current.abort()
  Told.last.come(posts[23]!.element)
  window.dispatchEvent(new Event('beforeprint'))
  expect(done).toEqual([])
})
