import Dexie from 'dexie'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'

/** What pictures and files take. */
export interface FilesSize {
  /** Files that are stored, each once. */
  files: number
  /** Bytes of all of them together. */
  bytes: number
  /** Bytes by thread; what several threads have counts for each. */
  threads: Map<string, number>
}

/** How much pictures and files take, in all and by thread; read from indexes alone. Throws {@link ArchiveError}. */
export function measureFiles(archive: Archive): Promise<FilesSize> {
  return guard(archive, () =>
    archive.transaction('r', archive.files, archive.fileAddresses, async () => {
      const sizes = await archive.files.orderBy('size').keys()
      const threads = new Map<string, number>()
      const kept = archive.fileAddresses.where('[state+threadKey+size]').between(['kept'], ['kept', Dexie.maxKey])
      for (const key of await kept.keys()) {
        const [, threadKey, size] = key as unknown as [state: string, threadKey: string, size: number]
        threads.set(threadKey, (threads.get(threadKey) ?? 0) + size)
      }
      const bytes = sizes.reduce<number>((sum, size) => sum + (size as number), 0)
      return { files: sizes.length, bytes, threads }
    }),
  )
}

/** How the pictures and files of one thread fare. */
export interface ThreadFilesCount {
  kept: number
  missing: number
  /** Still to be asked for. */
  open: number
  /** Of those kept. */
  bytes: number
}

/** Counts the pictures and files of a thread. Works inside `liveQuery`. Throws {@link ArchiveError}. */
export function countThreadFiles(archive: Archive, threadKey: string): Promise<ThreadFilesCount> {
  return guard(archive, async () => {
    const count = { kept: 0, missing: 0, open: 0, bytes: 0 }
    for (const state of ['kept', 'missing', 'open'] as const) {
      const keys = await archive.fileAddresses
        .where('[state+threadKey+size]')
        .between([state, threadKey], [state, threadKey, Dexie.maxKey])
        .keys()
      count[state] = keys.length
      for (const key of keys) count.bytes += (key as unknown as [string, string, number])[2]
    }
    return count
  })
}
