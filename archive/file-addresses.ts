import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import type { FileAddressRecord, FileKind, FileProblem } from './file-records.ts'
import { addFile, addressesOf, keyOf, openAgain, removeUnreferenced } from './kept-files.ts'
import type { LookedAtFile } from './kept-files.ts'
import { omit } from './plain-value.ts'

const BATCH = 500

/** More addresses than any thread has: the rest of a hostile one are not asked for. */
const MOST_ADDRESSES = 20_000

/** How often an address is asked for in one save. */
const MOST_TRIES = 3

type AddressKey = Pick<FileAddressRecord, 'threadKey' | 'url'>

/** An address that a thread's posts have. */
export interface WantedFile {
  url: string
  kind: FileKind
}

/**
 * Notes the addresses of a thread that are wanted, in one transaction: new ones are open, missing ones are opened again,
 * kept ones stay. Nothing for a thread that is not there. Throws {@link ArchiveError}.
 *
 * @param since ISO 8601 in UTC: what was found missing at that time or later stays so
 */
export function wantFiles(
  archive: Archive,
  threadKey: string,
  wanted: readonly WantedFile[],
  since?: string,
): Promise<void> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threads, archive.fileAddresses, async () => {
      if (!(await archive.threads.where('key').equals(threadKey).count())) return
      const urls = wanted.map(({ url }): [string, string] => [threadKey, url])
      const known = await archive.fileAddresses.bulkGet(urls)
      let position = await addressesOf(archive, threadKey).count()
      const changed = new Map<string, FileAddressRecord>()
      for (const [index, { url, kind }] of wanted.entries()) {
        const row = known[index]
        if (row?.state === 'missing' && !(since && row.triedAt && row.triedAt >= since))
          changed.set(url, openAgain(row))
        if (row || changed.has(url) || position >= MOST_ADDRESSES) continue
        changed.set(url, { threadKey, url, kind, position: position++, state: 'open', size: 0 })
      }
      await archive.fileAddresses.bulkPut([...changed.values()])
    }),
  )
}

/** The addresses of a thread with what became of them, by address. Works inside `liveQuery`. Throws {@link ArchiveError}. */
export function listFileAddresses(archive: Archive, threadKey: string): Promise<FileAddressRecord[]> {
  return guard(archive, () => addressesOf(archive, threadKey).toArray())
}

/** The open addresses of a thread, in the order of its posts. Throws {@link ArchiveError}. */
export function listOpenAddresses(archive: Archive, threadKey: string): Promise<FileAddressRecord[]> {
  return guard(archive, () =>
    archive.fileAddresses
      .where('[threadKey+state+position]')
      .between([threadKey, 'open', -Infinity], [threadKey, 'open', Infinity])
      .toArray(),
  )
}

/**
 * Notes that an address is about to be asked for, so that one that ends the background each time is not asked for for
 * ever. False when it was tried so often already, or is no longer there. Throws {@link ArchiveError}.
 */
export function beginTry(archive: Archive, { threadKey, url }: AddressKey, triedAt: string): Promise<boolean> {
  return guard(archive, () =>
    archive.transaction('rw', archive.fileAddresses, async () => {
      const row = await archive.fileAddresses.get([threadKey, url])
      if (!row || (row.attempts ?? 0) >= MOST_TRIES) return false
      await archive.fileAddresses.put({ ...row, triedAt, attempts: (row.attempts ?? 0) + 1 })
      return true
    }),
  )
}

/**
 * Stores what came from an address, in one transaction; a file that this leaves without an address goes. False when the
 * thread was deleted meanwhile. Throws {@link ArchiveError}.
 */
export function keepFile(
  archive: Archive,
  { threadKey, url }: AddressKey,
  file: LookedAtFile,
  triedAt: string,
): Promise<boolean> {
  return guard(archive, () =>
    archive.transaction('rw', archive.files, archive.fileAddresses, async () => {
      const row = await archive.fileAddresses.get([threadKey, url])
      if (!row) return false
      await addFile(archive, file)
      await archive.fileAddresses.put({ ...omit(row, 'reason'), ...keptPart(file), triedAt })
      if (row.hash !== undefined && row.hash !== file.hash) await removeUnreferenced(archive, [row.hash])
      return true
    }),
  )
}

