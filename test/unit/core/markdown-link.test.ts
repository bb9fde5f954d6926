import { describe, expect, test } from 'vitest'
import { escapeMarkdown, formatMarkdownLink } from '../../../core/markdown-link.ts'

describe('a link in Markdown', () => {
  test.each([
    ['楼', 'https://e.org/', '[楼](https://e.org/)'],
    [' 两\n行 ', 'https://e.org/', '[两 行](https://e.org/)'],
    ['a](x) [b', 'https://e.org/', '[a\\](x) \\[b](https://e.org/)'],
    ['', 'https://e.org/a_b', '[https://e.org/a_b](https://e.org/a_b)'],
    ['w', 'https://e.org/Foo_(bar)', '[w](https://e.org/Foo_(bar))'],
    ['w', 'https://e.org/a)b', '[w](<https://e.org/a)b>)'],
    ['w', 'https://e.org/a b<c>', '[w](https://e.org/a%20b%3Cc%3E)'],
    ['w', 'https://e.org/?a=1&copy;=2', '[w](https://e.org/?a=1\\&copy;=2)'],
  ])('%j to %s', (text, url, expected) => {
    expect(formatMarkdownLink(text, url)).toBe(expected)
  })

  test('text keeps its meaning: signs are escaped, names are left alone', () => {
    expect(escapeMarkdown('*a* _b_ snake_case `c` <d> &amp; \\')).toBe(
      '\\*a\\* \\_b\\_ snake_case \\`c\\` \\<d> \\&amp; \\\\',
    )
  })
})
