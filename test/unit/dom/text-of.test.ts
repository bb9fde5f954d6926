import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { textOf } from '../../../dom/text-of.ts'

describe('textOf', () => {
  it.each([
    ['<p>a</p><p>b</p>', 'a\nb'],
    ['<p>a</p>\n  <p>b</p>\n', 'a\nb'],
    ['<p>a</p><p></p><p>b</p>', 'a\n\nb'],
    ['<p>a</p><p>&nbsp;</p><p>b</p>', 'a\n\nb'],
    ['<p>a</p><p><br></p><p>b</p>', 'a\n\nb'],
    ['<p></p><p>&nbsp;</p><p>a</p><p></p>', 'a'],
    ['a<br>b<br/>c', 'a\nb\nc'],
    ['a<br><br>b', 'a\n\nb'],
    ['<p>a<br></p><p>b</p>', 'a\nb'],
    ['<div>a<div>b</div>c</div>', 'a\nb\nc'],
    ['<p>&nbsp;&nbsp;if&nbsp;(x)&nbsp;</p>', '  if (x)'],
    ['<p>　　两格　</p>', '　　两格'],
    ['a \n\t b', 'a b'],
    ['<b>a</b> <i> b</i>', 'a b'],
    ['<pre>a\n  b\r\n\n c</pre>d', 'a\n  b\n\n c\nd'],
    ['<ul><li>a<li>b</ul>', 'a\nb'],
    ['<table><tr><th>a<th>b<tr><td>c<td>d</table>', 'a\tb\nc\td'],
    ['<img alt="picture">a<script>b</script><style>c</style><!-- d --><title>e</title>', 'a'],
    ['<details><summary>s</summary>x</details>', 's\nx'],
    ['&lt;b&gt; &amp;amp;', '<b> &amp;'],
    ['', ''],
    ['<p>&nbsp;</p>', ''],
  ])('%j reads %j', (html, text) => {
    expect(textOf(html)).toBe(text)
  })

  it('has no white space at line ends and no empty lines around, whatever the markup', () => {
    const pieces = fc.constantFrom(
      '<p>',
      '</p>',
      '<br>',
      ' ',
      '\n',
      '&nbsp;',
      'a',
      '<pre>',
      '</pre>',
      '<td>',
      '<table>',
    )
    fc.assert(
      fc.property(fc.array(pieces), (parts) => {
        const text = textOf(parts.join(''))
        expect(text).toBe(text.trim() === '' ? '' : text.replace(/^\n+/, ''))
        for (const line of text.split('\n')) expect(line).toBe(line.trimEnd())
      }),
    )
  })

  it('reads deep nesting and one endless line', () => {
    expect(textOf('<div>'.repeat(100_000) + 'x')).toBe('x')
    expect(textOf('<i>a</i> '.repeat(50_000))).toBe('a '.repeat(50_000).trimEnd())
  })
})
