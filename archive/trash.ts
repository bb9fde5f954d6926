import { UNDO_WINDOW } from '../core/library/undo-window.ts'
import { guard } from './archive-error.ts'
import { inBatches, type BatchOptions } from './batches.ts'
import type { Archive } from './database.ts'
import { returnFiles } from './kept-files.ts'
import { returnSave, takeSaves } from './kept-saves.ts'
import { removeThread } from './remove-thread.ts'
import type { TrashRecord } from './records.ts'
import { archivedPostOf, splitRecord } from './records.ts'
import { writeThread } from './store-thread.ts'

/** Threads of one transaction: a row each moves, however many posts there are. */
const BATCH = 250

/** What lies in the trash, by the deletion that put it there. */
export interface TrashedBatch {
  /** ISO 8601 in UTC; names the deletion. */
  deletedAt: string
  keys: string[]
}

/**
 * Deletes threads so that it can be undone for {@link UNDO_WINDOW}: each leaves every list at once, and its posts go for
 * good with {@link purgeTrash}. Threads that are not there are passed over. Returns the keys of those deleted, all of
 * which carry `deletedAt`. Throws {@link ArchiveError}; batches before the failure stay deleted.
 *
 * @param isCacheOnly true to clear the cache: what is saved by now stays, and what was seen of the rest is remembered
 */
export async function trashThreads(
  archive: Archive,
  keys: readonly string[],
  { deletedAt, isCacheOnly = false, ...options }: BatchOptions & { deletedAt: string; isCacheOnly?: boolean },
): Promise<string[]> {
  const trashed: string[] = []
  const work = (batch: string[]) =>
    archive.transaction('rw', archive.threads, archive.trash, archive.saves, async () => {
      const found = (await archive.threads.bulkGet(batch)).filter((thread) => thread !== undefined)
      const threads = found.filter(({ savedAt }) => !isCacheOnly || savedAt === undefined)
      const saves = await takeSaves(
        archive,
        threads.map(({ key }) => key),
      )
      const trash = threads.map((thread) => ({
        ...{ key: thread.key, deletedAt, thread, ...saves.get(thread.key) },
        ...(isCacheOnly && { keepsVisit: true as const }),
      }))
      await archive.trash.bulkPut(trash)
      await archive.threads.bulkDelete(threads.map(({ key }) => key))
      trashed.push(...threads.map(({ key }) => key))
    })
  await guard(archive, () => inBatches([...new Set(keys)], BATCH, work, options))
  return trashed
}

/**
 * Brings back what a deletion took, all of it or the threads named. One that was read again meanwhile is merged with what
 * was deleted; nothing of either is lost. Returns the keys of those that are back. Throws {@link ArchiveError}.
 */
export async function restoreTrashed(
  archive: Archive,
  deletedAt: string,
  { keys, ...options }: BatchOptions & { keys?: readonly string[] } = {},
): Promise<string[]> {
  const restored: string[] = []
  const work = (batch: string[]) =>
    archive.transaction('rw', archive.threadTables, async () => {
      const places = batch.map((key): [string, string] => [key, deletedAt])
      const records = (await archive.trash.bulkGet(places)).filter((record) => record !== undefined)
      const standing = new Set((await archive.threads.bulkGet(batch)).map((thread) => thread?.key))
      await archive.trash.bulkDelete(records.map(({ key }): [string, string] => [key, deletedAt]))
      const untouched = records.filter(({ key, posts }) => posts === undefined && !standing.has(key))
      await archive.threads.bulkPut(untouched.map(({ thread }) => thread))
      for (const { save } of records) await returnSave(archive, save)
      for (const record of records) if (!untouched.includes(record)) await mergeBack(archive, record)
      restored.push(...records.map(({ key }) => key))
    })
  await guard(archive, async () => {
    const found = keys ?? (await keysDeletedAt(archive, deletedAt))
    await inBatches(found, BATCH, work, options)
  })
  return restored
}

async function keysDeletedAt(archive: Archive, deletedAt: string): Promise<string[]> {
  const places = await archive.trash.where('deletedAt').equals(deletedAt).primaryKeys()
  return places.map(([key]) => key)
}

async function mergeBack(archive: Archive, { thread, posts = [], files }: TrashRecord): Promise<void> {
  const { fields, history } = splitRecord(thread)
  await writeThread(archive, { fields, ...history, posts: posts.map(archivedPostOf) })
  if (files) await returnFiles(archive, files)
}

/** What can still be had back at a time, the latest deletion first. Throws {@link ArchiveError}. */
export function listTrash(archive: Archive, now: Date): Promise<TrashedBatch[]> {
  return guard(archive, async () => {
    const places = await archive.trash.toCollection().primaryKeys()
    const batches = new Map<string, string[]>()
    for (const [key, deletedAt] of places) {
      if (isExpired(deletedAt, now)) continue
      const keys = batches.get(deletedAt)
      if (keys) keys.push(key)
      else batches.set(deletedAt, [key])
    }
    return [...batches]
      .map(([deletedAt, keys]) => ({ deletedAt, keys }))
      .sort((a, b) => (a.deletedAt < b.deletedAt ? 1 : -1))
  })
}

/**
 * Deletes for good what has lain in the trash for {@link UNDO_WINDOW}, or all of it with `now` left out, each thread in
 * one transaction. Returns how many threads went. Throws {@link ArchiveError}.
 */
export async function purgeTrash(
  archive: Archive,
  { now, ...options }: BatchOptions & { now?: Date } = {},
): Promise<number> {
  return guard(archive, async () => {
    const places = await archive.trash.toCollection().primaryKeys()
    const expired = now ? places.filter(([, deletedAt]) => isExpired(deletedAt, now)) : places
    return inBatches(expired, 1, ([place]) => purgeOne(archive, place!), options)
  })
}

function purgeOne(archive: Archive, place: [key: string, deletedAt: string]): PromiseLike<void> {
  return archive.transaction('rw', [...archive.threadTables, archive.visits], async () => {
    const record = await archive.trash.get(place)
    if (!record) return
    await archive.trash.delete(place)
    // What lies in the thread's old place belongs to the trash, unless the thread is back or was set aside.
    if (record.posts !== undefined || (await archive.threads.get(record.key))) return
    await removeThread(archive, record.key)
    if (!record.keepsVisit) await archive.visits.delete(record.key)
  })
}

/** Clocks are set back at times: what seems to be deleted far ahead is not kept for ever. */
function isExpired(deletedAt: string, now: Date): boolean {
  return Math.abs(now.getTime() - Date.parse(deletedAt)) > UNDO_WINDOW
}

/** Of threads named by key those that are gone for good: neither in the library nor in the trash. Throws {@link ArchiveError}. */
export function findGoneThreads(archive: Archive, keys: readonly string[]): Promise<string[]> {
  return guard(archive, async () => {
    const [standing, trashed] = await Promise.all([
      archive.threads.where('key').anyOf(keys).primaryKeys(),
      archive.trash.where('key').anyOf(keys).primaryKeys(),
    ])
    const left = new Set([...standing, ...trashed.map(([key]) => key)])
    return keys.filter((key) => !left.has(key))
  })
}
