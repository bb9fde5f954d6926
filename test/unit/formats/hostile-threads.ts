import fc from 'fast-check'
import type { Post, Thread } from '../../../core/thread.ts'
import { HOSTILE_HTML } from '../dom/hostile-html.ts'

/** Text that tries to become markup of some format, or is no text at all. */
const HOSTILE_TEXT = [
  '',
  ' ',
  '\u3000',
  '---',
  '# not a heading',
  '## 1 楼 · 假楼',
  '> quote',
  '- item',
  '1. item',
  '```\ncode',
  '    indented',
  '<script>alert(1)</script>',
  '<!-- comment -->',
  '&lt;b&gt; &amp; &#x41; &nbsp;',
  '[a](javascript:alert(1))',
  '![x](https://a.example/x.png)',
  '[ref]: https://a.example',
  '**bold** __bold__ ~~gone~~ `code`',
  '| a | b |\n| --- | --- |',
  'a  \nb\\\nc',
  ']]>',
  '\u0000\u0001\u001f\u007f\u0085\ufffe\uffff',
  '\ud800',
  'x\udfff',
  '\u202e\u200b\ufeff',
  "title: 'x'\n...",
  'line\r\nline\rline\u2028line',
  '=====',
  '\\',
  '$1 $2',
  '楼主：**注意：**请看',
]

/** Markup that is legal by itself and nests as no format expects. */
const ODD_HTML = [
  '<ul>loose<li>a<ul><li>b</ul><p>c</ul>',
  '<li>alone</li><dt>t<dd>d',
  '<table>out<caption>c</caption><tr><td>a<table><tr><td>n</table>b<th>h</table>',
  '<tr><td>no table</td></tr>',
  '<b><p>x<i>y</p>z</i></b>',
  '<a href="https://a.example/"><p>block</p><div>in link</div></a>',
  '<a href="https://a.example/?a=1&b=[2]|3^%zz#x#y">odd address</a>',
  '<a href="https://xn--fsqu00a.example/路径?查询=值">non-ascii</a>',
  '<a href="https://bbs.pku.edu.cn/v2/jump-to.php?url=http%3A%2F%2Fa.example%2F">jump</a>',
  '<a href="https://a.example/"> </a><a href="https://a.example/"><img src="https://a.example/x.png"></a>',
  '<pre>\n\n  a\n<b>b</b>\n```\n</pre>',
  '<blockquote>'.repeat(40) + 'deep' + '</blockquote>'.repeat(40),
  '<ul><li>'.repeat(40) + 'deep',
  '<h1>big</h1><h2>smaller</h2><details><summary>s</summary>t</details>',
  '<ruby>字<rp>(</rp><rt>zi</rt><rp>)</rp></ruby><q>said</q><span class="spoiler">secret</span>',
  '<ol start="-5"><li>a</ol><ol start="7"><li>b</ol><ul></ul><ol><li></ol>',
  '<p>&nbsp;&nbsp;缩进&nbsp;一<br><br><br>二<br></p><p> </p><hr><wbr>',
  '<b>注意：</b>请<i>，</i>看<s> x </s>y<b><i>!</i></b>z<code> ` `` </code>',
  '<img src="data:image/png;base64,AAAA" alt="not a picture"><img src="http://a.example/y.gif" width="10" height="5">',
  '<font color="#ffff00">黄</font><span style="background-color:#000;color:#111">黑</span>',
  '<code class="language-js">x</code><pre class="lang-c++">int</pre>',
]

