import type { ReadingPlace, VisitReport } from '../core/thread-visit.ts'
import type { Post } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'

/** A row of the table `visits`: what a reader has seen of a thread. It outlives the thread's posts in the cache. */
export interface VisitRecord {
  threadKey: string
  /** When the visit that goes on began, and when something of it was last heard; ISO 8601 in UTC. */
  startedAt: string
  lastAt: string
  /** When the visit before that ended. */
  previousAt?: string
  /** Ids of the posts that were on the screen. */
  readIds: string[]
  /** Ids of posts that were new and have not been on the screen since: they stay new, however many visits. */
  newIds: string[]
  place?: ReadingPlace
  /** Where the visit before this one stopped. */
  previousPlace?: ReadingPlace
  /** Posts whose branches are folded in the reader; see `folded-branches.ts`. */
  foldedIds?: string[]
}

/** Who comes back within this time goes on with the same visit: what is new stays new while pages are turned. */
const VISIT_GAP = 30 * 60 * 1000

/** So many threads are remembered; beyond, those not visited for longest are forgotten, some at a time. */
const MOST_VISITS = 5000
const FORGOTTEN_AT_ONCE = 100

/** A post as far as its newness goes. */
type DatedPost = Pick<Post, 'id' | 'postedAt'>

/**
 * Notes that a page of a thread is being read, and says which of its posts are new since the visit before: not seen yet,
 * and posted after that ended (without a time: with a number above all that were seen). In one transaction. Throws
 * {@link ArchiveError}.
 */
export function beginVisit(
  archive: Archive,
  threadKey: string,
  posts: readonly DatedPost[],
  now = new Date(),
): Promise<VisitReport> {
  return guard(archive, () =>
    archive.transaction('rw', archive.visits, async () => {
      const visit = goOn(await archive.visits.get(threadKey), threadKey, now)
      const report = describeVisit(visit, posts)
      await archive.visits.put({ ...visit, newIds: [...new Set([...visit.newIds, ...report.newIds])] })
      if (visit.startedAt === visit.lastAt) await forgetOldest(archive)
      return report
    }),
  )
}

/** Notes what was on the screen and where reading stands; nothing where no visit was begun. Throws {@link ArchiveError}. */
export function noteReading(
  archive: Archive,
  threadKey: string,
  { readIds, place }: { readIds: readonly string[]; place?: ReadingPlace | undefined },
  now = new Date(),
): Promise<void> {
  return guard(archive, () =>
    archive.transaction('rw', archive.visits, async () => {
      const visit = await archive.visits.get(threadKey)
      if (!visit) return
      const known = new Set(visit.readIds)
      const added = readIds.filter((id) => !known.has(id) && known.add(id))
      await archive.visits.put({
        ...visit,
        lastAt: now.toISOString(),
        readIds: [...visit.readIds, ...added],
        newIds: visit.newIds.filter((id) => !known.has(id)),
        ...(place && { place }),
      })
    }),
  )
}

/** Says what a visit means for posts; pure. */
export function describeVisit(
  { threadKey, previousAt, previousPlace, readIds, newIds }: VisitRecord,
  posts: readonly DatedPost[],
): VisitReport {
  const read = new Set(readIds)
  const stillNew = new Set(newIds)
  const highest = readIds.reduce((most, id) => Math.max(most, numberOf(id)), -1)
  const isNew = ({ id, postedAt }: DatedPost) => {
    if (read.has(id)) return false
    if (stillNew.has(id)) return true
    const at = postedAt === undefined ? Number.NaN : Date.parse(postedAt)
    return Number.isNaN(at) ? highest >= 0 && numberOf(id) > highest : at > Date.parse(previousAt!)
  }
  return {
    key: threadKey,
    newIds: previousAt === undefined ? [] : posts.filter(isNew).map(({ id }) => id),
    ...(previousAt !== undefined && { previousAt }),
    ...(previousPlace && { place: previousPlace }),
  }
}

function goOn(known: VisitRecord | undefined, threadKey: string, now: Date): VisitRecord {
  const at = now.toISOString()
  if (!known) return { threadKey, startedAt: at, lastAt: at, readIds: [], newIds: [] }
  if (now.getTime() - Date.parse(known.lastAt) < VISIT_GAP) return { ...known, lastAt: at }
  const { readIds, newIds, place, lastAt, foldedIds } = known
  return {
    ...{ threadKey, startedAt: at, lastAt: at, previousAt: lastAt, readIds, newIds },
    ...(place && { place, previousPlace: place }),
    ...(foldedIds && { foldedIds }),
  }
}

/** Ids that are no numbers say nothing of what came first. */
function numberOf(id: string): number {
  return /^\d{1,15}$/.test(id) ? Number(id) : -1
}

async function forgetOldest(archive: Archive): Promise<void> {
  if ((await archive.visits.count()) <= MOST_VISITS) return
  await archive.visits.orderBy('lastAt').limit(FORGOTTEN_AT_ONCE).delete()
}
