import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { mergeAddresses } from '../file-addresses.ts'
import type { FileAddressRecord } from '../file-records.ts'
import { isSameValue, omit } from '../plain-value.ts'
import type { ArchivedThread, PostRecord, ThreadRecord } from '../records.ts'
import { writeThread } from '../store-thread.ts'
import type { StoreSummary, ThreadWrite } from '../store-thread.ts'
import { fileChangesOf } from './file-changes.ts'
import { fingerprintPost, fingerprintWords } from './fingerprint.ts'
import type { ImportChange, ImportRecord, PostChange } from './records.ts'
import { COUNTED } from './without-import.ts'

/** Imports that can be undone; what is noted of older ones is let go of. */
const MOST_IMPORTS = 5

/** How long an import can be undone. In milliseconds. */
const LONGEST_UNDO = 30 * 24 * 60 * 60 * 1000

/** File names that are noted of an import. */
const MOST_NAMES = 20

/** What a write spans that is noted: it and its note are there both or neither. */
export function logTables(archive: Archive) {
  return [...archive.threadTables, archive.imports, archive.importChanges]
}

/** One import being written. Made by {@link ImportLog.begin}; every write is one transaction with its note. */
export class ImportLog {
  readonly id: number
  #archive: Archive
  #sequence = 0
  /** Keys of threads that it changed. */
  #changed = new Set<string>()

  private constructor(archive: Archive, id: number) {
    this.#archive = archive
    this.id = id
  }

  /**
   * Notes that an import begins, and lets go of what can no longer be undone: all but the last 5 imports, and those of
   * more than 30 days ago. Throws `ArchiveError`.
   */
  static async begin(
    archive: Archive,
    { kind, startedAt }: Pick<ImportRecord, 'kind' | 'startedAt'>,
  ): Promise<ImportLog> {
    const row = { kind, startedAt, state: 'running', sources: [], sourceCount: 0 } as const
    const id = await guard(archive, () =>
      archive.transaction('rw', archive.imports, archive.importChanges, async () => {
        const added = await archive.imports.add({ ...row, sources: [], threads: 0, postsAdded: 0, postsChanged: 0 })
        await forgetOldImports(archive, Date.parse(startedAt))
        return added
      }),
    )
    return new ImportLog(archive, id)
  }

  /** Notes a file that is being read. Never throws: where its name cannot be noted, storing what it holds tells why. */
  async addSource(name: string): Promise<void> {
    await guard(this.#archive, () =>
      this.#archive.imports
        .where('id')
        .equals(this.id)
        .modify((row) => {
          if (name && row.sources.length < MOST_NAMES) row.sources.push(name)
          row.sourceCount++
        }),
    ).catch(() => undefined)
  }

