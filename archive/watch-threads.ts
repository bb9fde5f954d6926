import Dexie from 'dexie'
import type { IntervalTree, ObservabilitySet } from 'dexie'
import type { Archive } from './database.ts'

/** What changed in the library. */
export interface LibraryChange {
  /** The threads that came, changed or went; `'many'` when they cannot be named one by one. */
  keys: readonly string[] | 'many'
  /** True when what lies in the trash has changed as well. */
  isTrash: boolean
}

/**
 * Calls `listener` after each write to the threads' rows, by this page, another tab or the background, until `signal`
 * aborts. The keys say what to read again: a live query over ten thousand rows would read them all.
 */
export function watchThreads(archive: Archive, listener: (change: LibraryChange) => void, signal: AbortSignal): void {
  const part = (table: string) => `idb://${archive.name}/${table}/`
  const onMutated = (parts: ObservabilitySet) => {
    const isTrash = part('trash') in parts || `${part('trash')}:dels` in parts
    const changed = [parts[part('threads')], parts[`${part('threads')}:dels`]].filter((tree) => tree !== undefined)
    if (changed.length > 0 || isTrash) listener({ keys: keysOf(changed), isTrash })
  }
  Dexie.on('storagemutated', onMutated)
  signal.addEventListener('abort', () => Dexie.on.storagemutated.unsubscribe(onMutated))
}

/** The keys in some ranges; a range of more than one key names none. */
function keysOf(trees: readonly IntervalTree[]): LibraryChange['keys'] {
  const keys = new Set<string>()
  const waiting: (IntervalTree | null | undefined)[] = [...trees]
  while (waiting.length > 0) {
    const node = waiting.pop()
    if (!node || !('from' in node)) continue
    if (typeof node.from !== 'string' || node.from !== node.to) return 'many'
    keys.add(node.from)
    waiting.push(node.l, node.r)
  }
  return [...keys]
}
