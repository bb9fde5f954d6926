import { liveQuery } from 'dexie'
import type { Archive } from './database.ts'
import { listFileAddresses } from './file-addresses.ts'
import type { FileAddressRecord } from './file-records.ts'

/**
 * Calls `listener` with the addresses of a thread now, and whenever what became of them changes, on whatever page, until
 * `signal` aborts. Rejects with an {@link ArchiveError} when they cannot be read at all.
 */
export function watchFileAddresses(
  archive: Archive,
  threadKey: string,
  listener: (addresses: FileAddressRecord[]) => void,
  signal: AbortSignal,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const subscription = liveQuery(() => listFileAddresses(archive, threadKey)).subscribe({
      next: (addresses) => {
        if (!signal.aborted) listener(addresses)
        resolve()
      },
      error: reject,
    })
    signal.addEventListener('abort', () => subscription.unsubscribe())
  })
}
