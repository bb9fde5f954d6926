import fc from 'fast-check'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { parseYAML } from 'confbox'
import { describe, expect, test } from 'vitest'
import { formatMarkdown } from '../../../formats/markdown.ts'
import { exportLabels } from '../../../formats/export-labels.ts'
import { hostileThread, makePost, makeThread, oddThread } from './hostile-threads.ts'

type Node = ReturnType<typeof fromMarkdown> | ReturnType<typeof fromMarkdown>['children'][number]

/** Parses what was written with a parser of its own; the front matter is taken off as every reader does. */
function parseBack(markdown: string) {
  const [, yaml, body] = /^---\n([^]*?)\n---\n([^]*)$/.exec(markdown)!
  const tree = fromMarkdown(body!)
  const nodes: Node[] = []
  const waiting: Node[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    nodes.push(node)
    if ('children' in node) waiting.push(...(node.children as Node[]).toReversed())
  }
  return { fields: parseYAML<Record<string, unknown>>(yaml!), tree, nodes }
}

function textOf(node: Node): string {
  if ('value' in node) return node.value
  if (node.type === 'break') return '\n'
  return 'children' in node ? (node.children as Node[]).map(textOf).join('') : ''
}

const headings = (tree: ReturnType<typeof fromMarkdown>, depth: number) =>
  tree.children.filter((node) => node.type === 'heading' && node.depth === depth)

test('a post is a section with its floor, author, time, permalink and quotes', () => {
  const thread = makeThread([
    makePost(1, { html: '<p>一</p><p>二<br>三</p>', votes: { up: 3, down: 0 } }),
    makePost(2, { quotes: [{ username: 'starter', nickname: '湖边的人', excerpt: '一\n二' }], text: '好' }),
  ])
  expect(formatMarkdown(thread).split('\n---\n')[1]).toBe(`
# 湖边的猫

## 1 楼 · 湖边的人（starter） · 楼主

2024-03-01 10:00 · 赞 3 · [原帖](https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=1001)

一

二\\
三

## 2 楼 · 湖边的人（reader2）

2024-03-01 10:00 · [原帖](https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=1002)

> 引用 湖边的人（starter）：
>
> 一\\
> 二

好
`)
})

test('the front matter reads back as YAML, whatever the title holds', () => {
  const title = `"quoted": 'x' # not a comment\n---\n\\ \u2028 \u0085 {}`
  const { fields } = parseBack(formatMarkdown(makeThread([makePost(1)], { title })))
  expect(fields).toEqual({
    title: `"quoted": 'x' # not a comment --- \\ \u0085 {}`,
    url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1',
    site: 'pku-bbs',
    board: '猫版',
    author: 'starter',
    nickname: '湖边的人',
    created: '2024-03-01T10:00:00+08:00',
    last_reply: '2024-03-02T10:00:00+08:00',
    posts: 1,
  })
})

test('a link is clean, and has the original one as its title', () => {
  const html = '<a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fa.example%2F%3Fb%3D1">看</a>'
  const { nodes } = parseBack(formatMarkdown(makeThread([makePost(1, { html })])))
  expect(nodes.filter(({ type }) => type === 'link').at(-1)).toMatchObject({
    url: 'https://a.example/?b=1',
    title: '原链接：https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fa.example%2F%3Fb%3D1',
  })
})

test.each([
  ['<b>注意：</b>请看', '**注意**：请看'],
  ['<b> x </b>y', '**x** y'],
  ['<b>！</b>y', '！y'],
  ['看<i>“书”</i>吧', '看“*书*”吧'],
  ['<b><i>都要</i></b>啊', '**都要**啊'],
  ['<b><a href="https://a.example/">看：</a></b>啊', '[**看**：](https://a.example/)啊'],
  ['<b>甲</b><i>乙</i>丙', '**甲**乙丙'],
  ['a_b_c 2*3*4 <s>删</s>~', 'a_b_c 2\\*3\\*4 ~~删~~\\~'],
  ['1. 一', '1\\. 一'],
  ['AT&amp;T <code>`x`</code>', 'AT\\&T `` `x` ``'],
  ['<table><tr><th>a|b<th>c<tr><td>x<br>y</table>', '| a\\|b | c |\n| --- | --- |\n| x y |'],
])('%s is written as %s', (html, expected) => {
  expect(formatMarkdown(makeThread([makePost(1, { html })])).split('postid=1001)\n\n')[1]).toBe(`${expected}\n`)
})

