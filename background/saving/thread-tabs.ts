import { browser } from 'wxt/browser'
import { sendToTab } from '../../messages/messenger.ts'
import type { Sender } from '../../messages/messenger.ts'
import { useArchive } from '../archive.ts'
import { findKeeping } from './find-keeping.ts'
import { withoutHash } from './without-hash.ts'

/** Which thread stands in a tab: remembered outside of the worker, which may be stopped, and forgotten with the browser. */
interface ThreadTab {
  key: string
  /** The page's address without its fragment. */
  url: string
  /** Identity of the document, where the browser tells. */
  documentId?: string
  /** Posts of this visit that had not been kept before. */
  newPosts: number
}

const PREFIX = 'thread-tab:'

/** Notes that a thread's page stands in the sender's tab; `added` posts of it were not kept before. Not of private windows. */
export async function noteThreadTab(sender: Sender, key: string, url: string, added: number): Promise<void> {
  const { tab } = sender
  if (tab?.id === undefined || tab.incognito) return
  const { documentId } = sender as { documentId?: string }
  const former = await findThreadTab(tab.id)
  // The same page captured once more, when more of its posts had come.
  const isSameVisit = former?.key === key && former.url === withoutHash(url) && former.documentId === documentId
  const newPosts = added + (isSameVisit && documentId !== undefined ? former.newPosts : 0)
  const noted: ThreadTab = { key, url: withoutHash(url), newPosts, ...(documentId !== undefined && { documentId }) }
  await browser.storage.session.set({ [PREFIX + tab.id]: noted })
}

/** The thread in a tab, if its page still stands at `url`. */
export async function findThreadTab(tabId: number, url?: string): Promise<ThreadTab | undefined> {
  const found = (await browser.storage.session.get(PREFIX + tabId))[PREFIX + tabId] as ThreadTab | undefined
  return url === undefined || found?.url === withoutHash(url) ? found : undefined
}

/** Tells every tab that shows a thread what is kept of it now; forgets tabs that are gone. */
export async function tellTabs(key: string): Promise<void> {
  const stored = (await browser.storage.session.get(null)) as Record<string, ThreadTab>
  const tabs = Object.entries(stored).filter(([name, tab]) => name.startsWith(PREFIX) && tab.key === key)
  if (tabs.length === 0) return
  const keeping = await findKeeping(useArchive(), key)
  if (!keeping) return
  await Promise.all(
    tabs.map(async ([name, { newPosts }]) => {
      const tabId = Number(name.slice(PREFIX.length))
      await sendToTab('showThreadKeeping', { ...keeping, newPosts }, tabId).catch(() => forgetIfGone(name, tabId))
    }),
  )
}

/** A tab that does not listen may still stand there: its script has not come that far, or the aid is switched off. */
async function forgetIfGone(name: string, tabId: number): Promise<void> {
  await browser.tabs.get(tabId).catch(() => browser.storage.session.remove(name))
}
