import { describe, expect, test } from 'vitest'
import { formatDump, parseDump } from '../../../../formats/dump.ts'
import { bodyWithLinks } from '../../../../formats/dump/page-links.ts'
import { HEADER, threadsWith } from './dump-samples.ts'

function written(html: string, text: string): string {
  return bodyWithLinks(threadsWith({ html, text })[0]!.posts[0]!)
}

describe('the links and images of a post from a page', () => {
  test.each([
    ['<p>see <a href="http://x.org/">this page</a>.</p>', 'see this page.', 'see [this page](http://x.org/).'],
    ['<p>a</p><p><a href="http://x.org/">b</a></p>', 'a\n\nb', 'a\n\n[b](http://x.org/)'],
    ['<a href="http://x.org/(">a</a>', 'a', '[a](http://x.org/%28)'],
    ['<a href="http://x.org/(b)">a</a>', 'a', '[a](http://x.org/(b))'],
    ['<a href="http://x.org/">a]</a>', 'a]', 'a][](http://x.org/)'],
    ['<a href="http://x.org/">a<br>b</a>', 'a\nb', 'a\nb[](http://x.org/)'],
    ['<a href="http://x.org/"></a>a', 'a', 'a'],
    ['<p>a</p><img src="http://x.org/i.png" alt="[b\nc]"><p>d</p>', 'a\nd', 'a![b c](http://x.org/i.png)\nd'],
    ['<img src="http://x.org/i.png">', '', '![](http://x.org/i.png)'],
    [
      '<a href="http://x.org/"><img src="http://x.org/i.png" alt="b"></a>',
      '',
      '[![b](http://x.org/i.png)](http://x.org/)',
    ],
    ['<a href="http://x.org/"><img src="http://x.org/i.png"> b</a>', 'b', '[![](http://x.org/i.png)b](http://x.org/)'],
    ['<img src="data:image/png;base64,AA"> a', 'a', 'a'],
    ['<a href="javascript:x">a</a>', 'a', 'a'],
    ['<a name="x">a</a>', 'a', 'a'],
    ['<p>other <a href="http://x.org/">words</a></p>', 'text', 'text'],
    ['<a href="http://x.org/">a</a>&nbsp;&amp;　b', 'a &　b', '[a](http://x.org/) &　b'],
  ])('%j with the text %j', (html, text, expected) => {
    expect(written(html, text)).toBe(expected)
  })

  test('of a post from a dump stay as they are in its text, also when its HTML went through a sanitiser', () => {
    const text = 'see [a](http://x.org/) and ![b](http://x.org/i.png)'
    const [post] = parseDump(`${HEADER}#p 1 a 2020-01-01 00:00:00\n${text}\n\n`).threads[0]!.posts
    expect(bodyWithLinks(post!)).toBe(text)
    expect(bodyWithLinks({ ...post!, html: post!.html.replaceAll('<a ', '<a rel="nofollow" ') })).toBe(text)
  })

  test('read back as links', () => {
    const html = '<p><a href="http://x.org/(a)?b&amp;c">a</a> <img src="http://x.org/i.png" alt="i"></p>'
    const [thread] = parseDump(formatDump(threadsWith({ html, text: 'a' }))).threads
    expect(thread!.posts[0]!.html).toBe(
      '<p><a href="http://x.org/(a)?b&amp;c">a</a><img src="http://x.org/i.png" alt="i"></p>',
    )
  })

  test('hostile HTML is written in linear time and depth', () => {
    const deep = `${'<b><a href="http://x.org/">'.repeat(20_000)}x`
    const many = '<a href="http://x.org/"> '.repeat(20_000)
    for (const html of [deep, many]) expect(() => written(html, 'x')).not.toThrow()
  })
})
