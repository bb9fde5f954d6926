import type { Archive } from '../database.ts'
import type { AddressChange } from '../file-addresses.ts'
import { removeUnreferenced } from '../kept-files.ts'
import type { FileChange, ImportChange } from './records.ts'

/** What is noted of the addresses of one thread; empty where there is nothing to undo. In the caller's transaction. */
export async function fileChangesOf(
  archive: Archive,
  changes: readonly AddressChange[],
  { threadKey, importId }: Pick<ImportChange, 'threadKey' | 'importId'>,
): Promise<FileChange[]> {
  const earlier = archive.importChanges.where('[threadKey+importId]').between([threadKey, 0], [threadKey, importId])
  const isHeldNoted = (await earlier.count()) > 0
  return changes.flatMap(({ before, after }): FileChange[] => {
    const { url, hash } = after
    if (before === after) return isHeldNoted && hash !== undefined ? [{ url, hash, isHeld: true }] : []
    return [{ url, ...(hash === undefined ? {} : { hash }), ...(before ? { before } : {}) }]
  })
}

/**
 * Takes out the pictures and files that an import brought to a thread, in the caller's transaction. What a later import
 * had too stays for that one to undo; what came since stays.
 */
export async function undoFiles(archive: Archive, { threadKey, importId, files }: ImportChange): Promise<void> {
  if (!files) return
  const waiting = new Map(files.flatMap((file) => (file.isHeld ? [] : [[file.url, file]])))
  await archive.importChanges
    .where('[threadKey+importId]')
    .between([threadKey, importId], [threadKey, Infinity], false)
    .modify((later) => {
      if (!later.files) return
      later.files = later.files.map((file) => {
        const taken = waiting.get(file.url)
        if (!file.isHeld || taken?.hash !== file.hash || !taken) return file
        waiting.delete(file.url)
        return taken
      })
    })
  const left = [...waiting.values()]
  const rows = await archive.fileAddresses.bulkGet(left.map(({ url }): [string, string] => [threadKey, url]))
  // An address that was only brought, and asked for since, is what came of that.
  const mine = left.filter(({ hash }, index) => {
    const row = rows[index]
    return row && row.hash === hash && (hash !== undefined || row.triedAt === undefined)
  })
  await archive.fileAddresses.bulkDelete(mine.map(({ url }): [string, string] => [threadKey, url]))
  await archive.fileAddresses.bulkPut(mine.flatMap(({ before }) => (before ? [before] : [])))
  await removeUnreferenced(
    archive,
    mine.flatMap(({ hash }) => (hash === undefined ? [] : [hash])),
  )
}
