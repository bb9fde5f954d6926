import { isOpen } from '../core/save-report.ts'
import type { SaveReport } from '../core/save-report.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { countThreadFiles } from './measure-files.ts'
import type { ThreadRecord } from './records.ts'
import { planAll } from './save-plan.ts'
import { reportOf } from './save-record.ts'
import type { SaveRecord } from './save-record.ts'
import { endFiles, withState } from './saves.ts'

/** Time of a file as it is guessed before one was had, in milliseconds. */
const GUESSED_FILE_TIME = 600

/** The save goes on with the thread's pictures and files; how many there are is found out in the next step. */
export function beginFiles(save: SaveRecord): SaveRecord {
  const files = { since: save.queuedAt, done: 0, failed: 0, total: 0, milliseconds: GUESSED_FILE_TIME }
  return { ...withState(save, 'running'), files }
}

/**
 * Writes down how far a save has come with its files, from what is in the archive. Returns its row, undefined when it
 * does not run any more. Throws {@link ArchiveError}.
 *
 * @param milliseconds what the last file took, pauses included
 */
export async function storeFilesProgress(
  archive: Archive,
  key: string,
  milliseconds?: number,
): Promise<SaveRecord | undefined> {
  const { kept, missing, open } = await countThreadFiles(archive, key)
  return changeRunning(archive, key, (save) => {
    const former = save.files?.milliseconds ?? GUESSED_FILE_TIME
    const files = {
      since: save.queuedAt,
      ...save.files,
      ...{ done: kept, failed: missing, total: kept + missing + open },
      milliseconds: milliseconds === undefined ? former : 0.9 * former + 0.1 * milliseconds,
    }
    return { ...save, files, changedAt: new Date().toISOString() }
  })
}

/** Ends a save whose files were all asked for. Returns its row, undefined when it does not run any more. Throws {@link ArchiveError}. */
export function finishFiles(archive: Archive, key: string): Promise<SaveRecord | undefined> {
  return changeRunning(archive, key, endFiles)
}

/**
 * Queues the asking for a saved thread's files that are not kept, without its pages, in one transaction. A save that is
 * under way comes to them by itself. Undefined when the thread is not saved. Throws {@link ArchiveError}.
 */
export function queueFiles(archive: Archive, key: string): Promise<SaveReport | undefined> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threads, archive.saves, async () => {
      const thread = await archive.threads.get(key)
      if (thread?.savedAt === undefined) return undefined
      const known = await archive.saves.get(key)
      if (known && isOpen(known) && !known.files) return reportOf(known)
      const queued = askForFiles(known ?? saveWithoutPages(thread))
      await archive.saves.put(queued)
      return reportOf(queued)
    }),
  )
}

function askForFiles(save: SaveRecord): SaveRecord {
  const now = new Date().toISOString()
  const stopped = save.state === 'stopped' ? save.reason : save.files?.stopped
  const files = { since: now, done: 0, failed: 0, total: 0, milliseconds: GUESSED_FILE_TIME, isWished: true as const }
  return { ...withState(save, 'queued'), queuedAt: now, files: { ...files, ...(stopped && { stopped }) } }
}

/** The row of a thread whose pages were never asked for in a save. */
function saveWithoutPages({ key, title, url, postCount }: ThreadRecord): SaveRecord {
  const now = new Date().toISOString()
  return {
    ...{ key, title, url, host: URL.canParse(url) ? new URL(url).host : key },
    addresses: { first: url, before: url, after: '', start: 1, step: 1 },
    ...{ state: 'queued', queuedAt: now, changedAt: now, plan: planAll() },
    ...{ posts: postCount, newPosts: 0, editedPosts: 0, gonePosts: 0, gaps: [], pageMilliseconds: 0 },
  }
}

async function changeRunning(
  archive: Archive,
  key: string,
  change: (save: SaveRecord) => SaveRecord,
): Promise<SaveRecord | undefined> {
  return guard(archive, () =>
    archive.transaction('rw', archive.saves, async () => {
      const save = await archive.saves.get(key)
      if (save?.state !== 'running') return undefined
      const changed = change(save)
      await archive.saves.put(changed)
      return changed
    }),
  )
}
