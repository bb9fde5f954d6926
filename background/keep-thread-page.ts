import { ArchiveError } from '../archive/archive-error.ts'
import { evictCached } from '../archive/evict.ts'
import { storePage } from '../archive/store-page.ts'
import { storeThread } from '../archive/store-thread.ts'
import { purgeTrash } from '../archive/trash.ts'
import { measureLongPage } from '../core/post-lengths.ts'
import { findPageAddress, type ThreadPage } from '../core/thread-page.ts'
import type { VisitReport } from '../core/thread-visit.ts'
import { browser } from 'wxt/browser'
import { isHomePattern, sitePattern } from '../core/site-access.ts'
import { onOwnMessage, onPublicMessage, type Sender } from '../messages/messenger.ts'
import type { CacheOutcome, JoinReply, ThreadPageReply } from '../messages/protocol.ts'
import { readSettings } from '../settings/settings.ts'
import { noteSite } from '../settings/site-records.ts'
import { useArchive } from './archive.ts'
import { LONGEST_PAGE, lookAtTab } from './look-at-tab.ts'
import { findVisit } from './note-reading.ts'
import { noteThreadPage } from './saving/note-thread-page.ts'
import { isPlainAddress } from './saving/plain-address.ts'
import { noteThreadTab, tellTabs } from './saving/thread-tabs.ts'
import { readPage } from './read-page.ts'
import { isSiteGranted } from './site-access.ts'

/** Looking for what to evict reads a row for every thread, so it is done for one page in so many. */
const PAGES_BETWEEN_EVICTIONS = 20

/** Forgotten when the service worker stops, which only makes the next look come sooner. */
let pagesKept = 0

/** Parses each thread page that a content script met, and keeps it for reading offline. */
export function handleThreadPages(): void {
  onPublicMessage('threadPageRead', async (data, sender) => {
    const page = await parseCapture(data, sender)
    return page ? keepMetPage(page, sender, data.url) : { cached: 'not-a-thread' }
  })
  onPublicMessage('threadPageJoined', async (data, sender) => {
    const page = await parseCapture(data, sender)
    return page ? { ...joinReplyTo(page), ...(await keepJoinedPage(page, sender, data)) } : {}
  })
  onOwnMessage('keepTab', ({ tabId }) => keepTab(tabId))
}

/** A content script may speak for its own tab's site only: nothing else can put pages into a thread's cache. */
async function parseCapture(data: unknown, sender: Sender): Promise<ThreadPage | undefined> {
  const { url, html } = (data ?? {}) as { url?: unknown; html?: unknown }
  if (typeof url !== 'string' || typeof html !== 'string' || html.length > LONGEST_PAGE) return undefined
  if (!URL.canParse(url) || !sender.url || new URL(url).origin !== new URL(sender.url).origin) return undefined
  return readPage(html, url)
}

/** A page that came by itself: kept where the reader lets pages be cached, and the site has not been revoked since. */
async function keepMetPage(page: ThreadPage, sender: Sender, url: string): Promise<ThreadPageReply> {
  const lengths = measureLongPage(page.thread.posts)
  const reply = { ...replyTo(page), ...(lengths && { lengths }) }
  if (page.thread.posts.length === 0) return { ...reply, cached: 'not-a-thread' }
  if (sender.tab?.incognito) return { ...reply, cached: 'private-window' }
  if (!(await isAllowedOn(sender.url!, page))) return { ...reply, cached: 'site-revoked' }
  const { caching } = await readSettings()
  if (!caching) {
    // What is kept of the thread is asked for next: the page need not be read once more for that.
    await noteThreadTab(sender, page.thread.key, url, 0)
    return { ...reply, cached: 'caching-off' }
  }
  const { cached, added } = await keepPage(page, url)
  const [visit] = await Promise.all([findVisit(page), noteThreadPage(page, sender, url, added)])
  return { ...reply, cached, ...(visit && { visit }) }
}

/** A page that joins another in its tab: kept like one that came by itself, but the tab stays the other one's. */
async function keepJoinedPage(
  page: ThreadPage,
  sender: Sender,
  { url, key }: { url: string; key?: unknown },
): Promise<{ visit?: VisitReport }> {
  const isWanted = page.thread.key === key && page.thread.posts.length > 0 && !page.problem
  if (!isWanted || sender.tab?.incognito || !(await isAllowedOn(sender.url!, page))) return {}
  if (!(await readSettings()).caching) return {}
  await keepPage(page, url)
  const [visit] = await Promise.all([findVisit(page), tellTabs(page.thread.key)])
  return { ...(visit && { visit }) }
}

function joinReplyTo(page: ThreadPage): JoinReply {
  const { problem, ...place } = replyTo(page)
  return { ...place, ...(problem && { problem: problem.code }) }
}

/** The page that the reader asked to keep: looked at once, with the right that the click on the button gives. */
async function keepTab(tabId: number): Promise<ThreadPageReply> {
  const look = await lookAtTab(tabId)
  const page = look.kind === 'page' && (await readPage(look.capture.html, look.capture.url))
  return page ? keepPageOf(page, tabId, look.capture.url) : { cached: 'not-a-thread' }
}

/** Keeps a page that was read from a tab because the reader asked for it. */
export async function keepPageOf(page: ThreadPage, tabId: number, url: string): Promise<ThreadPageReply> {
  if (page.thread.posts.length === 0) return { cached: 'not-a-thread' }
  const { incognito } = await browser.tabs.get(tabId)
  if (incognito) return { ...replyTo(page), cached: 'private-window' }
  const { cached } = await keepPage(page, url)
  return { ...replyTo(page), cached }
}

/** A script that was left in a page may ask for what is no longer granted. Where it is, the site's engine is noted. */
async function isAllowedOn(url: string, { thread }: ThreadPage): Promise<boolean> {
  const pattern = sitePattern(url)
  if (pattern === undefined || !(await isSiteGranted(url))) return false
  if (!isHomePattern(pattern)) await noteSite(pattern, { engine: thread.site })
  return true
}

function replyTo(read: ThreadPage): Omit<ThreadPageReply, 'cached' | 'visit'> {
  const { thread, page, problem } = read
  const next = findPageAddress(read, page + 1)
  return { key: thread.key, page, ...(next && { next }), ...(problem && { problem }) }
}

/** Keeps a page; says too how many of its posts were not kept before. */
async function keepPage(threadPage: ThreadPage, url: string): Promise<{ cached: CacheOutcome; added: number }> {
  const { thread, page } = threadPage
  const archive = useArchive()
  const reading = { source: 'page' as const, page, readAt: new Date().toISOString(), opened: true }
  try {
    const store = isPlainAddress(url, threadPage) ? storePage : storeThread
    const { added } = await store(archive, thread, reading)
    if (pagesKept++ % PAGES_BETWEEN_EVICTIONS === 0) {
      const { cacheMegabytes } = await readSettings()
      await purgeTrash(archive, { now: new Date() })
      await evictCached(archive, cacheMegabytes * 1_000_000, { keep: thread.key })
    }
    return { cached: 'cached', added }
  } catch (error) {
    if (!(error instanceof ArchiveError)) throw error
    console.error('[loulan] the page was not kept', error)
    return { cached: 'failed', added: 0 }
  }
}
