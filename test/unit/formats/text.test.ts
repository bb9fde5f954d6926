import fc from 'fast-check'
import { expect, test } from 'vitest'
import { formatHtml } from '../../../formats/html.ts'
import { formatText } from '../../../formats/text.ts'
import { hostileThread, makePost, makeThread } from './hostile-threads.ts'

test('a thread reads as a page would', () => {
  const html =
    '<p>看<a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fa.example%2F">这里</a></p><ul><li>一<li>二</ul><table><tr><td>a<td>b</table>'
  const posts = [
    makePost(1, { html, votes: { up: 2 } }),
    makePost(2, {
      quotes: [{ username: 'starter', excerpt: '看\n这里' }],
      attachments: [{ name: '猫.zip', url: 'https://a.example/c.zip', kind: 'file' }],
    }),
  ]
  expect(formatText(makeThread(posts))).toBe(`湖边的猫
版面 猫版 · 楼主 湖边的人（starter） · 发表于 2024-03-01 10:00 · 2 楼
https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1

────────────────────
1 楼 · 湖边的人（starter） · 楼主 · 2024-03-01 10:00 · 赞 2

看这里 <https://a.example/>

- 一
- 二

a | b

────────────────────
2 楼 · 湖边的人（reader2） · 2024-03-01 10:00

> 引用 starter：
> 看
> 这里

这是第 2 楼的话。

[附件] 猫.zip https://a.example/c.zip

────────────────────
https://a.example/
  原链接：https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fa.example%2F
`)
})

test('any thread is written, one part a post', () => {
  fc.assert(
    fc.property(hostileThread, (thread) => {
      const text = formatText({ ...thread, posts: thread.posts.map((post) => ({ ...post, html: '<p>x</p>' })) })
      expect(text.split(`\n${'─'.repeat(20)}\n`)).toHaveLength(thread.posts.length + 1)
    }),
  )
})

test('a post of more blocks, quotes and files than a call takes arguments is written', () => {
  const many = <Item>(item: Item) => Array.from({ length: 150_000 }, () => item)
  const post = makePost(1, {
    html: '<p>x'.repeat(150_000),
    quotes: many({ username: 'a', excerpt: 'b' }),
    attachments: many({ name: 'a', url: 'https://a.example/', kind: 'file' as const }),
  })
  for (const format of [formatText, formatHtml]) expect(format(makeThread([post])).length).toBeGreaterThan(1_000_000)
})
