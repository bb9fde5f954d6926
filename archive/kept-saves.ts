import { isOpen } from '../core/save-report.ts'
import type { Archive } from './database.ts'
import { omit } from './plain-value.ts'
import type { SaveRecord } from './save-record.ts'

/** Takes out the saves of threads that go, which ends them, and gives them by key; the caller has the transaction. */
export async function takeSaves(archive: Archive, keys: readonly string[]): Promise<Map<string, { save: SaveRecord }>> {
  const saves = (await archive.saves.bulkGet([...keys])).filter((save) => save !== undefined)
  await archive.saves.bulkDelete(saves.map(({ key }) => key))
  return new Map(saves.map((save) => [save.key, { save }]))
}

/** Puts back the save of a thread that is back, cancelled if it was not over; the caller has the transaction. */
export async function returnSave(archive: Archive, save: SaveRecord | undefined): Promise<void> {
  if (!save || (await archive.saves.get(save.key))) return
  await archive.saves.put(isOpen(save) ? { ...omit(save, 'retryAt'), state: 'stopped', reason: 'cancelled' } : save)
}
