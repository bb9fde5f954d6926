import { isOpen } from '../core/save-report.ts'
import type { SaveReason, SaveReport } from '../core/save-report.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { omit } from './plain-value.ts'
import { reportOf } from './save-record.ts'
import type { SaveRecord } from './save-record.ts'

/**
 * How all saves fare: those that are not over first, in the order of the queue, then those that are, the last one first.
 * Works inside Dexie's `liveQuery`. Throws {@link ArchiveError}.
 */
export function listSaves(archive: Archive): Promise<SaveReport[]> {
  return guard(archive, async () => {
    const records = await archive.saves.toArray()
    const open = records.filter(isOpen).sort((a, b) => compare(a.queuedAt, b.queuedAt))
    const over = records.filter((record) => !isOpen(record)).sort((a, b) => compare(b.changedAt, a.changedAt))
    return [...open, ...over].map(reportOf)
  })
}

/** The saves that are not over, in the order of the queue. Works inside `liveQuery`. Throws {@link ArchiveError}. */
export function listOpenSaves(archive: Archive): Promise<SaveReport[]> {
  return guard(archive, async () => (await openRecords(archive)).map(reportOf))
}

/** How the saving of a thread fares; undefined where it was never asked for. Works inside `liveQuery`. Throws {@link ArchiveError}. */
export function findSave(archive: Archive, key: string): Promise<SaveReport | undefined> {
  return guard(archive, async () => {
    const record = await archive.saves.get(key)
    return record && reportOf(record)
  })
}

/** Pauses a save; nothing happens to one that is over. Throws {@link ArchiveError}. */
export function pauseSave(archive: Archive, key: string): Promise<SaveReport | undefined> {
  return changeSave(archive, key, (save) => (isOpen(save) ? withState(save, 'paused') : save))
}

/** Ends a save; what was stored stays, and it can be resumed. Throws {@link ArchiveError}. */
export function cancelSave(archive: Archive, key: string): Promise<SaveReport | undefined> {
  return changeSave(archive, key, (save) => (isOpen(save) ? cancelled(save) : save))
}

/** The save as it is after its files, had or not: whole, or given up as it was before they were asked for by themselves. */
export function endFiles(save: SaveRecord): SaveRecord {
  const { stopped } = save.files ?? {}
  return stopped ? withState(save, 'stopped', stopped) : withState(save, 'finished')
}

/** A save that has come to its pictures has the thread whole. */
function cancelled(save: SaveRecord): SaveRecord {
  return save.files ? endFiles(save) : withState(save, 'stopped', 'cancelled')
}

/** The rows of saves that are not over, in the order of the queue; in the caller's transaction, if there is one. */
export async function openRecords(archive: Archive): Promise<SaveRecord[]> {
  const records = await archive.saves.where('state').noneOf(['finished', 'stopped']).toArray()
  return records.sort((a, b) => compare(a.queuedAt, b.queuedAt))
}

/** Changes a save's row in one transaction; `change` may return what it was given. */
function changeSave(
  archive: Archive,
  key: string,
  change: (save: SaveRecord) => SaveRecord,
): Promise<SaveReport | undefined> {
  return guard(archive, () =>
    archive.transaction('rw', archive.saves, async () => {
      const record = await archive.saves.get(key)
      if (!record) return undefined
      const changed = change(record)
      if (changed !== record) await archive.saves.put(changed)
      return reportOf(changed)
    }),
  )
}

/** The save in another state; a reason and a time to go on at are what is told with it, or none. */
export function withState(
  save: SaveRecord,
  state: SaveRecord['state'],
  reason?: SaveReason,
  retryAt?: string,
): SaveRecord {
  const now = new Date().toISOString()
  return {
    ...omit(save, 'reason', 'retryAt'),
    state,
    changedAt: now,
    ...(reason && { reason }),
    ...(retryAt !== undefined && { retryAt }),
  }
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
