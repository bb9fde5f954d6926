import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sanitizeHtml } from '../../../dom/sanitize-html.ts'
import { formatJson, parseJson } from '../../../formats/json.ts'
import type { Thread } from '../../../core/thread.ts'
import { hostileThread, makePost, makeThread, oddThread } from './hostile-threads.ts'

const isWeb = (url: string | undefined) => /^https?:$/.test(URL.parse(url ?? '')?.protocol ?? '')
const isTime = (time: string | undefined) => /^2020-04-14/.test(time ?? '')

/** The thread as the model promises it: addresses of the web, times, clean HTML, an id that stands once. */
function asPromised(thread: Thread): Thread {
  const posts = thread.posts.map(({ url, postedAt, editedAt, ...post }, index) => ({
    ...post,
    id: `${index}`,
    html: sanitizeHtml(post.html, { base: 'https://a.example/' }),
    attachments: post.attachments.map((each) => ({ ...each, url: 'https://a.example/x' })),
    ...(url && isWeb(url) ? { url } : {}),
    ...(postedAt && isTime(postedAt) ? { postedAt } : {}),
    ...(editedAt && isTime(editedAt) ? { editedAt } : {}),
  }))
  const { createdAt, lastReply, pageCount, ...rest } = thread
  return {
    ...rest,
    ...{ key: `k${thread.key}`, site: `s${thread.site}`, id: `i${thread.id}`, url: 'https://a.example/', posts },
    ...(createdAt && isTime(createdAt) ? { createdAt } : {}),
    ...(lastReply?.author ? { lastReply: { author: lastReply.author } } : {}),
    ...(pageCount ? { pageCount } : {}),
  }
}

/** A NUL alone does not come back, see below. */
function withoutNul(thread: Thread): Thread {
  const text = JSON.stringify(thread)
  return JSON.parse(text, (_, value: unknown) =>
    typeof value === 'string' ? value.replaceAll('\0', '\ufffd') : value,
  ) as Thread
}

test('any thread comes back the same', () => {
  fc.assert(
    fc.property(hostileThread.map(asPromised).map(withoutNul), (thread) => {
      expect(parseJson(formatJson(thread))).toEqual({ threads: [thread], problems: [] })
    }),
    { numRuns: 300 },
  )
})

test('it says what it is, and which links were cleaned', () => {
  const jump = 'https://bbs.pku.edu.cn/v2/jump-to.php?url=https%3A%2F%2Fa.example%2F'
  const html = `<p><a href="${jump}">x</a> <a href="https://b.example/">y</a></p>`
  const document = JSON.parse(formatJson(makeThread([makePost(1, { html })])))
  expect([document.format, document.version, document.threads.length]).toEqual(['loulan-threads', 1, 1])
  expect(document.threads[0].posts[0].links).toEqual([{ url: 'https://a.example/', original: jump }])
  expect(document.threads[0].posts[0].html).toBe(html)
})

test('options leave out what they say', () => {
  const posts = [
    makePost(1, {
      votes: { up: 1 },
      quotes: [{ username: 'a', excerpt: 'b' }],
      attachments: [
        { name: 'x.png', url: 'https://a.example/x.png', kind: 'image' },
        { name: 'x.zip', url: 'https://a.example/x.zip', kind: 'file' },
      ],
    }),
    makePost(2),
  ]
  const options = { starterOnly: true, votes: false, quotes: false, pictures: 'omit' } as const
  const [thread] = parseJson(formatJson(makeThread(posts), options)).threads
  expect(thread!.posts).toEqual([
    { ...makePost(1), attachments: [{ name: 'x.zip', url: 'https://a.example/x.zip', kind: 'file' }] },
  ])
})

