import type { Thread } from '../core/thread.ts'
import type { ExportOptions } from '../formats/export-options.ts'
import { FilesBeside } from '../formats/stored-files.ts'
import type { StoredFile, StoredFiles } from '../formats/stored-files.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { addressesOf, hashesOf } from './kept-files.ts'

/** The pictures and files kept of a thread, by address: handles, not bytes. Throws {@link ArchiveError}. */
export function findThreadFiles(archive: Archive, threadKey: string): Promise<StoredFiles> {
  return guard(archive, () =>
    archive.transaction('r', archive.files, archive.fileAddresses, async () => {
      const addresses = await addressesOf(archive, threadKey)
        .filter(({ state }) => state === 'kept')
        .toArray()
      const hashes = hashesOf(addresses)
      const records = await archive.files.bulkGet(hashes)
      const byHash = new Map<string, StoredFile>()
      for (const record of records) if (record) byHash.set(record.hash, { type: record.type, bytes: record.bytes })
      const found = new Map<string, StoredFile>()
      for (const { url, hash } of addresses) {
        const file = hash === undefined ? undefined : byHash.get(hash)
        if (file) found.set(url, file)
      }
      return found
    }),
  )
}

/** A thread that is exported, with what is kept of its pictures and files. */
export interface ThreadWithFiles {
  thread: Thread
  files: StoredFiles
  /** Set where pages were never read: how many were. */
  pagesRead?: number
}

/** Formats that have their files beside them, in a zip. */
const BESIDE: readonly string[] = ['markdown', 'json']

/** True where a thread takes more than one file in the format. */
export function hasFilesBeside(format: string, { files }: ThreadWithFiles, options: ExportOptions = {}): boolean {
  return BESIDE.includes(format) && options.pictures !== 'omit' && files.size > 0
}

/**
 * The options with what is kept of the thread: inside of the file, or collected to lie in a folder beside it. A thread of
 * which nothing is kept leaves its pictures on the web.
 *
 * @param name of the thread's file
 */
export function withStoredFiles(
  options: ExportOptions,
  format: string,
  exported: ThreadWithFiles,
  name: string,
): ExportOptions {
  const { files } = exported
  if (options.pictures === 'omit' || files.size === 0) return options
  if (!hasFilesBeside(format, exported, options)) return { ...options, pictures: files }
  return { ...options, beside: new FilesBeside(files, `${name.slice(0, name.lastIndexOf('.'))}.files`) }
}
