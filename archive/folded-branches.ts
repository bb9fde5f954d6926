import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { omit } from './plain-value.ts'
import type { VisitRecord } from './visits.ts'

/** So many branches of a thread are remembered; beyond, those that were folded first are forgotten. */
const MOST_BRANCHES = 5000

/** The posts whose branches the reader folded; none where the thread was never visited. Throws `ArchiveError`. */
export function findFoldedBranches(archive: Archive, threadKey: string): Promise<readonly string[]> {
  return guard(archive, async () => (await archive.visits.get(threadKey))?.foldedIds ?? [])
}

/**
 * Notes which branches of a thread are folded, beside what was read of it: both are forgotten together. Throws
 * `ArchiveError`.
 */
export function noteFoldedBranches(
  archive: Archive,
  threadKey: string,
  postIds: readonly string[],
  now = new Date(),
): Promise<void> {
  return guard(archive, () =>
    archive.transaction('rw', archive.visits, async () => {
      const at = now.toISOString()
      // A long thread can be folded before all of it is there, and its visit begins.
      const visit = (await archive.visits.get(threadKey)) ?? newVisit(threadKey, at)
      const folded = postIds.slice(-MOST_BRANCHES)
      const rest = omit(visit, 'foldedIds')
      await archive.visits.put(folded.length > 0 ? { ...rest, foldedIds: folded } : rest)
    }),
  )
}

function newVisit(threadKey: string, at: string): VisitRecord {
  return { threadKey, startedAt: at, lastAt: at, readIds: [], newIds: [] }
}
