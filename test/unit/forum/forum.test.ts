import { readFile } from 'node:fs/promises'
import { request as httpRequest } from 'node:http'
import { JSDOM } from 'jsdom'
import { afterEach, expect, test } from 'vitest'
import { startForum, type Forum } from '../../forum/forum.ts'
import { generateThread } from '../../forum/generate.ts'

const THREAD = generateThread({ posts: 45, id: '77', board: '103', seed: 9 })
const FIRST_PAGE = 'post-read.php?bid=103&threadid=77'

let forum: Forum
const start = async (options: Parameters<typeof startForum>[0] = { threads: [THREAD] }) =>
  (forum = await startForum(options))
afterEach(() => forum.stop())

const floors = (html: string) =>
  [...new JSDOM(html).window.document.querySelectorAll('.post-card .post-id')].map(({ textContent }) =>
    Number.parseInt(textContent, 10),
  )

test('pjax gets the inside of the container, with its own title', async () => {
  await start()
  const { text, headers } = await forum.request(FIRST_PAGE, {
    headers: { 'X-PJAX': 'true', 'X-PJAX-Container': '#page-content' },
  })
  expect(text).toMatch(/^<title>/)
  expect(text).not.toContain('id="page-content"')
  expect(floors(text)).toEqual(Array.from({ length: 20 }, (_, at) => at + 1))
  expect(headers.vary).toBe('X-PJAX')
  expect(forum.requests.at(-1)).toMatchObject({ isPjax: true, status: 200, path: `/v2/${FIRST_PAGE}` })
})

test('generated threads are the same for the same seed, of any length, with gaps where asked', () => {
  expect(generateThread({ posts: 200, seed: 3 })).toEqual(generateThread({ posts: 200, seed: 3 }))
  expect(generateThread({ posts: 200, seed: 3 })).not.toEqual(generateThread({ posts: 200, seed: 4 }))
  const { posts } = generateThread({ posts: 10_000, gaps: [2, 3] })
  expect([posts.length, posts[1]!.floor, posts.at(-1)!.floor]).toEqual([9998, 4, 10_000])
  expect(new Set(posts.map(({ id }) => id)).size).toBe(9998)
})

test('posts a page follow the thread, then the forum', async () => {
  const whole = generateThread({ posts: 1000, id: '5', postsPerPage: 1000 })
  await start({ threads: [THREAD, whole], postsPerPage: 30 })
  expect(floors((await forum.request(FIRST_PAGE)).text)).toHaveLength(30)
  expect(floors((await forum.request('post-read.php?bid=103&threadid=5')).text)).toHaveLength(1000)
})

test('posts are edited, deleted and added at run time', async () => {
  await start()
  const [first, second] = forum.control.getThread('77').posts
  forum.control.editPost('77', first!.id, { text: '改过 了', at: '2024-01-02 03:04:05' })
  forum.control.deletePost('77', second!.id)
  expect(forum.control.addPosts('77', 2).map(({ floor }) => floor)).toEqual([46, 47])
  const { text } = await forum.request(FIRST_PAGE)
  expect(text).toContain('<p>改过&nbsp;了</p>')
  expect(text).toContain('最后修改于2024-01-02 03:04:05')
  expect(floors(text).slice(0, 3)).toEqual([1, 3, 4])
  expect(floors((await forum.request(`${FIRST_PAGE}&page=3`)).text).at(-1)).toBe(47)
  expect(() => forum.control.deletePost('77', second!.id)).toThrow('has no post')
})

test('one forum does not see what another changed in the same thread', async () => {
  await start()
  forum.control.editPost('77', THREAD.posts[0]!.id, { text: '别处看不见' })
  const other = await startForum({ threads: [THREAD] })
  const { text } = await other.request(FIRST_PAGE)
  await other.stop()
  expect(text).not.toContain('别处看不见')
})

test('the login wall refuses guests with the error page and lets a user in', async () => {
  await start()
  forum.control.loginWall = () => true
  expect((await forum.request(FIRST_PAGE)).text).toContain('请先登录')
  forum.control.username = 'weiming'
  const { text } = await forum.request(FIRST_PAGE)
  expect(floors(text)).toHaveLength(20)
  expect(text).toContain('data-value="weiming"')
})

test('faults: status with Retry-After as often as asked, for the path asked', async () => {
  await start()
  forum.faults.add({ on: 'page=2', status: 429, retryAfter: 7, times: 2 })
  const statuses: (number | string | undefined)[] = []
  for (const page of [1, 2, 2, 2]) {
    const answer = await forum.request(`${FIRST_PAGE}&page=${page}`)
    statuses.push(answer.status, answer.headers['retry-after'])
  }
  expect(statuses).toEqual([200, undefined, 429, '7', 429, '7', 200, undefined])
  const takeBack = forum.faults.add({ on: /threadid=77$/, status: 500 })
  expect((await forum.request(FIRST_PAGE)).status).toBe(500)
  takeBack()
  expect((await forum.request(FIRST_PAGE)).status).toBe(200)
})

