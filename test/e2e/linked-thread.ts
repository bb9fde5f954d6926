import type { Page } from '@playwright/test'
import { requestForum } from '../forum/client.ts'
import type { Forum } from '../forum/forum.ts'
import { LONG_THREAD, threadUrl } from './fixtures.ts'

/** The long thread's own addresses, and its first post with links that a test writes into it. */

export const FIRST = LONG_THREAD.posts[0]!.id
export const THREAD_URL = `https://bbs.pku.edu.cn/v2/post-read.php?bid=${LONG_THREAD.board.id}&threadid=${LONG_THREAD.id}`
/** The address of the first post. */
export const PERMALINK = `${THREAD_URL}&page=a&postid=${FIRST}#${FIRST}`

/** Links of every kind: wrapped, tracked, short, lying about where they lead, and such as are left alone. */
export const MARKUP = [
  '<a id="jump" href="jump-to.php?url=https%3A%2F%2Fnews.example%2Fa%3Fid%3D1%26utm_source%3Dbbs">这里</a>',
  '<a id="tracked" href="https://example.org/a?id=7&amp;utm_source=x&amp;spm=1">文章</a>',
  '<a id="short" href="http://t.cn/A6abcdef">短链接</a>',
  '<a id="trap" href="jump-to.php?url=https%3A%2F%2Fevil.example%2F">https://www.bank.com/login</a>',
  '<a id="credentials" href="https://bank.com@evil.example/">银行</a>',
  '<a id="mixed" href="https://аpple.com/">苹果</a>',
  '<a id="punycode" href="https://xn--80ak6aa92e.com/">另一个</a>',
  '<a id="own" href="post-read.php?bid=22&amp;threadid=17625528">http://www.bdwm.net/v2/</a>',
  '<a id="script" href="javascript:void(0)">https://bank.com</a>',
  '<a id="mail" href="mailto:a@example.org">写信</a>',
].join(' ')

/** Opens the thread with raw markup at the start of its first post, as a forum's own editor can write it. */
export async function openWith(
  page: Page,
  forum: Forum,
  markup: string,
  url = threadUrl(LONG_THREAD),
  headers: Record<string, string> = {},
): Promise<void> {
  const { text } = await requestForum(forum.port, forum.certificate, new URL(url).pathname + new URL(url).search)
  const html = text.replace(/(class="body[^"]*"[^>]*>)/, (start) => start + markup)
  await page.route(url, (route) =>
    route.fulfill({ headers: { 'Content-Type': 'text/html; charset=utf-8', ...headers }, body: html }),
  )
  await page.goto(url)
  await page.locator('.loulan-length').waitFor()
}
