import { browser } from 'wxt/browser'

/** Key of the storage. */
export const OWN_SITES = 'own-sites'

/** More would slow every page of a granted site down for no reader's good. */
export const MOST_OWN_SITES = 100

/** Reads the stored descriptions as they lie there: each is judged anew by sites/described/description.ts. */
export async function readStoredSites(): Promise<unknown[]> {
  const stored = (await browser.storage.local.get(OWN_SITES))[OWN_SITES]
  return Array.isArray(stored) ? stored.slice(0, MOST_OWN_SITES) : []
}

/** Stores the descriptions whole. */
export async function writeStoredSites(descriptions: readonly unknown[]): Promise<void> {
  await browser.storage.local.set({ [OWN_SITES]: descriptions.slice(0, MOST_OWN_SITES) })
}

/** Calls `listener` whenever the descriptions change, until `signal` aborts. */
export function watchStoredSites(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && OWN_SITES in changes) listener()
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}
