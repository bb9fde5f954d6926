import type { Element } from 'hast'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { attributeOf, propertyForm } from '../../../dom/attributes.ts'
import { parseFragment } from '../../../dom/parse-html.ts'
import { scopeOf } from '../../../dom/query.ts'
import { sanitizeHtml, sanitizeTree } from '../../../dom/sanitize-html.ts'
import { writeHtml } from '../../../dom/write-html.ts'
import { HOSTILE_HTML, dangersOf } from './hostile-html.ts'

const base = 'https://forum.example/t/1?page=2'
const clean = (html: string) => sanitizeHtml(html, { base })

/** Attributes of an element under their HTML names. */
function attributesOf(element: Element): [string, string][] {
  const names = 'align alt cite class colspan datetime dir height href lang reversed rowspan scope span src start style'
  const known = [...names.split(' '), 'title', 'type', 'value', 'width']
  const htmlNames = new Map(known.map((name) => [propertyForm(name).name, name]))
  return Object.keys(element.properties).map((key) => {
    const name = htmlNames.get(key) ?? key
    return [name, attributeOf(element, name) ?? '']
  })
}

function dangersIn(html: string): string[] {
  const elements = scopeOf(parseFragment(html)).all('*')
  return elements.flatMap((element) => dangersOf(element.tagName, attributesOf(element)))
}

/** Pieces of markup put together at random, closed or not. */
const soup = fc
  .array(
    fc.oneof(
      fc.constantFrom(...HOSTILE_HTML),
      fc.string(),
      fc.constantFrom('<p>', '</p>', '<div>', '</div>', '<b>', '</i>', '<table><td>', '<pre>\n', '</a>', '"', "'", '>'),
    ),
    { maxLength: 12 },
  )
  .map((pieces) => pieces.join(''))

describe('sanitizeHtml', () => {
  it.each(HOSTILE_HTML)('leaves nothing dangerous of %j', (html) => {
    expect(dangersIn(clean(html))).toEqual([])
  })

  it('leaves nothing dangerous of any soup of markup', () => {
    fc.assert(
      fc.property(soup, (html) => {
        expect(dangersIn(clean(html))).toEqual([])
      }),
    )
  })

  it('changes nothing on the second time', () => {
    fc.assert(
      fc.property(soup, (html) => {
        expect(clean(clean(html))).toBe(clean(html))
      }),
    )
  })

  it('writes what parses back to the same tree', () => {
    const treeOf = (html: string) => JSON.stringify(parseFragment(html))
    fc.assert(
      fc.property(soup, (html) => {
        const settled = clean(clean(html))
        expect(treeOf(writeHtml(parseFragment(settled)))).toBe(treeOf(settled))
      }),
    )
  })

  it.each([
    ['<font color="red">a</font>', '<span style="color:red">a</span>'],
    ['<font color="FF0000">a</font>', '<span style="color:#ff0000">a</span>'],
    ['<font face="x" size=7>a</font>', 'a'],
    [
      '<span style="background-color: rgb(255, 0, 10); position:fixed">a</span>',
      '<span style="background-color:#ff000a">a</span>',
    ],
    ['<span style="COLOR:#ABC !important">a</span>', '<span style="color:#abc">a</span>'],
    ['<span style="color:transparent">a</span>', 'a'],
    ['<b>a</b><u>b</u><strike>c</strike>', '<b>a</b><u>b</u><s>c</s>'],
    ['<center>a</center>', '<div align="center">a</div>'],
    ['<details open><summary>s</summary><p>x</p></details>', '<details><summary>s</summary><p>x</p></details>'],
    ['<span class="spoiler big">x</span>', '<span class="spoiler">x</span>'],
    ['<pre class="x language-ts"><code>a &lt; b</code></pre>', '<pre class="language-ts"><code>a &lt; b</code></pre>'],
    ['<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>', '<ruby>漢<rp>(</rp><rt>かん</rt><rp>)</rp></ruby>'],
    ['<ol start=3 reversed><li value=9>a</ol>', '<ol start="3" reversed=""><li value="9">a</li></ol>'],
    ['<p>a&nbsp;b</p>', '<p>a&nbsp;b</p>'],
    ['<form><p>words</p><input></form>', '<p>words</p>'],
    ['<a name=x>anchor</a>', 'anchor'],
    ['<a title="t">anchor</a>', 'anchor'],
    ['<img alt="no source">', ''],
  ])('%j becomes %j', (html, expected) => {
    expect(clean(html)).toBe(expected)
  })

  it('makes addresses absolute, and drops relative ones that have nothing to be read against', () => {
    const html = '<a href="x.php?a=1&amp;b=2#c">l</a><img src="/i.png" width="10px" height="-1">'
    expect(clean(html)).toBe(
      '<a href="https://forum.example/t/x.php?a=1&amp;b=2#c">l</a><img src="https://forum.example/i.png" width="10">',
    )
    expect(sanitizeHtml(html)).toBe('l')
  })

  it('keeps pictures held in their address, of bitmap types only', () => {
    const html = '<img src="DATA:image/JPG;base64, iVBO\nRw0K="><img src="data:image/svg+xml;base64,AAAA">'
    expect(clean(html)).toBe('<img src="data:image/jpeg;base64,iVBORw0K=">')
  })

  it('maps addresses and leaves out what it is told to', () => {
    const tree = sanitizeTree(parseFragment('<p class=q>quote</p><p><a href="https://proxy.example/x">a</a></p>'), {
      mapAddress: (address) => address.replace('proxy.example', 'real.example'),
      isDropped: ({ properties }) => properties.className !== undefined,
    })
    expect(writeHtml(tree)).toBe('<p><a href="https://real.example/x">a</a></p>')
  })

  it('makes words of a link in a link, which a parser leaves where links were closed wrongly', () => {
    const link = (children: Element['children']): Element => ({
      ...{ type: 'element', tagName: 'a', properties: { href: 'https://a.example/' }, children },
    })
    const inner = link([{ type: 'text', value: 'inner' }])
    const block: Element = { type: 'element', tagName: 'p', properties: {}, children: [inner] }
    const html = writeHtml(sanitizeTree({ type: 'root', children: [link([block]), inner] }))
    expect(html).toBe('<a href="https://a.example/"><p>inner</p></a><a href="https://a.example/">inner</a>')
    expect(sanitizeHtml(html)).toBe(html)
  })

  it('does not change the tree it is given', () => {
    const tree = parseFragment('<p onclick=x>a<!-- c --><b>b</b></p>')
    const before = JSON.stringify(tree)
    sanitizeTree(tree)
    expect(JSON.stringify(tree)).toBe(before)
  })

  it('cleans a tree that is nested without end', () => {
    const innermost: Element = {
      type: 'element',
      tagName: 'b',
      properties: {},
      children: [{ type: 'text', value: 'x' }],
    }
    let tree = innermost
    for (let depth = 0; depth < 100_000; depth++)
      tree = { type: 'element', tagName: 'div', properties: {}, children: [tree] }
    const html = writeHtml(sanitizeTree(tree))
    expect(html.length).toBeLessThan(20_000)
    expect(html).toContain('x')
  })
})
