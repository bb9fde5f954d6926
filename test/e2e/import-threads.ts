import { Buffer } from 'node:buffer'
import { readerAddress } from '../../core/reader-address.ts'
import type { Post, Thread } from '../../core/thread.ts'
import { formatJson } from '../../formats/json.ts'
import type { Chromium } from '../browsers/chromium.ts'
import { openOwnPage } from './extension-pages.ts'
import { expect } from './fixtures.ts'

/** A thread of made posts, each in plain words unless more is said of it. */
export function madeThread(id: string, posts: readonly Partial<Post>[], more: Partial<Thread> = {}): Thread {
  const key = `hackernews/news.ycombinator.com/${id}`
  const url = `https://news.ycombinator.com/item?id=${id}`
  return {
    ...{ key, site: 'hackernews', id, url, title: `帖子 ${id}` },
    posts: posts.map((post, index) => {
      const text = post.text ?? `第 ${index + 1} 楼的话。`
      return {
        id: String(index + 1),
        author: { username: `reader${index % 3}` },
        html: `<p>${text}</p>`,
        ...{ text, quotes: [], attachments: [] },
        ...post,
      }
    }),
    ...more,
  }
}

/** Imports a thread in the library, as a reader would; gives the path of the reader page that shows it. */
export async function importThread(extension: Chromium, thread: Thread): Promise<string> {
  const library = await openOwnPage(extension, 'library.html')
  const name = `${thread.id}.json`
  await library
    .getByLabel('选择文件', { exact: true })
    .and(library.locator('input'))
    .setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(formatJson(thread)) })
  await expect(library.getByText(`${name}：读入 1 个帖子`)).toBeVisible({ timeout: 60_000 })
  await library.close()
  return extension.extensionUrl(readerAddress(thread.key))
}
