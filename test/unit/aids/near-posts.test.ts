// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { whenNear } from '../../../aids/near-posts.ts'
import type { AidContext } from '../../../aids/define-aid.ts'
import type { LivePost } from '../../../aids/live-page.ts'

/** There is no layout in this document: what comes near, and where it stands then, is told by the test. */
class Told {
  static last: Told
  readonly watched = new Set<Element>()
  readonly #tell: IntersectionObserverCallback
  constructor(tell: IntersectionObserverCallback) {
    this.#tell = tell
    Told.last = this
  }
  come(top: number, ...targets: Element[]): void {
    const boundingClientRect = new DOMRect(0, top, 800, 300)
    const entries = targets.map((target) => ({ target, isIntersecting: this.watched.has(target), boundingClientRect }))
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

const BELOW = innerHeight + 500
const posts = Array.from(
  { length: 30 },
  (_, place) => ({ place, element: document.createElement('div') }) as unknown as LivePost,
)
const elements = posts.map(({ element }) => element)
const fail = vi.fn()
const visit = { current: new AbortController() }
let context: AidContext
let aid: AbortController
let done: string[]

beforeEach(() => {
  vi.stubGlobal('IntersectionObserver', Told)
  visit.current.abort()
  visit.current = new AbortController()
  aid = new AbortController()
  done = []
  fail.mockReset()
  const page = { document, posts, signal: visit.current.signal }
  context = { page, fail, own: Promise.resolve({}) } as unknown as AidContext
})

const ask = (index: number, what: string) =>
  whenNear(context, posts[index]!, (_post, isOnScreen) => done.push(what + (isOnScreen ? '!' : '')), aid.signal)

test('the first posts are near from the start, the others when they come near, in the order asked', () => {
  ask(0, 'first')
  ask(19, 'twentieth')
  ask(20, 'far, one')
  ask(20, 'far, two')
  ask(29, 'last')
  expect(done).toEqual(['first', 'twentieth'])
  Told.last.come(BELOW, elements[20]!)
  expect(done.slice(2)).toEqual(['far, one', 'far, two'])
  Told.last.come(BELOW, elements[20]!)
  expect(done).toHaveLength(4)
})

test('what stands on the screen when it comes is said to', () => {
  ask(20, 'above')
  ask(21, 'shown')
  ask(22, 'below')
  Told.last.come(-300, elements[20]!)
  Told.last.come(innerHeight - 1, elements[21]!)
  Told.last.come(innerHeight, elements[22]!)
  expect(done).toEqual(['above', 'shown!', 'below'])
})

test('what is asked of a post that has come is done when it comes again', () => {
  ask(25, 'one')
  Told.last.come(BELOW, elements[25]!)
  ask(25, 'two')
  expect(done).toEqual(['one'])
  Told.last.come(BELOW, elements[25]!)
  expect(done).toEqual(['one', 'two'])
})

test('before the page is printed all of them have come', () => {
  ask(22, 'a')
  ask(28, 'b')
  window.dispatchEvent(new Event('beforeprint'))
  expect(done).toEqual(['a', 'b'])
})

test('on a page of our own all are near', () => {
  whenNear({ ...context, own: undefined }, posts[29]!, () => done.push('own'), aid.signal)
  expect(done).toEqual(['own'])
})

test('an error is reported, and what others asked is done', () => {
  const broken = () => {
    throw new Error('broken')
  }
  whenNear(context, posts[21]!, broken, aid.signal)
  ask(21, 'same post')
  ask(22, 'next post')
  Told.last.come(BELOW, elements[21]!, elements[22]!)
  expect(fail).toHaveBeenCalledExactlyOnceWith(new Error('broken'))
  expect(done).toEqual(['same post', 'next post'])
})

test('an aid that has ended does nothing, the others of the page go on', () => {
  ask(23, 'ended')
  whenNear(context, posts[23]!, () => done.push('other'), new AbortController().signal)
  aid.abort()
  Told.last.come(BELOW, elements[23]!)
  expect(done).toEqual(['other'])
})

test('nothing comes after the page was left', () => {
  ask(23, 'late')
  visit.current.abort()
  Told.last.come(BELOW, elements[23]!)
  window.dispatchEvent(new Event('beforeprint'))
  expect(done).toEqual([])
})
