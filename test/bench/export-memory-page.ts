import { openArchive } from '../../archive/database.ts'
import { keepFile, wantFiles } from '../../archive/file-addresses.ts'
import { lookAtFile } from '../../archive/kept-files.ts'
import { storeThread } from '../../archive/store-thread.ts'
import type { Post, Thread } from '../../core/thread.ts'

/** What `export-memory.bench.ts` runs in a page of the extension, under the name `bench`. */

const TEXT = '每一层楼都有人写下自己的话，长的短的，有的只是路过。'.repeat(4)

function postOf(floor: number, picture?: string): Post {
  const image = picture === undefined ? '' : `<p><img src="${picture}"></p>`
  return {
    ...{ id: String(1_000_000 + floor), floor, author: { username: `reader${floor % 50}` } },
    ...{ html: `<p>${floor}：${TEXT}</p>${image}`, text: `${floor}：${TEXT}`, quotes: [] },
    attachments: picture === undefined ? [] : [{ name: '图.png', url: picture, kind: 'image' }],
  }
}

function threadOf(id: string, posts: Post[]): Thread {
  const url = `https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=${id}`
  return { key: `pku-bbs/bbs.pku.edu.cn/22/${id}`, site: 'pku-bbs', id, url, title: `有图的帖子 ${id}`, posts }
}

/** Bytes that cannot be packed, and begin as a picture does. */
function makePicture(size: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(size)
  for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536))
  bytes.set([
    0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52, 0, 0, 1, 0, 0, 0, 1, 0,
  ])
  return bytes
}

/** Saves threads of 50 posts with so many pictures each. */
async function fill(threads: number, pictures: number, size: number): Promise<void> {
  const archive = openArchive()
  const now = new Date().toISOString()
  for (let index = 0; index < threads; index++) {
    const url = (number: number) => `https://bbs.pku.edu.cn/attach/${index}-${number}.png`
    const posts = Array.from({ length: 50 }, (_, number) =>
      postOf(number + 1, number < pictures ? url(number) : undefined),
    )
    const thread = threadOf(String(index), posts)
    await storeThread(archive, thread, { source: 'page', page: 1, readAt: now, save: true })
    const wanted = Array.from({ length: pictures }, (_, number) => ({ url: url(number), kind: 'picture' as const }))
    await wantFiles(archive, thread.key, wanted)
    for (const { url: address } of wanted)
      await keepFile(archive, { threadKey: thread.key, url: address }, await lookAtFile(makePicture(size)), now)
  }
  archive.close()
}

/** Saves one thread of so many posts. */
async function fillLong(posts: number): Promise<void> {
  const archive = openArchive()
  const now = new Date().toISOString()
  for (let from = 0; from < posts; from += 2000) {
    const piece = Array.from({ length: Math.min(2000, posts - from) }, (_, index) => postOf(from + index + 1))
    await storeThread(archive, threadOf('9', piece), { source: 'dump', readAt: now, save: true })
  }
  archive.close()
}

const bench = { fill, fillLong }
export type ExportBench = typeof bench
Object.assign(globalThis, { bench })
