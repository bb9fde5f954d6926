import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { TextWriter } from './note-texts.ts'

/** Posts after which a step ends: it holds up all other writes. */
const POSTS_IN_STEP = 2000

/** How many threads of an earlier version cannot be found yet; in the caller's transaction, if there is one. */
export async function countBacklog(archive: Archive): Promise<number> {
  const backlog = await archive.textBacklog.get('backlog')
  return backlog ? archive.threads.where('key').above(backlog.after).count() : 0
}

/**
 * Makes the next threads of an earlier version findable, a few small ones or one large one, in one transaction: a kill
 * loses the step in hand, and several pages may work at once. False when nothing is left. Throws {@link ArchiveError}.
 */
export async function workOffBacklog(archive: Archive): Promise<boolean> {
  // Asked after each write and each search, mostly in vain: the tables are not held up for that.
  if (!(await guard(archive, () => archive.textBacklog.get('backlog')))) return false
  return guard(archive, () =>
    archive.transaction('rw', [...archive.threadTables, archive.textBacklog], async () => {
      const backlog = await archive.textBacklog.get('backlog')
      if (!backlog) return false
      const texts = new TextWriter(archive)
      let { after } = backlog
      for (let posts = 0; posts < POSTS_IN_STEP;) {
        const thread = await archive.threads.where('key').above(after).first()
        if (!thread) {
          await renewTrashed(archive, texts)
          await texts.finish()
          await archive.textBacklog.delete('backlog')
          return false
        }
        await texts.renew(thread.key)
        after = thread.key
        posts += 1 + thread.postCount
      }
      await texts.finish()
      await archive.textBacklog.put({ id: 'backlog', after })
      return true
    }),
  )
}

/** A thread that was deleted meanwhile may come back as it was, its posts where they have been all the time. */
async function renewTrashed(archive: Archive, texts: TextWriter): Promise<void> {
  const trashed = await archive.trash.toArray()
  const lying = new Set(trashed.flatMap(({ key, posts }) => (posts === undefined ? [key] : [])))
  for (const key of lying) if (!(await archive.threads.get(key))) await texts.renew(key)
}
