import { liveQuery } from 'dexie'
import { toArchiveError, type ArchiveError } from './archive-error.ts'

/** Who is told. After an error nothing more is told. */
export interface Watcher<T> {
  next: (value: T) => void
  error: (error: ArchiveError) => void
}

/** Tells what a query gives, now and whenever any page or the background changes that, until `signal` aborts. */
export function watch<T>(query: () => Promise<T>, { next, error }: Watcher<T>, signal: AbortSignal): void {
  if (signal.aborted) return
  const subscription = liveQuery(query).subscribe({ next, error: (thrown) => error(toArchiveError(thrown)) })
  signal.addEventListener('abort', () => subscription.unsubscribe())
}
