import type { SaveReport } from '../core/save-report.ts'
import type { Archive } from './database.ts'
import { findThreadRecord } from './read-thread.ts'
import type { ThreadRecord } from './records.ts'
import { findSave, listSaves } from './saves.ts'
import { watch, type Watcher } from './watch-query.ts'

/** Tells how all saves fare, now and at each change that any page or the background makes, until `signal` aborts. */
export function watchSaves(archive: Archive, watcher: Watcher<SaveReport[]>, signal: AbortSignal): void {
  watch(() => listSaves(archive), watcher, signal)
}

/** A thread's row and how the saving of it fares; either may be missing. */
export interface WatchedThread {
  thread: ThreadRecord | undefined
  save: SaveReport | undefined
}

/** Tells what is kept of one thread, now and at each change, until `signal` aborts. */
export function watchThread(archive: Archive, key: string, watcher: Watcher<WatchedThread>, signal: AbortSignal): void {
  const read = async () => {
    const [thread, save] = await Promise.all([findThreadRecord(archive, key), findSave(archive, key)])
    return { thread, save }
  }
  watch(read, watcher, signal)
}
