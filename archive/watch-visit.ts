import type { Archive } from './database.ts'
import type { VisitRecord } from './visits.ts'
import { watch, type Watcher } from './watch-query.ts'

/** Tells what is known of the reader's visits to a thread, now and at each change, until `signal` aborts. */
export function watchVisit(
  archive: Archive,
  threadKey: string,
  watcher: Watcher<VisitRecord | undefined>,
  signal: AbortSignal,
): void {
  watch(() => archive.visits.get(threadKey), watcher, signal)
}
