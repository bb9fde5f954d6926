/** How work on many threads is followed and stopped. */
export interface BatchOptions {
  /** Stops between two batches; what was done stays done. */
  signal?: AbortSignal
  /** Called after each batch with how many were gone through. */
  onProgress?: (done: number) => void
}

/**
 * Goes through a list in batches, one after another, each its own transaction: other tabs get their turn in between, and
 * a kill leaves every batch done or not. Returns how many were gone through before the signal stopped it.
 */
export async function inBatches<Item>(
  items: readonly Item[],
  size: number,
  work: (batch: Item[]) => PromiseLike<unknown>,
  { signal, onProgress }: BatchOptions = {},
): Promise<number> {
  let done = 0
  while (done < items.length && !signal?.aborted) {
    const batch = items.slice(done, done + size)
    await work(batch)
    done += batch.length
    onProgress?.(done)
  }
  return done
}
