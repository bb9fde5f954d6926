import { browser } from 'wxt/browser'
import { parseLooks, type ReaderLooks } from '../core/reader-looks.ts'

/** The looks of all threads that have none of their own. */
export const COMMON_LOOKS = 'reader-looks'
/** A list of `[thread key, looks]`, the one that was used last at its end. */
export const OWN_LOOKS = 'thread-looks'

/** So many threads have looks of their own; the one whose reader was away for longest loses them first. */
export const MOST_OWN_LOOKS = 200

/** In UTF-16 units. */
export const LONGEST_LOOKS_KEY = 1000

/** Of one list several pages take turns: what one adds the other must not undo. */
const LOCK = 'looks of threads'

export interface StoredLooks {
  common: ReaderLooks
  /** Those of the thread asked for, where it has any. */
  own?: ReaderLooks
}

/** Reads the looks of all threads and those that one has of its own. */
export async function readLooks(threadKey?: string): Promise<StoredLooks> {
  const stored: Record<string, unknown> = await browser.storage.local.get([COMMON_LOOKS, OWN_LOOKS])
  const own = threadKey === undefined ? undefined : parseOwnLooks(stored[OWN_LOOKS]).get(threadKey)
  return { common: parseLooks(stored[COMMON_LOOKS]), ...(own && { own }) }
}

/** Stores the looks of all threads. */
export async function writeCommonLooks(looks: ReaderLooks): Promise<void> {
  await browser.storage.local.set({ [COMMON_LOOKS]: parseLooks(looks) })
}

/** Stores the looks that a thread has of its own; with `undefined` it has none. */
export async function writeOwnLooks(threadKey: string, looks: ReaderLooks | undefined): Promise<void> {
  await changeOwnLooks((own) => {
    const had = own.delete(threadKey)
    if (looks) own.set(threadKey, parseLooks(looks))
    return had || looks !== undefined
  })
}

/** Notes that a thread's own looks were used, so that others are let go before them. */
export async function noteLooksUsed(threadKey: string): Promise<void> {
  await changeOwnLooks((own) => {
    const looks = own.get(threadKey)
    if (!looks || [...own.keys()].at(-1) === threadKey) return false
    own.delete(threadKey)
    own.set(threadKey, looks)
    return true
  })
}

/**
 * Lets go of the looks of threads that are gone.
 *
 * @param findGone says which of the threads with looks of their own are there no longer
 */
export async function forgetGoneLooks(findGone: (threadKeys: string[]) => Promise<readonly string[]>): Promise<void> {
  await changeOwnLooks(async (own) => {
    const gone = own.size > 0 ? await findGone([...own.keys()]) : []
    for (const key of gone) own.delete(key)
    return gone.length > 0
  })
}

/** Calls `listener` whenever looks of any thread change, in whatever context, until `signal` aborts. */
export function watchLooks(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && (COMMON_LOOKS in changes || OWN_LOOKS in changes)) listener()
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}

/** Reads a stored list, also one of a file that anyone may have written; of two looks of a thread the later count. */
export function parseOwnLooks(stored: unknown): Map<string, ReaderLooks> {
  const own = new Map<string, ReaderLooks>()
  for (const entry of Array.isArray(stored) ? stored.slice(-MOST_OWN_LOOKS) : []) {
    const [key, looks] = Array.isArray(entry) ? (entry as unknown[]) : []
    if (typeof key === 'string' && key.length <= LONGEST_LOOKS_KEY) own.set(key, parseLooks(looks))
  }
  return own
}

/** @param change returns whether there is anything to store */
async function changeOwnLooks(change: (own: Map<string, ReaderLooks>) => boolean | Promise<boolean>): Promise<void> {
  await navigator.locks.request(LOCK, async () => {
    const own = parseOwnLooks((await browser.storage.local.get(OWN_LOOKS))[OWN_LOOKS])
    if (await change(own)) await browser.storage.local.set({ [OWN_LOOKS]: [...own].slice(-MOST_OWN_LOOKS) })
  })
}
