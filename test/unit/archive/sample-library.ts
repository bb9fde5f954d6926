import type { Archive } from '../../../archive/database.ts'
import { keepFile, wantFiles } from '../../../archive/file-addresses.ts'
import { lookAtFile } from '../../../archive/kept-files.ts'
import { storeThread } from '../../../archive/store-thread.ts'
import { tagThreads } from '../../../archive/tag-threads.ts'
import { writeBackup } from '../../../archive/backup/write-backup.ts'
import { postOf, threadOf, timeAt } from './sample-thread.ts'

export const PICTURE = Uint8Array.from(
  atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
  (character) => character.charCodeAt(0),
)

/** A thread of that many posts, which has been read, edited, tagged and saved, with a picture. */
export async function fillLibrary(archive: Archive, threads = 3, posts = 30): Promise<void> {
  for (let index = 1; index <= threads; index++) {
    const key = `pku-bbs/bbs.pku.edu.cn/22/${index}`
    const all = Array.from({ length: posts }, (_, post) =>
      postOf(`${(post * 7919) % 100_003}`, {
        floor: post + 1,
        html: `<p>帖子 ${index} 的第 ${post + 1} 楼，有 <a href="https://example.org/${post}">链接</a></p>`,
        text: `帖子 ${index} 的第 ${post + 1} 楼，有 链接`,
      }),
    )
    const more = { key, id: String(index), title: `标题 ${index}`, board: { id: '22', name: '版面' }, pageCount: 1 }
    await storeThread(archive, threadOf(all, more), {
      source: 'page',
      page: 1,
      readAt: timeAt(index),
      save: index === 1,
    })
    const edited = all.slice(0, 2).map((post) => ({ ...post, text: '改过的话', html: '<p>改过的话</p>' }))
    await storeThread(archive, threadOf(edited, more), { source: 'page', page: 1, readAt: timeAt(index + 100) })
    const url = `https://example.org/${index}.png`
    await wantFiles(archive, key, [{ url, kind: 'picture' }])
    await keepFile(
      archive,
      { threadKey: key, url },
      await lookAtFile(index === 1 ? PICTURE : new Uint8Array([index])),
      timeAt(1),
    )
  }
  await tagThreads(archive, ['pku-bbs/bbs.pku.edu.cn/22/1'], { add: ['公文', '旧'] }, { at: timeAt(5) })
}

/** Everything in the library that a reader would miss. */
export async function libraryOf(archive: Archive) {
  const files = await archive.files.toArray()
  return {
    threads: await archive.threads.toArray(),
    posts: await archive.posts.toCollection().sortBy('position'),
    files: await Promise.all(files.map(async ({ bytes, ...rest }) => ({ ...rest, text: await bytes.text() }))),
    addresses: await archive.fileAddresses.toArray(),
  }
}

export async function backupOf(archive: Archive, settings: Record<string, unknown> = {}): Promise<File> {
  const pieces = await Array.fromAsync(writeBackup(archive, { createdAt: timeAt(1000), extension: '0.0.1', settings }))
  return new File(pieces, 'loulan-backup.jsonl.gz')
}
