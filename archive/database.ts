import Dexie from 'dexie'
import type { EntityTable, Table, Transaction } from 'dexie'
import { ArchiveError } from './archive-error.ts'
import type { FileAddressRecord, FileRecord } from './file-records.ts'
import type { ImportChange, ImportRecord } from './import-log/records.ts'
import type { PostRecord, ThreadRecord, TrashRecord } from './records.ts'
import type { SaveRecord } from './save-record.ts'
import type { TextBacklog, TextPart, TextRun } from './search/text-run.ts'
import type { VisitRecord } from './visits.ts'

const ARCHIVE_NAME = 'loulan'

/** The database of threads. Opened by the first query; every exported function of this folder takes it first. */
export class Archive extends Dexie {
  declare readonly threads: Table<ThreadRecord, string>
  declare readonly posts: Table<PostRecord, [threadKey: string, id: string]>
  declare readonly files: Table<FileRecord, string>
  declare readonly fileAddresses: Table<FileAddressRecord, [threadKey: string, url: string]>
  /** Threads that were deleted and can still be had back; see archive/trash.ts. */
  declare readonly trash: Table<TrashRecord, [key: string, deletedAt: string]>
  /** What each import changed, so that it can be undone. */
  declare readonly imports: EntityTable<ImportRecord, 'id'>
  declare readonly importChanges: Table<ImportChange, [importId: number, sequence: number]>
  declare readonly textRuns: Table<TextRun, number>
  declare readonly textParts: Table<TextPart, [part: string, id: number]>
  declare readonly textBacklog: Table<TextBacklog, string>
  declare readonly saves: Table<SaveRecord, string>
  /** What was read of threads on their forums, kept apart from the posts: it outlives what the cache drops. */
  declare readonly visits: Table<VisitRecord, string>
  /** Every table that holds parts of threads: what a transaction that writes or deletes a thread spans. */
  readonly threadTables: readonly Table[]
  /** True while a tab with an older version keeps the database from being opened. */
  isBlocked = false
  /** Called after texts were added for searching; see `archive/search/tidy-texts.ts`. */
  afterTexts: () => void = () => {}

  constructor(name: string, options?: { indexedDB?: IDBFactory; IDBKeyRange?: typeof IDBKeyRange }) {
    super(name, { ...options, chromeTransactionDurability: 'relaxed' })
    declareVersions(this)
    const { threads, posts, files, fileAddresses, trash, textRuns, textParts, saves } = this
    this.threadTables = [threads, posts, files, fileAddresses, trash, textRuns, textParts, saves]
    this.on('blocked', () => {
      this.isBlocked = true
    })
    const refuseNewer = () => {
      this.isBlocked = false
      // Dexie opens what a newer version of the extension has written; this one would write old records into it.
      if (Math.floor(this.backendDB().version / 10) <= this.verno) return
      throw new ArchiveError('too-new', 'The library was written by a newer version of the extension.')
    }
    this.on('ready', refuseNewer, true)
    // A newer version of the extension wants to upgrade: let go of the database, and look at it again when asked.
    this.on('versionchange', () => this.close({ disableAutoOpen: false }))
  }
}

/**
 * The history of the schema. Append only: a version that readers have is never changed, each new one gets its own
 * `version(n)` with an `upgrade`, and a sample of records of it in `test/unit/archive/versions/`.
 *
 * Only what is searched by is named; the rest of a record is in `records.ts`.
 */
function declareVersions(archive: Archive): void {
  archive.version(1).stores({
    threads: 'key, lastReadAt, savedAt, site, *tags',
    posts: '[threadKey+id], [threadKey+position]',
  })
  archive
    .version(2)
    .stores({
      threads: 'key, recentAt, savedAt, site, *tags',
      trash: '[key+deletedAt], key, deletedAt',
      saves: 'key, state, host',
      files: 'hash, size',
      fileAddresses: '[threadKey+url], url, hash, [threadKey+state+position], [state+threadKey+size]',
      imports: '++id',
      visits: 'threadKey, lastAt',
      importChanges: '[importId+sequence], importId, [threadKey+importId]',
      textRuns: '++id',
      textParts: '[part+id]',
      textBacklog: 'id',
    })
    .upgrade(upgradeToLibrary)
}

/** Reading many in one turn takes a third of the time of reading one by one. */
const POSTS_AT_ONCE = 2000

/** Version 1 kept only what was read on the forum or from a file: nothing of it counts as new to the reader. */
async function upgradeToLibrary(transaction: Transaction): Promise<void> {
  // Making the texts of a large library for searching takes its time: it is only noted that they are wanted.
  await transaction.table<TextBacklog>('textBacklog').put({ id: 'backlog', after: '' })
  const gone = new Map<string, number>()
  const posts = transaction.table<PostRecord>('posts')
  for (let above: [threadKey: string, id: string] = ['', '']; ;) {
    const piece = await posts.where('[threadKey+id]').above(above).limit(POSTS_AT_ONCE).toArray()
    for (const { threadKey, goneSince } of piece)
      if (goneSince !== undefined) gone.set(threadKey, (gone.get(threadKey) ?? 0) + 1)
    const last = piece.at(-1)
    if (!last || piece.length < POSTS_AT_ONCE) break
    above = [last.threadKey, last.id]
  }
  await transaction
    .table<ThreadRecord>('threads')
    .toCollection()
    .modify((thread) => {
      const { key, lastReadAt } = thread
      Object.assign(thread, { lastOpenedAt: lastReadAt, recentAt: lastReadAt, unreadPosts: 0 })
      thread.goneCount = gone.get(key) ?? 0
    })
}

/**
 * The archive, not yet opened: the first query opens it, so this never waits and never throws. Made for a background
 * that may be stopped at any moment: nothing is held in memory, every write is one transaction.
 */
export function openArchive(name: string = ARCHIVE_NAME): Archive {
  return new Archive(name)
}
