import type { ThreadRecord } from '../../archive/records.ts'
import type { Chromium } from '../browsers/chromium.ts'

const WORDS = [
  '未名湖',
  '食堂',
  '选课',
  '毕业',
  '转让',
  '求助',
  '讨论',
  '通知',
  '租房',
  '实习',
  '音乐',
  '电影',
  '跑步',
  '考研',
]
const BOARDS = ['三角地', '别问我是谁', '跳蚤市场', '体育天地', '读书', '影视']
const TAGS = ['要读', '资料', '好文', '工作']

/** Row number `index` of a made library: no two alike in title or time, and something of everything. */
export function madeThread(index: number): ThreadRecord {
  const [word, next] = [WORDS[(index * 3) % WORDS.length]!, WORDS[(index * 5 + 3) % WORDS.length]!]
  const board = index % BOARDS.length
  const readAt = new Date(Date.UTC(2026, 0, 1) + index * 600_000).toISOString()
  const pageCount = 1 + ((index * 13) % 40)
  const isSaved = index % 3 === 0
  const pagesRead = index % 11 === 0 ? Math.ceil(pageCount / 2) : pageCount
  const tags = TAGS.filter((_tag, place) => index % (5 + place) === 0)
  return {
    key: `pku-bbs/bbs.pku.edu.cn/${100 + board}/${1_000_000 + index}`,
    site: 'pku-bbs',
    id: String(1_000_000 + index),
    url: `https://bbs.pku.edu.cn/v2/post-read.php?bid=${100 + board}&threadid=${1_000_000 + index}`,
    title: `${word}与${next}：关于第 ${index} 个话题的讨论`,
    board: { id: String(100 + board), name: BOARDS[board]! },
    author: { username: `reader${index % 400}`, nickname: `${word}人` },
    lastReply: { at: readAt.replace('Z', '+08:00') },
    pageCount,
    firstReadAt: readAt,
    lastReadAt: readAt,
    lastOpenedAt: readAt,
    recentAt: readAt,
    ...(isSaved ? { savedAt: readAt } : {}),
    source: 'page',
    pages: Object.fromEntries(Array.from({ length: pagesRead }, (_, page) => [page + 1, readAt])),
    tags,
    postCount: pageCount * 20,
    characters: 900 * pageCount + ((index * 17) % 900),
    words: 0,
    bytes: 12_000 * pageCount,
    incomplete: pagesRead < pageCount,
    unreadPosts: index % 9 === 0 ? 1 + (index % 5) : 0,
    goneCount: index % 17 === 0 ? 1 + (index % 3) : 0,
  }
}

/** Puts threads' rows, without posts, into the archive as it lies in the browser; the database is made where there is none. */
export async function plantThreads(extension: Chromium, records: readonly ThreadRecord[]): Promise<void> {
  const page = await extension.context.newPage()
  await page.goto(extension.extensionUrl('/library.html'))
  await page.getByRole('heading', { level: 1 }).waitFor()
  await page.locator('.notice-box, .thread-row').first().waitFor()
  await page.evaluate(putAll, records as ThreadRecord[])
  await page.close()
}

/** Runs in the page. */
async function putAll(records: ThreadRecord[]): Promise<void> {
  const database = await new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('loulan')
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error!)
  })
  const transaction = database.transaction('threads', 'readwrite')
  for (const record of records) transaction.objectStore('threads').put(record)
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error!)
  })
  database.close()
}