const text = fc.oneof(
  fc.constantFrom(...HOSTILE_TEXT),
  fc.string({ unit: 'binary', maxLength: 40 }),
  fc.string({ maxLength: 40 }),
  fc.array(fc.constantFrom(...HOSTILE_TEXT), { maxLength: 4 }).map((parts) => parts.join('')),
)
const html = fc.oneof(
  fc.constantFrom(...HOSTILE_HTML, ...ODD_HTML),
  fc
    .array(fc.oneof(fc.constantFrom(...HOSTILE_HTML, ...ODD_HTML), text), { maxLength: 5 })
    .map((parts) => parts.join('')),
)
const address = fc.oneof(
  fc.constantFrom(
    'https://a.example/',
    'http://b.example/x?y=1&z=2#f',
    'https://a.example/[x]|y',
    'javascript:alert(1)',
    '',
  ),
  text,
)
const time = fc.oneof(
  fc.constantFrom('2020-04-14T22:27:34+08:00', '2020-04-14T22:27:34', '2020-04-14', '+012345-01-01', 'yesterday', ''),
  text,
)
const author = fc.record({ username: text, nickname: text, id: text }, { requiredKeys: ['username'] })
const count = fc.oneof(fc.nat(), fc.constantFrom(0, 1, Number.MAX_SAFE_INTEGER))

const post: fc.Arbitrary<Post> = fc.record(
  {
    id: fc.oneof(fc.constantFrom('1', '2', '3'), text),
    floor: count,
    author,
    isStarter: fc.boolean(),
    url: address,
    parentId: text,
    postedAt: time,
    editedAt: time,
    html,
    text,
    quotes: fc.array(
      fc.record(
        { username: text, nickname: text, excerpt: text, postId: fc.constantFrom('1', '2', 'x') },
        {
          requiredKeys: ['username', 'excerpt'],
        },
      ),
      { maxLength: 3 },
    ),
    attachments: fc.array(
      fc.record(
        { name: text, url: address, size: count, kind: fc.constantFrom('image' as const, 'file' as const) },
        {
          requiredKeys: ['name', 'url', 'kind'],
        },
      ),
      { maxLength: 2 },
    ),
    votes: fc.record({ up: count, down: count }, { requiredKeys: [] }),
  },
  { requiredKeys: ['id', 'author', 'html', 'text', 'quotes', 'attachments'] },
)

/** Threads as no forum would give them: nothing in them is what it says that it is. */
export const hostileThread: fc.Arbitrary<Thread> = fc.record(
  {
    key: text,
    site: text,
    id: text,
    url: address,
    title: text,
    board: fc.record({ id: text, name: text }, { requiredKeys: ['id'] }),
    author,
    createdAt: time,
    lastReply: fc.record({ author, at: time }, { requiredKeys: [] }),
    pageCount: count,
    posts: fc.array(post, { maxLength: 6 }),
  },
  { requiredKeys: ['key', 'site', 'id', 'url', 'title', 'posts'] },
)

/** A thread with one post for each piece of odd markup and of hostile markup. */
export function oddThread(): Thread {
  const posts = [...ODD_HTML, ...HOSTILE_HTML].map((html, index) =>
    makePost(index + 1, { html, text: `第${index + 1}个` }),
  )
  return makeThread(posts)
}

/** A post with the given place, in plain words unless more is said. */
export function makePost(floor: number, more: Partial<Post> = {}): Post {
  const text = more.text ?? `这是第 ${floor} 楼的话。`
  return {
    id: String(1000 + floor),
    floor,
    author: { username: floor % 3 === 1 ? 'starter' : `reader${floor % 3}`, nickname: '湖边的人' },
    isStarter: floor % 3 === 1,
    url: `https://bbs.pku.edu.cn/v2/post-read-single.php?bid=22&postid=${1000 + floor}`,
    postedAt: '2024-03-01T10:00:00+08:00',
    html: `<p>${text}</p>`,
    text,
    quotes: [],
    attachments: [],
    ...more,
  }
}

/** A thread with the given posts. */
export function makeThread(posts: Post[], more: Partial<Thread> = {}): Thread {
  return {
    key: 'pku-bbs/bbs.pku.edu.cn/22/1',
    site: 'pku-bbs',
    id: '1',
    url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1',
    title: '湖边的猫',
    board: { id: '22', name: '猫版' },
    author: { username: 'starter', nickname: '湖边的人' },
    createdAt: '2024-03-01T10:00:00+08:00',
    lastReply: { author: { username: 'reader2' }, at: '2024-03-02T10:00:00+08:00' },
    posts,
    ...more,
  }
}
