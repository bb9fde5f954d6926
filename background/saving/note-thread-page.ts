import { findThreadRecord } from '../../archive/read-thread.ts'
import { wakeSaves } from '../../archive/wake-saves.ts'
import type { ThreadPage } from '../../core/thread-page.ts'
import type { Sender } from '../../messages/messenger.ts'
import { useArchive } from '../archive.ts'
import { goOn } from './go-on.ts'
import { noteThreadTab, tellTabs } from './thread-tabs.ts'

/**
 * A thread's page was read in a tab and kept: the tab learns what is kept of the thread, and saves that wait for a login
 * at its host are tried again, for the reader can read there.
 */
export async function noteThreadPage(page: ThreadPage, sender: Sender, url: string, added: number): Promise<void> {
  const { key } = page.thread
  // New is what came since the thread was saved: of one that is not, nothing is.
  const isSaved = (await findThreadRecord(useArchive(), key))?.savedAt !== undefined
  await noteThreadTab(sender, key, url, isSaved ? added : 0)
  await tellTabs(key)
  if (!page.problem && (await wakeSaves(useArchive(), 'login-required', new URL(url).host)) > 0) goOn()
}
