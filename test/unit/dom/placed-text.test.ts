// @vitest-environment happy-dom
import { expect, test } from 'vitest'
import { placedTextOf, rangeIn } from '../../../dom/placed-text.ts'

function place(html: string) {
  const root = document.createElement('div')
  root.innerHTML = html
  document.body.replaceChildren(root)
  return placedTextOf(root, (element) => element.matches('[data-out]'))
}

test('blocks are parted, what is left out is no part of it', () => {
  expect(place('a<b>b</b><p>c</p><p>d<br>e</p><i data-out>f<u>g</u></i>').text).toBe('ab\nc\nd\ne')
})

test.each([
  ['one <b>two</b> three', 'two', 'two'],
  ['one <b>tw</b>o three', 'two', 'two'],
  ['<p>one</p><p>two</p>', 'one\ntwo', 'onetwo'],
  ['<p>one<i data-out>x</i> two</p>', 'one two', 'onex two'],
])('in %j the range of %j holds %j', (html, words, held) => {
  const placed = place(html)
  const start = placed.text.indexOf(words)
  expect(rangeIn(placed, start, start + words.length).toString()).toBe(held)
})
