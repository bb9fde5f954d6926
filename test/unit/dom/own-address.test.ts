import { expect, test } from 'vitest'
import { parseHtml } from '../../../dom/parse-html.ts'
import { ownAddressOf } from '../../../dom/sweep-tree.ts'

const SHOWN = new URL('https://forum.example/t/1?page=3')
const own = (html: string) => ownAddressOf(parseHtml(html), SHOWN).href

test.each([
  ['<p>nothing</p>', SHOWN.href],
  ['<div data-loulan="join-pages" data-loulan-address="https://forum.example/t/1"></div>', 'https://forum.example/t/1'],
  // Not of ours, of another origin, no address at all, and words that only look like it.
  ['<div data-loulan-address="https://forum.example/t/1"></div>', SHOWN.href],
  ['<div data-loulan="x" data-loulan-address="https://evil.example/t/1"></div>', SHOWN.href],
  ['<div data-loulan="x" data-loulan-address="javascript:alert(1)"></div>', SHOWN.href],
  ['<p>&lt;div data-loulan="x" data-loulan-address="https://forum.example/t/9"&gt;</p>', SHOWN.href],
])('%s', (html, expected) => {
  expect(own(html)).toBe(expected)
})
