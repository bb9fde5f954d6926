import { beginVisit, noteReading } from '../archive/visits.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import { parsePostIds, parseReadingPlace, type VisitReport } from '../core/thread-visit.ts'
import { onPublicMessage } from '../messages/messenger.ts'
import { useArchive } from './archive.ts'
import { findThreadTab } from './saving/thread-tabs.ts'

/** Remembers what was on the screen, thread by thread, so that the next visit can say what is new. */
export function handleReading(): void {
  onPublicMessage('threadRead', async (data, { tab }) => {
    const { key, readIds, place } = (data ?? {}) as { key?: unknown; readIds?: unknown; place?: unknown }
    // A content script may speak of the thread in its own tab only.
    const standing = tab?.id === undefined || tab.incognito ? undefined : await findThreadTab(tab.id)
    if (standing === undefined || standing.key !== key) return
    await noteReading(useArchive(), standing.key, { readIds: parsePostIds(readIds), place: parseReadingPlace(place) })
  })
}

/** The visit that a page of a thread belongs to; undefined where it could not be stored, which is no reason to fail. */
export async function findVisit({ thread }: ThreadPage): Promise<VisitReport | undefined> {
  try {
    return await beginVisit(useArchive(), thread.key, thread.posts)
  } catch (error) {
    console.warn('[loulan] what is new could not be found out', error)
    return undefined
  }
}