test('faults: an answer cut off half way, one cut off before it begins, a slow one', async () => {
  await start()
  forum.faults.add({ on: '/v2/', cutAfter: 0.5, times: 1 })
  await expect(forum.request(FIRST_PAGE)).rejects.toThrow('aborted')
  forum.faults.add({ on: '/v2/', cutAfter: 0, times: 1 })
  await expect(forum.request(FIRST_PAGE)).rejects.toThrow(/hang up|ECONNRESET/)
  expect(forum.requests.at(-1)!.status).toBe(0)
  forum.faults.add({ on: '/v2/', slow: 60 })
  forum.faults.add({ on: '/v2/', status: 500 })
  const before = Date.now()
  expect((await forum.request(FIRST_PAGE)).status).toBe(500)
  expect(Date.now() - before).toBeGreaterThanOrEqual(55)
})

test('offline and back keeps the port and the state; stopping twice is fine', async () => {
  await start()
  const { port } = forum
  forum.control.addPosts('77', 1)
  await forum.stop()
  await forum.stop()
  await expect(forum.request(FIRST_PAGE)).rejects.toThrow('ECONNREFUSED')
  await forum.restart()
  expect(forum.port).toBe(port)
  expect(floors((await forum.request(`${FIRST_PAGE}&page=3`)).text).at(-1)).toBe(46)
})

test('attachments are real bytes: a PNG, a file of the size named', async () => {
  await start()
  const picture = await forum.request('/attach/12/photo.png')
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG')
  expect(picture.headers['content-type']).toBe('image/png')
  const file = await forum.request(`/attach/12/54321/${encodeURIComponent('讲义.pdf')}`)
  expect(file.bytes.length).toBe(54_321)
})

test('text files in UTF-8 and GB18030, by HTTPS and by plain HTTP on any host', async () => {
  const text = '北京　镕 ㄅ €é\nplain'
  await start({ files: { '帖.txt': text } })
  const path = `/files/${encodeURIComponent('帖.txt')}`
  expect((await forum.request(path)).text).toBe(text)
  const old = await forum.request(`${path}?charset=gb18030`)
  expect(old.headers['content-type']).toBe('text/plain; charset=gb18030')
  expect(new TextDecoder('gb18030').decode(old.bytes)).toBe(text)
  expect((await forum.request('/files/none.txt')).status).toBe(404)
  const plain = await new Promise<string>((resolve, reject) => {
    httpRequest(
      { host: '127.0.0.1', port: forum.port, path, headers: { Host: 'files.example.org' }, agent: false },
      (incoming) => {
        incoming.setEncoding('utf8').on('data', resolve)
      },
    )
      .on('error', reject)
      .end()
  })
  expect(plain).toBe(text)
})

test('other hosts are the world outside', async () => {
  await start()
  const { text } = await forum.request('/some/page', { host: 'www.example.com' })
  expect(new JSDOM(text).window.document.querySelector('#outside')?.textContent).toBe('www.example.com')
})

test('a vote is counted; the count stands on the next page', async () => {
  await start()
  const [first] = forum.control.getThread('77').posts
  const { up } = first!
  const answer = await forum.request('ajax/post_vote.php', {
    method: 'POST',
    body: `action=upvote&postid=${first!.id}`,
  })
  expect(JSON.parse(answer.text)).toMatchObject({ success: true, up: up + 1 })
  expect((await forum.request(FIRST_PAGE)).text).toContain(`赞(${up + 1})`)
})

test('the seed dump stands on the forum with every line of its posts', async () => {
  const seed = new URL('../../../seeds/000_01465295b16f78d9.txt', import.meta.url)
  await start({ dumps: [seed.pathname] })
  const { text } = await forum.request('post-read.php?bid=22&threadid=17625528')
  const { document } = new JSDOM(text).window
  const dump = await readFile(seed, 'utf8')
  const bodies = [...document.querySelectorAll('.post-card .body')]
  const shown = [...bodies[0]!.querySelectorAll('p')].map((line) => line.textContent.replaceAll('\u00a0', ' '))
  const lines = dump
    .slice(dump.indexOf('\n', dump.indexOf('#p 22222309')) + 1, dump.indexOf('\n\n#p 22231454'))
    .split('\n')
  expect(shown).toEqual(lines.map((line) => line.replace(/^\[(.*)\]\(.*\)$/, '$1')))
  expect(bodies[1]!.querySelector('.quotehead')?.getAttribute('data-username')).toBe('ZOEA')
  expect([...document.querySelectorAll('.body a')].map((link) => link.getAttribute('href')?.slice(0, 44))).toEqual([
    'https://bbs.pku.edu.cn/v2/jump-to.php?url=ht',
    'https://bbs.pku.edu.cn/v2/jump-to.php?url=ht',
  ])
  expect((await forum.request('/files/000_01465295b16f78d9.txt')).text).toBe(dump)
})
