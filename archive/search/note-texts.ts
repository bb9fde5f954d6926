import Dexie from 'dexie'
import type { Archive } from '../database.ts'
import { inOrder } from '../place-posts.ts'
import type { PostRecord, ThreadRecord } from '../records.ts'
import { postText, RunBuilder } from './run-builder.ts'
import { BLOCK } from './text-run.ts'
import { hasSameName, nameOf } from './thread-name.ts'

/** Posts that are read at once. */
const BATCH = 500

/** What a write changes of the texts of a thread. */
export interface TextChange {
  before: ThreadRecord | undefined
  after: ThreadRecord
  /** The posts of the reading as they were, by id, and as they are now. */
  known: ReadonlyMap<string, PostRecord>
  written: readonly PostRecord[]
  /** Posts that are no longer there. */
  gone?: readonly string[]
}

/** Makes what was written to a thread findable; the caller has a transaction over `threadTables`. */
export async function noteTexts(archive: Archive, change: TextChange): Promise<void> {
  const { before, after, known, written, gone = [] } = change
  const changed = written.filter((record) => !hasSameText(record, known.get(record.id)))
  // A page that searches at this moment learns of a thread's new name by a run, even one without posts.
  const isRenamed = !before || !hasSameName(before, after)
  if (changed.length + gone.length === 0 && !isRenamed) return
  const texts = new TextWriter(archive)
  const replaced = [...gone, ...changed.flatMap(({ id }) => (known.has(id) ? [id] : []))]
  texts.begin(after.key, { replaced, ...(isRenamed && { name: nameOf(after) }) })
  await texts.write(changed)
  await texts.finish()
}

/** Makes a thread unfindable; the caller has a transaction over `threadTables`. */
export async function forgetTexts(archive: Archive, key: string): Promise<void> {
  const texts = new TextWriter(archive)
  texts.begin(key, { reset: true })
  await texts.finish()
}

/**
 * Reads a thread's posts and makes them findable in place of all that was before: for posts that were not written by
 * `writeThread`. The caller has a transaction over `threadTables`.
 */
export async function renewTexts(archive: Archive, key: string): Promise<void> {
  const texts = new TextWriter(archive)
  await texts.renew(key)
  await texts.finish()
}

/** Writes the texts of threads into as few runs as may be; the caller has a transaction over `threadTables`. */
export class TextWriter {
  #archive: Archive
  #run = new RunBuilder()
  #key = ''

  constructor(archive: Archive) {
    this.#archive = archive
  }

  /** Begins the part of a thread. */
  begin(key: string, marks: Parameters<RunBuilder['addSection']>[1]): void {
    this.#key = key
    this.#run.addSection(key, marks)
  }

  /** Adds posts to the thread begun last. */
  async write(records: readonly PostRecord[]): Promise<void> {
    for (const record of records) {
      if (this.#run.characters >= BLOCK) {
        await this.finish()
        this.#run.addSection(this.#key)
      }
      this.#run.addPost(postText(record))
    }
  }

  /** Adds a whole thread as it stands in the archive, in place of all that was before. */
  async renew(key: string): Promise<void> {
    const row = await this.#archive.threads.get(key)
    this.begin(key, { reset: true, ...(row && { name: nameOf(row) }) })
    for (let above = -Infinity, isLast = false; !isLast;) {
      const records = await inOrder(this.#archive, key, { above }).limit(BATCH).toArray()
      await this.write(records)
      above = records.at(-1)?.position ?? Infinity
      isLast = records.length < BATCH
    }
  }

  /** Stores what has not been stored yet. */
  async finish(): Promise<void> {
    if (!this.#run.isEmpty) await addRun(this.#archive, this.#run)
    this.#run = new RunBuilder()
  }
}

/** Stores a run; the caller has a transaction over the tables of texts. */
export async function addRun(archive: Archive, builder: RunBuilder, order?: number): Promise<void> {
  const { run, partsOf } = builder.build()
  const id = (await archive.textRuns.add({ ...run, ...(order !== undefined && { order }) } as never)) as number
  const parts = partsOf(id)
  if (parts.length) await archive.textParts.bulkAdd(parts)
  // Runs are merged when nothing waits for it, and never for a write that failed.
  let transaction = Dexie.currentTransaction
  while (transaction?.parent) transaction = transaction.parent
  transaction?.on('complete', () => archive.afterTexts())
}

function hasSameText(record: PostRecord, known: PostRecord | undefined): boolean {
  if (!known) return false
  const [now, former] = [record.post, known.post]
  return (
    now.text === former.text &&
    (record.source === 'page') === (known.source === 'page') &&
    now.author.username === former.author.username &&
    now.author.nickname === former.author.nickname &&
    now.floor === former.floor &&
    now.postedAt === former.postedAt
  )
}
