import { browser } from 'wxt/browser'
import { readStored } from './stored.ts'

/** The newest so many posts are remembered an aid; older ones are forgotten first. */
export const MOST_REMEMBERED = 1000

/** Keys of the storage begin so; the aid's id follows. */
export const MEMORY_PREFIX = 'memory:'

/** Post ids that one aid remembers on one site; see `AidMemory` of aids/define-aid.ts. */
export interface StoredAidMemory {
  has(postId: string): boolean
  add(postId: string): void
  delete(postId: string): void
}

/**
 * Loads what the aids remember of a reader's doings, such as the posts that were unfolded. In a private window nothing
 * is read or stored: it is remembered until the page is left.
 */
export async function loadAidMemory(
  aidIds: readonly string[],
): Promise<(aidId: string, scope: string) => StoredAidMemory> {
  const isPrivate = browser.extension.inIncognitoContext
  const stored = isPrivate ? {} : await readStored(aidIds.map((id) => MEMORY_PREFIX + id))
  const remembered = new Map(aidIds.map((id) => [id, new Set(parseEntries(stored[MEMORY_PREFIX + id]))]))
  return (aidId, scope) => {
    const entries = remembered.get(aidId) ?? new Set<string>()
    const entry = (postId: string) => `${scope}/${postId}`
    const store = (change: (entries: Set<string>) => void) => {
      change(entries)
      if (!isPrivate) void storeChange(aidId, change)
    }
    return {
      has: (postId) => entries.has(entry(postId)),
      add: (postId) => store((known) => known.add(entry(postId))),
      delete: (postId) => store((known) => known.delete(entry(postId))),
    }
  }
}

/** Applies a change to what is stored now, not to what was loaded: another tab may have stored since. */
async function storeChange(aidId: string, change: (entries: Set<string>) => void): Promise<void> {
  const key = MEMORY_PREFIX + aidId
  const entries = new Set(parseEntries((await browser.storage.local.get(key))[key]))
  change(entries)
  await browser.storage.local.set({ [key]: [...entries].slice(-MOST_REMEMBERED) })
}

function parseEntries(stored: unknown): string[] {
  return Array.isArray(stored) ? stored.filter((entry) => typeof entry === 'string') : []
}
