import 'fake-indexeddb/auto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openArchive } from '../../../archive/database.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { cleanLink } from '../../../core/links.ts'
import { readThreadPage } from '../../../sites/registry.ts'

const html = readFileSync(join(import.meta.dirname, '../../../seeds/pku-bbs/thread-first-page/page.html'), 'utf8')
const { thread } = readThreadPage(html, 'https://bbs.pku.edu.cn/v2/post-read.php')!
const query = `bid=${thread.board!.id}&threadid=${thread.id}`
const post = thread.posts[0]!.id

const ADDRESSES = [
  `https://bbs.pku.edu.cn/v2/post-read.php?${query}`,
  `http://bbs.pku.edu.cn/v2/post-read.php?${query}`,
  `https://www.bdwm.net/v2/post-read.php?${query}`,
  `http://bdwm.net/v2/post-read.php?${query}&page=1`,
  `https://BBS.PKU.edu.cn/v2/post-read.php?threadid=${thread.id}&bid=${thread.board!.id}`,
  `https://bbs.pku.edu.cn/v2/post-read.php?${query}&page=a&postid=${post}#${post}`,
  `https://bbs.pku.edu.cn/v2/post-read.php?${query}&utm_source=wechat&from=groupmessage&isappinstalled=0#P${post}`,
  `https://wpn.pku.edu.cn/https/77726476706e69737468656265737421f2f552/v2/post-read.php?${query}`,
]

test('a thread reached by any of its addresses is one entry', async () => {
  const archive = openArchive()
  for (const address of ADDRESSES) {
    const page = readThreadPage(html, address)!
    expect([address, page.thread.key, page.thread.url]).toEqual([address, thread.key, thread.url])
    await storeThread(archive, page.thread, { source: 'page', page: 1, readAt: '2026-01-01T00:00:00Z' })
  }
  expect(await archive.threads.toArray()).toMatchObject([{ key: thread.key, postCount: thread.posts.length }])
  archive.close()
})

test('its address is a clean one', () => {
  expect(cleanLink(thread.url).url).toBe(thread.url)
  expect(cleanLink(ADDRESSES[6]!).url).toBe(`https://bbs.pku.edu.cn/v2/post-read.php?${query}#P${post}`)
})