describe('parsed back', () => {
  test('odd and hostile markup gives the same posts, and no HTML', () => {
    const thread = oddThread()
    const { tree, nodes } = parseBack(formatMarkdown(thread))
    expect(headings(tree, 1).map(textOf)).toEqual(['湖边的猫'])
    expect(headings(tree, 2)).toHaveLength(thread.posts.length)
    expect(nodes.filter(({ type }) => type === 'html')).toEqual([])
  })

  test('any thread gives its posts in order, and no HTML', () => {
    fc.assert(
      fc.property(hostileThread, (thread) => {
        const { tree, nodes } = parseBack(formatMarkdown(thread))
        expect(headings(tree, 1)).toHaveLength(1)
        const names = headings(tree, 2).map(textOf)
        expect(names).toHaveLength(thread.posts.length)
        for (const [index, { floor }] of thread.posts.entries()) {
          expect(names[index]!.startsWith(floor === undefined ? `第 ${index + 1} 帖` : `${floor} 楼`)).toBe(true)
        }
        expect(nodes.filter(({ type }) => type === 'html')).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  test('any line of text comes back as it was', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 60 }), (line) => {
        const words = line.replace(/[\s\p{Cc}\p{Cf}]+/gu, ' ').trim()
        fc.pre(/[\p{L}\p{N}]/u.test(words))
        const { tree } = parseBack(formatMarkdown(makeThread([makePost(1, { html: '', text: words })])))
        expect(textOf(tree.children.at(-1)!)).toBe(words)
      }),
      { numRuns: 500 },
    )
  })
})

const words = fc.constantFrom('注意：', '请看', '（甲）', 'x', ' ', '“好”', 'a_b', '！', '*', '~', '1.')
const { markup } = fc.letrec<{ markup: string }>((tie) => ({
  markup: fc.oneof(
    { depthSize: 'small' },
    words,
    fc
      .tuple(
        fc.constantFrom('b', 'i', 's', 'code', 'a href="https://a.example/"', 'u'),
        fc.array(tie('markup'), { maxLength: 3 }),
      )
      .map(([tag, inside]) => `<${tag}>${inside.join('')}</${tag.split(' ')[0]}>`),
  ),
}))

test('marks on Chinese words are written so that they can be read, and the words come back', () => {
  fc.assert(
    fc.property(fc.array(markup, { minLength: 1, maxLength: 5 }), (pieces) => {
      const html = pieces.join('')
      const markdown = formatMarkdown(makeThread([makePost(1, { html: `<p>头${html}尾</p>` })]))
      expect(markdown).not.toContain('&#x')
      const { tree } = parseBack(markdown)
      // A link without words shows its address.
      const plain = (text: string) => text.replace(/[~\s]/g, '').replaceAll('https://a.example/', '')
      expect(plain(textOf(tree.children.at(-1)!))).toBe(plain(`头${html.replace(/<[^>]*>/g, '')}尾`))
    }),
    { numRuns: 1000 },
  )
})

test('options leave out quotes, votes, pictures and all but the starter; words can be English', () => {
  const posts = [
    makePost(1, { html: '<p>a<img src="https://a.example/x.png" alt="猫"></p>', votes: { up: 5 } }),
    makePost(2, { quotes: [{ username: 'starter', excerpt: '引' }] }),
  ]
  const whole = formatMarkdown(makeThread(posts))
  expect([whole.includes('![猫](https://a.example/x.png)'), whole.includes('> 引'), whole.includes('赞 5')]).toEqual(
    Array(3).fill(true),
  )
  const bare = formatMarkdown(makeThread(posts), { quotes: false, votes: false, pictures: 'omit' })
  expect([bare.includes('x.png'), bare.includes('> 引'), bare.includes('赞 5')]).toEqual(Array(3).fill(false))
  const starter = formatMarkdown(makeThread(posts), { starterOnly: true, labels: exportLabels('en') })
  expect(starter.match(/^## .*/gm)).toEqual(['## #1 · 湖边的人 (starter) · starter'])
})

test('a table as wide as it is long is written in its own length', () => {
  const html = `<table><tr>${'<td>x'.repeat(20_000)}${'<tr><td>y'.repeat(20_000)}</table>`
  expect(formatMarkdown(makeThread([makePost(1, { html })])).length).toBeLessThan(400_000)
})

test('deep nesting costs no more than its length', () => {
  const html = '<blockquote><ul><li>'.repeat(20_000) + 'x'.repeat(10) + '<b>'.repeat(20_000) + 'y'
  const markdown = formatMarkdown(makeThread([makePost(1, { html })]))
  expect(markdown.length).toBeLessThan(1000)
  expect(markdown).toContain('xxxxxxxxxx')
})
