import type { Element, Nodes } from 'hast'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseFragment } from '../../../../dom/parse-html.ts'
import { sanitizeHtml } from '../../../../dom/sanitize-html.ts'
import { bodyHtml } from '../../../../formats/dump/body-html.ts'
import { hostileText } from './dump-samples.ts'

const BASE = 'https://bbs.pku.edu.cn/v2/'

function elementsOf(html: string): Pick<Element, 'tagName' | 'properties'>[] {
  const found: Pick<Element, 'tagName' | 'properties'>[] = []
  const waiting: Nodes[] = [parseFragment(html)]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element') found.push({ tagName: node.tagName, properties: node.properties })
    if ('children' in node) waiting.push(...node.children)
  }
  return found
}

describe('a body as HTML', () => {
  test.each([
    ['', ''],
    ['a', '<p>a</p>'],
    ['\n\n　　a  b \n\nc', '<p><br></p><p><br></p><p>　　a  b </p><p><br></p><p>c</p>'],
    ['<b onclick="x">&amp;</b>', '<p>&lt;b onclick=&quot;x&quot;&gt;&amp;amp;&lt;/b&gt;</p>'],
    ['<p></p>', '<p>&lt;p&gt;&lt;/p&gt;</p>'],
    ['[a](http://x.org/)', '<p><a href="http://x.org/">a</a></p>'],
    ['see [a](http://x.org/b_(c)_(d(e))), ok', '<p>see <a href="http://x.org/b_(c)_(d(e))">a</a>, ok</p>'],
    ['([a](http://x.org/))', '<p>(<a href="http://x.org/">a</a>)</p>'],
    [':( [ [a](b?c=1&d="2")', `<p>:( [ <a href="${BASE}b?c=1&amp;d=%222%22">a</a></p>`],
    ['[[a] b](c)', `<p><a href="${BASE}c">[a] b</a></p>`],
    ['[a\nb](c)', '<p>[a</p><p>b](c)</p>'],
    ['[](http://x.org/)', '<p><a href="http://x.org/">http://x.org/</a></p>'],
    ['![a"b](http://x.org/i.png)', '<p><img src="http://x.org/i.png" alt="a&quot;b"></p>'],
    ['[![a](i.png)](b) ![]()', `<p><a href="${BASE}b"><img src="${BASE}i.png" alt="a"></a> ![]()</p>`],
    ['[x [a](b) y](c)', `<p><a href="${BASE}c">x [a](b) y</a></p>`],
    ['[a](javascript:alert(1)) [b](data:text/html,x)', '<p>[a](javascript:alert(1)) [b](data:text/html,x)</p>'],
    ['![a](javascript:x) [b](java\tscript:x)', '<p>![a](javascript:x) [b](java\tscript:x)</p>'],
    ['[a](http://) [b](b c) [c](http://x', '<p>[a](http://) [b](b c) [c](http://x</p>'],
    ['[x [a](b)](javascript:y)', `<p>[x <a href="${BASE}b">a</a>](javascript:y)</p>`],
    ['\\[a](b) a[i](x)', `<p>\\<a href="${BASE}b">a</a> a<a href="${BASE}x">i</a></p>`],
  ])('%j', (body, html) => {
    expect(bodyHtml(body)).toBe(html)
  })

  test('is clean: the sanitiser takes no element or attribute away', () => {
    fc.assert(
      fc.property(hostileText, (body) => {
        const html = bodyHtml(body)
        const elements = elementsOf(html)
        expect(elementsOf(sanitizeHtml(html))).toEqual(elements)
        for (const { tagName } of elements) expect(['p', 'br', 'a', 'img']).toContain(tagName)
      }),
    )
  })

  test('hostile nesting is read in linear time and depth', () => {
    for (const piece of ['[', '](', '[](', '[a](', '![', '(', '[a](b', '[]()', '[[](x)']) {
      const line = piece.repeat(100_000)
      expect(bodyHtml(line + ')'.repeat(1000)).length).toBeGreaterThan(line.length)
    }
    const nested = `${'['.repeat(50_000)}${'](x)'.repeat(50_000)}`
    expect(bodyHtml(nested)).toContain(`href="${BASE}x"`)
    expect(bodyHtml(`${'[a]('.repeat(50_000)}${')'.repeat(50_000)}`)).toContain('[a](')
  })
})
