import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sanitizeHtml, sanitizeTree } from '../../../../dom/sanitize-html.ts'
import { writeHtml } from '../../../../dom/write-html.ts'
import { parseBbcode } from '../../../../sites/nga/bbcode.ts'

describe('parseBbcode', () => {
  const toHtml = (source: string) =>
    writeHtml(sanitizeTree({ type: 'root', children: parseBbcode(source) }, { base: 'https://bbs.nga.cn/' }))

  it.each([
    ['词', '词'],
    ['[b]粗[/b]', '<b>粗</b>'],
    ['[b]粗[i]斜[/b]后', '<b>粗<i>斜</i></b>后'],
    ['[/b]词', '[/b]词'],
    ['[未知]词[/未知]', '[未知]词[/未知]'],
    ['a[0]=b[1]', 'a[0]=b[1]'],
    ['[url]https://a.example/[/url]', '<a href="https://a.example/">https://a.example/</a>'],
    ['[url=javascript:alert(1)]x[/url]', 'x'],
    ['[img]./mon_1/a.jpg[/img]', '<img src="https://img.nga.178.com/attachments/mon_1/a.jpg">'],
    ['[img]data:text/html,x[/img]', ''],
    ['[color=red;position:fixed]x[/color]', '<span style="color:red">x</span>'],
    ['[list][*]一[*]二[/list]后', '<ul><li>一</li><li>二</li></ul>后'],
    ['[table][tr][td40]一[/td][/tr][/table]', '<table><tbody><tr><td>一</td></tr></tbody></table>'],
    ['[collapse]x[/collapse]', '<details><summary>点击展开</summary>x</details>'],
    ['[s:ac:哭笑]', '[哭笑]'],
    ['<script>alert(1)</script>', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['一\n二', '一<br>二'],
    ['[constructor]x[__proto__]', '[constructor]x[__proto__]'],
  ])('%j becomes %s', (source, expected) => {
    expect(toHtml(source)).toBe(expected)
  })

  it('takes a megabyte of open and closing marks', () => {
    expect(toHtml('[b]'.repeat(200_000)).length).toBeGreaterThan(500_000)
    expect(toHtml('[/b]'.repeat(200_000))).toBe('[/b]'.repeat(200_000))
    expect(toHtml('['.repeat(500_000))).toHaveLength(500_000)
  })

  it('never throws and keeps every word that is in no mark', () => {
    const piece = fc.constantFrom(
      '[b]',
      '[/b]',
      '[quote]',
      '[/quote]',
      '[url=x]',
      '[/url]',
      '[*]',
      '[list]',
      '\n',
      '词',
      '[',
      ']',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
        const html = toHtml(pieces.join(''))
        expect(sanitizeHtml(html)).toBe(html)
        expect(html.split('词').length).toBe(pieces.filter((each) => each === '词').length + 1)
      }),
    )
  })
})
