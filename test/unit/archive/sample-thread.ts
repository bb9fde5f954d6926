import type { Post, Thread } from '../../../core/thread.ts'
import { Archive } from '../../../archive/database.ts'
import type { Reading } from '../../../archive/records.ts'
import { IDBFactory, IDBKeyRange } from 'fake-indexeddb'

export function postOf(id: string, more: Partial<Post> = {}): Post {
  const text = more.text ?? `第${id}个帖子`
  return { id, author: { username: 'reader' }, html: `<p>${text}</p>`, text, quotes: [], attachments: [], ...more }
}

export function threadOf(posts: Post[], more: Partial<Thread> = {}): Thread {
  return {
    key: 'pku-bbs/bbs.pku.edu.cn/22/1',
    site: 'pku-bbs',
    id: '1',
    url: 'https://bbs.pku.edu.cn/v2/post-read.php?bid=22&threadid=1',
    title: '标题',
    posts,
    ...more,
  }
}

/** A reading of a page, `minute` minutes after a fixed time. */
export function pageRead(page: number, minute = 0): Reading {
  return { source: 'page', page, readAt: timeAt(minute) }
}

export function dumpRead(minute = 0): Reading {
  return { source: 'dump', readAt: timeAt(minute) }
}

export function timeAt(minute: number): string {
  return new Date(Date.UTC(2024, 0, 1) + minute * 60_000).toISOString()
}

/** An archive in a database of its own. */
export function newArchive(factory: IDBFactory = new IDBFactory()): Archive {
  return new Archive('loulan', { indexedDB: factory, IDBKeyRange })
}

export function idsOf(posts: readonly { id: string }[]): string[] {
  return posts.map(({ id }) => id)
}