/** Notes why an address could not be had. Throws {@link ArchiveError}. */
export function noteMissing(
  archive: Archive,
  { threadKey, url }: AddressKey,
  reason: FileProblem,
  triedAt: string,
): Promise<void> {
  return guard(archive, () =>
    archive.transaction('rw', archive.fileAddresses, async () => {
      const row = await archive.fileAddresses.get([threadKey, url])
      if (row && row.state !== 'kept') await archive.fileAddresses.put({ ...row, state: 'missing', reason, triedAt })
    }),
  )
}

/**
 * Takes over what another thread has kept from the same address, so that a forum's own little pictures are asked for
 * once. False when none has. Throws {@link ArchiveError}.
 */
export function adoptFile(archive: Archive, { threadKey, url }: FileAddressRecord): Promise<boolean> {
  return guard(archive, () =>
    archive.transaction('rw', archive.fileAddresses, async () => {
      const kept = await archive.fileAddresses
        .where('url')
        .equals(url)
        .filter(({ state }) => state === 'kept')
        .first()
      const row = await archive.fileAddresses.get([threadKey, url])
      if (!kept || !row) return false
      await archive.fileAddresses.put({ ...omit(row, 'reason'), ...keptPart({ ...kept, hash: kept.hash! }) })
      return true
    }),
  )
}

/** Streams the addresses of all threads, for a backup. Throws {@link ArchiveError}. */
export async function* readFileAddresses(archive: Archive): AsyncGenerator<FileAddressRecord> {
  let above: [string, string] = ['', '']
  for (;;) {
    const rest = archive.fileAddresses.where('[threadKey+url]').above(above)
    const batch = await guard(archive, () => rest.limit(BATCH).toArray())
    yield* batch
    if (batch.length < BATCH) return
    above = keyOf(batch.at(-1)!)
  }
}

/**
 * Puts addresses back that came out of {@link readFileAddresses}, in one transaction, after their threads and files.
 * What is kept here stays; an address whose file did not come is open again, one whose thread is not here is passed over.
 * Throws {@link ArchiveError}.
 *
 * @param rows read from outside by `parseFileAddress`
 */
export function putFileAddresses(archive: Archive, rows: readonly FileAddressRecord[]): Promise<void> {
  const tables = [archive.threads, archive.files, archive.fileAddresses]
  return guard(archive, () => archive.transaction('rw', tables, async () => void (await mergeAddresses(archive, rows))))
}

/** An address that came in; `before` and `after` are the same object where what is here is what came. */
export interface AddressChange {
  before: FileAddressRecord | undefined
  after: FileAddressRecord
}

/** As {@link putFileAddresses}, in the caller's transaction; gives what it changed, and what was here already. */
export async function mergeAddresses(archive: Archive, rows: readonly FileAddressRecord[]): Promise<AddressChange[]> {
  const threads = await archive.threads.bulkGet(rows.map(({ threadKey }) => threadKey))
  const present = await archive.fileAddresses.bulkGet(rows.map(keyOf))
  const files = await archive.files.bulkGet(rows.map(({ hash }) => hash ?? ''))
  const changes = rows.flatMap((row, index): AddressChange[] => {
    const before = present[index]
    if (!threads[index]) return []
    if (before?.state === 'kept') return before.hash === row.hash ? [{ before, after: before }] : []
    const file = files[index]
    if (row.state === 'kept') return [{ before, after: file ? { ...row, size: file.size } : openAgain(row) }]
    return before ? [] : [{ before, after: row }]
  })
  await archive.fileAddresses.bulkPut(changes.flatMap(({ before, after }) => (before === after ? [] : [after])))
  return changes
}

function keptPart({
  hash,
  size,
  width,
  height,
}: Pick<FileAddressRecord, 'size' | 'width' | 'height'> & { hash: string }) {
  return { state: 'kept' as const, hash, size, ...(width && height ? { width, height } : {}) }
}
