import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Nodes } from 'hast'
import fc from 'fast-check'
import type { DefaultTreeAdapterTypes } from 'parse5'
import { parse, parseFragment as parsePiece } from 'parse5'
import { describe, expect, it } from 'vitest'
import { setAttribute } from '../../../dom/attributes.ts'
import { parseFragment, parseHtml } from '../../../dom/parse-html.ts'

/** A tree of ours in the form that `outlineOf` gives. */
function plain(tree: Nodes): unknown {
  return JSON.parse(JSON.stringify(tree))
}

/** What parse5 by itself makes of a text, in hast's words. */
function outlineOf(node: DefaultTreeAdapterTypes.Node): unknown {
  if (node.nodeName === '#text') return { type: 'text', value: (node as DefaultTreeAdapterTypes.TextNode).value }
  if (node.nodeName === '#comment') {
    return { type: 'comment', value: (node as DefaultTreeAdapterTypes.CommentNode).data }
  }
  if (node.nodeName === '#documentType') return { type: 'doctype' }
  const children = (node as DefaultTreeAdapterTypes.ParentNode).childNodes.map(outlineOf)
  if (!('tagName' in node)) return { type: 'root', children }
  const properties = {}
  for (const { name, value } of node.attrs) setAttribute(properties, name, value)
  const content = 'content' in node ? { content: outlineOf(node.content) } : {}
  return { type: 'element', tagName: node.tagName, properties, children, ...content }
}

const OPTIONS = { scriptingEnabled: false }

function expectSame(html: string): void {
  expect(plain(parseHtml(html))).toEqual(outlineOf(parse(html, OPTIONS)))
  expect(plain(parseFragment(html))).toEqual(outlineOf(parsePiece(html, OPTIONS)))
}

/** Pieces at which the standard's ways part: text where none may stand, raw text, line ends, references, halves of pairs. */
const PIECES = (
  '<p>|</p>|<b>|</b>|<a href="x&amp;y=1" title=\'q\'>|<div class="a  b" data-Ünder_score=1 hidden>|</div>|<table>|<tr>|<td>|' +
  '</table>|<select>|<option>|<frameset>|<frame>|</frameset>|<noframes>|<template>|</template>|<title>|</title>|' +
  '<textarea>|</textarea>|<script>|</script>|<!--|-->|<!-- a-b < c -->|<style>|</style>|<pre>|<svg>|</svg>|<math><mi>|<![CDATA[|]]>|' +
  '<html lang=en>|<body id=b>|<head>|</head>|</body>|</html>|<!doctype html>|<colgroup>|<caption>|<plaintext>|<xmp>|</xmp>|' +
  '&amp;|&quot;|&lt;|&gt;|&quot|<a title="|<i data-x="&quot;a&quot;: &lt;|&nbsp|&#13;|&notit;|&#x1F600;|&|<|</|<!|<?x?>|"|\'|=|/>|>|\r\n|\r|\n|\t|\f| |\0|\u0001|words of text|漢字　かな|😀|' +
  '\ud83d|\ude00|\u00a0|A-Z_9|<custom-element-of-some-length attribute-of-some-length=1>|--|!'
).split('|')

describe('FastTokenizer', () => {
  it('gives the tree that parse5 gives by itself, of any text', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }), (pieces) => expectSame(pieces.join(''))),
      { numRuns: 2000 },
    )
  })

  it.each([
    '<frameset> a b <frame></frameset> c d ',
    '<head><template><img></template></head><frameset>a b</frameset>',
    '<table> a b <tr> c d <td> e f </table>',
    '<script>a < b && "\r\n" <!-- c d --></script> e',
    '<p title="a\r\nb 😀 c&lt;d">x y\0z</p>',
    '<p data-x="{&quot;a&quot;:&quot;1 &amp;amp; 2&quot;,&#39;b&#39;&ampx&amp=1&amp;;&quot" id=b>',
    '<p title="&quot;\0&quot;😀&quot;\r\n&lt;',
    '<p title="&quot;&gt;"id="a">&quot;</p>',
  ])('reads %j as parse5 does', expectSame)

  it.each(['pku-bbs/votes', 'discourse/live-page'])('reads a whole page as parse5 does: %s', (name) => {
    expectSame(readFileSync(join(import.meta.dirname, '../../../seeds', name, 'page.html'), 'utf8'))
  })
})
