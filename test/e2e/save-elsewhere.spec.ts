import { readFileSync } from 'node:fs'
import { readerAddress } from '../../core/reader-address.ts'
import { engineForums } from '../forum/engines/engines.ts'
import type { EngineForum } from '../forum/engines/engine.ts'
import { waitForThread } from './archive.ts'
import { makeVariant, openOwnPage } from './extension-pages.ts'
import { expect, test } from './fixtures.ts'

/** A whole thread of three pages, saved from each engine's forum, comes out as the words that were put in. */

/** The posts as the dump format writes them: times by the clock of Shanghai, links and quotes after the words. */
function expectedPosts({ id: engine, topic }: EngineForum): string {
  const clock = (at: string) =>
    new Date(Date.parse(at) + 8 * 3_600_000).toISOString().replace('T', ' ').replace('.000Z', '')
  return topic.posts
    .map(({ id, floor, author, at, paragraphs, link, quotes }) => {
      const words = [...paragraphs, ...(link ? [`[${link.text}](${link.address})`] : [])]
      const quoted = quotes === undefined ? undefined : topic.posts[quotes]!
      const quote = quoted ? `#quote ${quoted.author.name}\n${quoted.paragraphs[0]}\n` : ''
      // Discourse names posts by their places.
      return `#p ${engine === 'discourse' ? floor : id} ${author.name} ${clock(at)}\n${words.join('\n')}\n${quote}\n`
    })
    .join('')
}

test('threads of three pages, saved whole', async ({ launch }) => {
  test.setTimeout(150_000)
  const variant = makeVariant({ manifest: { host_permissions: engineForums.map(({ host }) => `*://${host}/*`) } })
  try {
    const extension = await launch({ extensionDir: variant.folder })
    const page = await openOwnPage(extension, 'options.html')
    await page.evaluate(() => chrome.storage.local.set({ 'setting:saveSecondsBetweenRequests': 1 }))
    for (const forum of engineForums) {
      await page.evaluate(
        (url) => chrome.runtime.sendMessage({ id: 1, type: 'saveThread', data: { url }, timestamp: Date.now() }),
        forum.address(),
      )
    }
    for (const forum of engineForums) {
      const key = `${forum.id}/${forum.host}/${forum.topic.id}`
      await expect(() => waitForThread(extension, key, forum.topic.posts.length)).toPass({ timeout: 60_000 })
      const reader = await openOwnPage(extension, readerAddress(key))
      await reader.getByRole('button', { name: '导出' }).click()
      await reader.getByRole('radio', { name: '帖子文本' }).check()
      const start = reader.getByRole('dialog').getByRole('button', { name: '导出', exact: true })
      const [download] = await Promise.all([reader.waitForEvent('download'), start.click()])
      const dump = readFileSync(await download.path(), 'utf8')
      expect(dump.split('\n')[1]).toBe(forum.topic.title)
      expect(dump.slice(dump.indexOf('#p '))).toBe(expectedPosts(forum))
      await reader.close()
    }
  } finally {
    variant.remove()
  }
})