  /**
   * Merges a reading of a thread into the archive, as `writeThread` does, with a note of what it changed. Undefined, and
   * nothing is written, when the import is being undone or is no longer known. Throws `ArchiveError`.
   */
  write(incoming: ArchivedThread): Promise<StoreSummary | undefined> {
    const archive = this.#archive
    return guard(archive, () =>
      archive.transaction('rw', logTables(archive), async () => {
        const row = await archive.imports.get(this.id)
        if (row?.state !== 'running') return undefined
        let change: ImportChange | undefined
        const summary = await writeThread(archive, incoming, (write) => {
          change = changeOf(write, { importId: this.id, sequence: this.#sequence++ })
        })
        const { key } = incoming.fields
        const isChanged = change !== undefined
        const earlier = archive.importChanges.where('[threadKey+importId]').between([key, 0], [key, this.id])
        if (await earlier.count())
          change = withHeld(change, incoming, { importId: this.id, sequence: this.#sequence++ })
        if (!change) return summary
        await archive.importChanges.add(change)
        if (!isChanged) return summary
        const postsAdded = change.posts.filter(({ before }) => !before).length
        await archive.imports.put({
          ...row,
          threads: row.threads + (this.#changed.has(key) ? 0 : 1),
          postsAdded: row.postsAdded + postsAdded,
          postsChanged: row.postsChanged + change.posts.length - postsAdded,
        })
        this.#changed.add(key)
        return summary
      }),
    )
  }

  /**
   * Puts addresses of pictures and files back, as `putFileAddresses` does, with a note of what that changed. Nothing is
   * written when the import is being undone or is no longer known. Throws `ArchiveError`.
   */
  writeAddresses(rows: readonly FileAddressRecord[]): Promise<void> {
    const archive = this.#archive
    return guard(archive, () =>
      archive.transaction('rw', logTables(archive), async () => {
        const row = await archive.imports.get(this.id)
        if (row?.state !== 'running') return
        const byThread = Map.groupBy(await mergeAddresses(archive, rows), ({ after }) => after.threadKey)
        for (const [threadKey, changes] of byThread) {
          const files = await fileChangesOf(archive, changes, { threadKey, importId: this.id })
          if (files.length === 0) continue
          const place = { importId: this.id, sequence: this.#sequence++, threadKey }
          await archive.importChanges.add({ ...place, posts: [], files })
          if (this.#changed.has(threadKey) || files.every(({ isHeld }) => isHeld)) continue
          row.threads++
          this.#changed.add(threadKey)
        }
        await archive.imports.put(row)
      }),
    )
  }

  /**
   * Notes that the import is over; one that changed nothing is forgotten. Gives what it can be undone by, nothing where
   * there is nothing to undo. Never throws.
   */
  async end(state: 'done' | 'stopped'): Promise<{ importId?: number }> {
    const archive = this.#archive
    const finish = async () => {
      const row = await archive.imports.get(this.id)
      if (row?.state === 'running' && row.threads === 0) {
        await forgetImport(archive, this.id)
        return false
      }
      if (row?.state === 'running') await archive.imports.update(this.id, { state })
      return row !== undefined
    }
    // A full disk may have no room for this either: what was stored must be told all the same, and can be undone.
    const isKept = await guard(archive, () =>
      archive.transaction('rw', archive.imports, archive.importChanges, finish),
    ).catch(() => this.#changed.size > 0)
    return isKept ? { importId: this.id } : {}
  }
}

/** Inside the caller's transaction. One that is being undone stays until it is. */
async function forgetOldImports(archive: Archive, now: number): Promise<void> {
  const rows = await archive.imports.orderBy('id').reverse().toArray()
  const old = rows.filter(
    ({ startedAt, state }, index) =>
      index > 0 && state !== 'undoing' && (index >= MOST_IMPORTS || now - Date.parse(startedAt) > LONGEST_UNDO),
  )
  for (const { id } of old) await forgetImport(archive, id)
}

/** Inside the caller's transaction. */
async function forgetImport(archive: Archive, id: number): Promise<void> {
  await archive.importChanges.where('importId').equals(id).delete()
  await archive.imports.delete(id)
}

/** What is noted of a write; undefined when it changed nothing. */
function changeOf(write: ThreadWrite, place: Pick<ImportChange, 'importId' | 'sequence'>): ImportChange | undefined {
  const { before, after, known, written, isSpacedOut } = write
  const isThreadSame = before !== undefined && isSameValue(withoutCounts(before), withoutCounts(after))
  if (isThreadSame && written.length === 0) return undefined
  return {
    ...place,
    threadKey: after.key,
    ...(isThreadSame ? {} : { thread: { after, ...(before ? { before } : {}) } }),
    posts: written.map((record) => ({
      ...postChangeOf(record, known.get(record.id)),
      ...(isSpacedOut ? {} : { position: record.position }),
    })),
  }
}

/** Adds to a note which posts the reading had as they stood. */
function withHeld(
  change: ImportChange | undefined,
  { fields, posts }: ArchivedThread,
  place: Pick<ImportChange, 'importId' | 'sequence'>,
): ImportChange | undefined {
  const noted = new Set(change?.posts.map(({ id }) => id))
  const held = posts.flatMap(({ post: { id } }) => (noted.has(id) ? [] : [id]))
  if (held.length === 0) return change
  return { ...(change ?? { ...place, threadKey: fields.key, posts: [] }), held }
}

function withoutCounts(row: ThreadRecord) {
  return omit(row, ...COUNTED)
}

function postChangeOf(record: PostRecord, before: PostRecord | undefined): PostChange {
  const { id, readAt, source } = record
  const former = new Set(before ? wordsOf(before) : [])
  return {
    ...{ id, readAt, source },
    ...(before ? { before } : {}),
    after: fingerprintPost(record),
    brought: wordsOf(record).filter((words) => !former.has(words)),
  }
}

function wordsOf({ post, versions = [] }: PostRecord): string[] {
  return [fingerprintWords(post), ...versions.map(fingerprintWords)]
}