describe('reading what others wrote', () => {
  test.each([
    ['', 'not-json'],
    ['{"format":"loulan-threads","threads":[', 'not-json'],
    ['[]', 'not-threads'],
    ['null', 'not-threads'],
    ['{"format":"something","threads":[]}', 'not-threads'],
    ['{"format":"loulan-threads","version":1,"threads":{}}', 'not-threads'],
    ['{"format":"loulan-threads","version":2,"threads":[]}', 'newer-version'],
    ['{"format":"loulan-threads","version":1,"threads":[{"key":"a"}]}', 'thread-left-out'],
    ['{"format":"loulan-threads","version":1,"threads":[null]}', 'wrong-value'],
  ])('%s is told as %s', (text, code) => {
    const { threads, problems } = parseJson(text)
    expect([threads, problems[0]?.code]).toEqual([[], code])
  })

  test('what is wrong in a post is left out and told, the rest stays', () => {
    const post = {
      id: 'p',
      floor: -1,
      author: { username: 'a', nickname: 5 },
      url: 'javascript:alert(1)',
      postedAt: '2020-02-30',
      html: '<p onclick=alert(1)>x<script>alert(1)</script></p>',
      text: 'x',
      quotes: [{ username: 'q', excerpt: 'e' }, 'no'],
      attachments: 'none',
      votes: { up: 1.5, down: 2 },
      __proto__: { isStarter: true },
      constructor: 1,
    }
    const thread = { key: 'k', site: 's', id: 'i', url: 'https://a.example/', title: 't', posts: [post, post, {}, 3] }
    const { threads, problems } = parseJson({ format: 'loulan-threads', version: 1, threads: [thread] })
    const kept = {
      author: { username: 'a' },
      html: '<p>x</p>',
      text: 'x',
      quotes: [{ username: 'q', excerpt: 'e' }],
      attachments: [],
      votes: { down: 2 },
    }
    expect(threads[0]!.posts).toEqual([
      { id: 'p', ...kept },
      { id: 'p~2', ...kept },
    ])
    const ofFirst = problems.flatMap(({ path }) => /^threads\[0\]\.posts\[0\]\.(.*)/.exec(path)?.[1] ?? [])
    expect(ofFirst.toSorted()).toEqual([
      'attachments',
      'author.nickname',
      'floor',
      'postedAt',
      'quotes[1]',
      'url',
      'votes.up',
    ])
    expect(problems.slice(-4).map(({ code }) => code)).toContain('post-left-out')
  })

  test('any value is read without throwing', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (value, text) => {
        const document = {
          format: 'loulan-threads',
          version: 1,
          threads: [value, { key: 'k', site: 's', id: 'i', posts: [value] }],
        }
        expect(parseJson(value).threads).toEqual([])
        expect(parseJson(text).threads).toEqual([])
        expect(parseJson(document).threads.length).toBeLessThanOrEqual(2)
      }),
      { numRuns: 300 },
    )
  })

  test('a million nested lists are told, not followed', () => {
    expect(parseJson('['.repeat(1_000_000)).problems).toHaveLength(1)
  })
})

test('a NUL becomes the sign for no character: exports that held it would be no text, and not be read back', () => {
  const post = makePost(1, { text: 'a\0b', author: { username: 'c\0' }, html: '<p>a\0b</p>' })
  const { threads, problems } = parseJson(formatJson(makeThread([post], { title: '题\0', board: { id: '2\0' } })))
  expect([threads[0]!.title, threads[0]!.board, problems]).toEqual(['题\ufffd', { id: '2\ufffd' }, []])
  expect(threads[0]!.posts[0]).toMatchObject({ text: 'a\ufffdb', author: { username: 'c\ufffd' } })
  expect(JSON.stringify(threads)).not.toContain(String.raw`\u0000`)
  const [address] = parseJson(formatJson(makeThread([], { url: '\0https://a.example/' }))).problems
  expect(address).toMatchObject({ path: 'threads[0].url', code: 'wrong-value' })
})

test('odd and hostile markup is written and read', () => {
  const { threads, problems } = parseJson(formatJson(oddThread()))
  expect([threads[0]!.posts.length, problems]).toEqual([oddThread().posts.length, []])
})
