// @vitest-environment happy-dom
import { describe, expect, test } from 'vitest'
import { markdownOf } from '../../../dom/markdown-of.ts'
import { renderHtml } from '../../../dom/render-html.ts'

const write = (html: string) => markdownOf(renderHtml(html, document, { base: 'https://e.org/' }))

describe('nodes as Markdown', () => {
  test.each([
    ['<p>一</p><p></p><p>二<br>三</p>', '一\n\n二  \n三'],
    ['见 <b> 粗 </b>与<i>斜</i><s>删</s>', '见 **粗** 与*斜*~~删~~'],
    ['<a href="/x">这<b>里</b></a>。', '[这**里**](https://e.org/x)。'],
    ['<a href="javascript:x">无</a>', '无'],
    ['<h2>题</h2>文', '## 题\n\n文'],
    ['<ul><li>一</li><li>二<ol><li>甲</li></ol></li></ul>', '- 一\n- 二\n\n  1. 甲'],
    ['<blockquote><p>引</p><p>文</p></blockquote>', '> 引\n>\n> 文'],
    ['<pre>a\n```\nb</pre>', '````\na\n```\nb\n````'],
    ['<code>a`b</code>', '``a`b``'],
    ['<img src="/p.png" alt="图">', '![图](https://e.org/p.png)'],
    ['<img src="data:image/png;base64,AAAA" alt="图">', '图'],
    ['<table><tr><td>一</td><td>二</td></tr></table>', '一 | 二'],
    ['# 井<br>1. 数<br>- 减<br>> 引', '\\# 井  \n1\\. 数  \n\\- 减  \n\\> 引'],
    ['a*b*c&nbsp;&nbsp;d', 'a\\*b\\*c d'],
    ['<span>一<p>二</p>三</span>', '一\n\n二\n\n三'],
  ])('%s', (html, expected) => {
    expect(write(html)).toBe(expected)
  })

  test('bears any depth and length', () => {
    expect(write(`${'<div><blockquote>'.repeat(200)}深`)).toContain('深')
    expect(write('<b>'.repeat(300) + '深')).toContain('深')
    expect(write('`'.repeat(200_000))).toHaveLength(400_000)
    expect(write(`<pre>${'` '.repeat(200_000)}</pre>`)).toMatch(/^```\n/)
  })
})
