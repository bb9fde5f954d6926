// @vitest-environment happy-dom
import { beforeEach, expect, test, vi } from 'vitest'
import { goToPost } from '../../../aids/go-to-post.ts'
import type { LivePost } from '../../../aids/live-page.ts'

let asked: string[]

beforeEach(() => {
  asked = []
  document.body.innerHTML =
    '<article><div><p>开头</p><p><b>一、</b>为什么 要\n改</p><p>正文提到形式主义</p></div></article>'
  vi.spyOn(Range.prototype, 'getBoundingClientRect').mockImplementation(function (this: Range) {
    asked.push(this.toString())
    return { top: 500 } as DOMRect
  })
})

function go(words?: string) {
  const element = document.querySelector('article')!
  const scrolls = vi.spyOn(window, 'scrollBy').mockImplementation(() => {})
  const controller = new AbortController()
  const before = document.body.innerHTML
  goToPost({ element, body: element.firstElementChild } as unknown as LivePost, controller.signal, words)
  expect(document.activeElement).toBe(element)
  controller.abort()
  expect(document.body.innerHTML).toBe(before)
  return scrolls.mock.calls.length
}

test.each([
  ['形式主义', '正文提到形式主义'],
  ['一、为什么要改', '一、'],
  ['为什么要改', '为什么 要\n改'],
])('goes to %j within the post', (words, text) => {
  expect(go(words)).toBe(1)
  expect(asked).toEqual([text])
})

test.each([[undefined], [''], ['  '], ['没有的话']])('without a place for %j it goes to the post alone', (words) => {
  expect(go(words)).toBe(0)
})
