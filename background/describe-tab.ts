import { describeThread } from '../archive/describe-thread.ts'
import { findThreadRecord } from '../archive/read-thread.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import { onOwnMessage, sendToTab } from '../messages/messenger.ts'
import type { PageCapture, TabReport } from '../messages/protocol.ts'
import { readThreadPage } from '../sites/registry.ts'
import { readLinkCleaner } from '../settings/link-rules.ts'
import { LONGEST_PAGE } from './keep-thread-page.ts'
import { useArchive } from './archive.ts'

/** Says what stands in a tab, for the popup. */
export function handleTabDescriptions(): void {
  onOwnMessage('describeTab', async ({ tabId }) => {
    const capture = await findCapture(tabId)
    const page = capture && readCapture(capture)
    if (!page) return { kind: 'other' }
    return page.thread.posts.length === 0 && page.problem
      ? { kind: 'problem', problem: page.problem, key: page.thread.key }
      : describePage(page, tabId)
  })
}

/** The capture that the tab's content script holds; undefined where none runs, or no thread stands there. */
async function findCapture(tabId: number): Promise<PageCapture | undefined> {
  try {
    return await sendToTab('getCapture', undefined, tabId)
  } catch {
    return undefined // No content script of ours in that tab: it is simply another page.
  }
}

function readCapture(capture: Partial<PageCapture>): ThreadPage | undefined {
  const { url, html } = capture
  if (typeof url !== 'string' || typeof html !== 'string' || html.length > LONGEST_PAGE) return undefined
  return readThreadPage(html, url)
}

/** Describes the page as it stands in the tab, and says how much of the thread is kept. */
async function describePage({ thread, page }: ThreadPage, tabId: number): Promise<TabReport> {
  const archive = useArchive()
  const [record, aids, cleanLink] = await Promise.all([
    findThreadRecord(archive, thread.key).catch(() => undefined),
    sendToTab('getAidStates', undefined, tabId).catch(() => []),
    readLinkCleaner((host) => host === new URL(thread.url).hostname),
  ])
  const cachedPosts = record?.postCount ?? 0
  const overview = describeThread(thread, cleanLink)
  return { kind: 'thread', page, overview, cachedPosts, cached: record !== undefined, aids }
}
