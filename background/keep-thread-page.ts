import { ArchiveError } from '../archive/archive-error.ts'
import { evictCached } from '../archive/evict.ts'
import { storeThread } from '../archive/store-thread.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import { onPublicMessage, type Sender } from '../messages/messenger.ts'
import type { ThreadPageReply } from '../messages/protocol.ts'
import { readSettings } from '../settings/settings.ts'
import { readThreadPage } from '../sites/registry.ts'
import { useArchive } from './archive.ts'

/** A page larger than this is not a thread page that anyone reads. In UTF-16 units. */
export const LONGEST_PAGE = 40_000_000

/** Looking for what to evict reads a row for every thread, so it is done for one page in so many. */
const PAGES_BETWEEN_EVICTIONS = 20

/** Forgotten when the service worker stops, which only makes the next look come sooner. */
let pagesKept = 0

/** Parses each thread page that a content script met, and keeps it for reading offline. */
export function handleThreadPages(): void {
  onPublicMessage('threadPageRead', async (data, sender) => {
    const page = parseCapture(data, sender)
    return page ? keepPage(page, sender) : { cached: 'not-a-thread' }
  })
}

/** A content script may speak for its own tab's site only: nothing else can put pages into a thread's cache. */
function parseCapture(data: unknown, sender: Sender): ThreadPage | undefined {
  const { url, html } = (data ?? {}) as { url?: unknown; html?: unknown }
  if (typeof url !== 'string' || typeof html !== 'string' || html.length > LONGEST_PAGE) return undefined
  if (!URL.canParse(url) || !sender.url || new URL(url).origin !== new URL(sender.url).origin) return undefined
  return readThreadPage(html, url)
}

async function keepPage({ thread, page, problem }: ThreadPage, sender: Sender): Promise<ThreadPageReply> {
  const reply = { key: thread.key, ...(problem && { problem }) }
  if (thread.posts.length === 0) return { ...reply, cached: 'not-a-thread' }
  if (sender.tab?.incognito) return { ...reply, cached: 'private-window' }
  const { caching, cacheMegabytes } = await readSettings()
  if (!caching) return { ...reply, cached: 'caching-off' }
  const archive = useArchive()
  try {
    await storeThread(archive, thread, { source: 'page', page, readAt: new Date().toISOString() })
    if (pagesKept++ % PAGES_BETWEEN_EVICTIONS === 0) {
      await evictCached(archive, cacheMegabytes * 1_000_000, { keep: thread.key })
    }
    return { ...reply, cached: 'cached' }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    console.error('[loulan] the page was not kept', error)
    return { ...reply, cached: 'failed' }
  }
}
