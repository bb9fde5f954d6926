import type { SaveReason } from '../core/save-report.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { withState } from './saves.ts'

/**
 * Puts saves that wait for one reason back into the queue, all of them or those at a host. Returns how many. Throws
 * {@link ArchiveError}.
 */
export function wakeSaves(archive: Archive, reason: SaveReason, host?: string): Promise<number> {
  return guard(archive, () =>
    archive.transaction('rw', archive.saves, async () => {
      const waiting = await archive.saves.where('state').equals('waiting').toArray()
      const woken = waiting.filter((save) => save.reason === reason && (host === undefined || save.host === host))
      await archive.saves.bulkPut(woken.map((save) => withState(save, 'queued')))
      return woken.length
    }),
  )
}
