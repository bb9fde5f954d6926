import 'fake-indexeddb/auto'
import { createPinia, setActivePinia } from 'pinia'
import { storeThread } from '../../../archive/store-thread.ts'
import type { Thread } from '../../../core/thread.ts'
import { closeArchive, useArchive } from '../../../stores/open-archive.ts'

/** An empty archive and fresh stores; call it before each test. */
export async function startEmpty(): Promise<void> {
  const archive = await useArchive()
  await archive.delete()
  await closeArchive()
  setActivePinia(createPinia())
}

/** A thread of so many posts, with the given id. */
export function makeThread(id: string, posts = 2): Thread {
  return {
    key: `pku-bbs/bbs.pku.edu.cn/22/${id}`,
    site: 'pku-bbs',
    id,
    url: `https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=${id}`,
    title: `帖子 ${id}`,
    posts: Array.from({ length: posts }, (_, index) => ({
      id: String(index + 1),
      floor: index + 1,
      author: { username: 'a' },
      html: `<p>第 ${index + 1} 楼</p>`,
      text: `第 ${index + 1} 楼`,
      quotes: [],
      attachments: [],
    })),
  }
}

/** Puts threads into the archive, each read a minute after the one before. */
export async function keepThreads(...threads: Thread[]): Promise<void> {
  const archive = await useArchive()
  for (const [index, thread] of threads.entries()) {
    const readAt = new Date(Date.UTC(2026, 0, 1, 0, index)).toISOString()
    await storeThread(archive, thread, { source: 'page', page: 1, readAt })
  }
}
