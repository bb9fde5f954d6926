import type { IndexableType } from 'dexie'
import { foldText } from '../../core/search/fold-text.ts'
import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { findDeadTexts, type DeadTexts } from './live-texts.ts'
import { countBacklog } from './text-backlog.ts'
import { orderOf, type TextBody, type TextRun, type ThreadName } from './text-run.ts'
import { findNames, nameOf } from './thread-name.ts'

/** What a search needs to know of a thread. */
export interface IndexedThread extends ThreadName {
  key: string
  /** For looking words up. */
  foldedTitle: string
  /** Higher for what was read or opened later. */
  rank: number
}

/** A run as it is searched; its texts are there once they were read. */
export interface IndexedRun {
  id: number
  order: number
  sections: TextRun['sections']
  characters: number
  /** Large runs can be read again; the texts of small ones come with them. */
  isLarge: boolean
  body?: TextBody
  /** Large runs only, once it was read. */
  signature?: Uint32Array
}

/** Texts kept in memory at most; beyond that they are read again by each search. In UTF-16 units, two bytes each. */
const MOST_KEPT = 200_000_000

/** Threads of which no run tells the name are read one by one; where there are more, all are read at once. */
const FEW_THREADS = 300

/**
 * The texts of the archive as far as searches have needed them, kept in memory while a page searches: the heads and
 * signatures of all runs, what all threads are called, and the texts that were read.
 */
export class TextIndex {
  readonly threads = new Map<string, IndexedThread>()
  /** Latest first. Another list after each change. */
  runs: readonly IndexedRun[] = []
  dead: DeadTexts = { resets: new Map(), replaced: new Map() }
  /** Changes with every change of the above. */
  version = 0
  /** Threads of an earlier version that cannot be found yet. */
  backlog = 0
  #archive: Archive
  #isOpen = false
  /** When a thread was read or opened last, as far as `rank` tells. */
  #latest: IndexableType | undefined
  /** One at a time. */
  #refreshing: Promise<void> = Promise.resolve()
  #signing: Promise<void> = Promise.resolve()

  constructor(archive: Archive) {
    this.#archive = archive
  }

  /** True once there is something to search in, though it may have changed since. */
  get isOpen(): boolean {
    return this.#isOpen
  }

  /** Takes over what has changed in the archive. Costs a list of keys when nothing has. Throws {@link ArchiveError}. */
  async refresh(): Promise<void> {
    const turn = this.#refreshing.then(async () => {
      await guard(this.#archive, () => this.#read(() => (this.#isOpen ? this.#update() : this.#open())))
      this.#isOpen = true
    })
    // Whoever asked is told why it failed; the next one only waits for its end, and tries again.
    this.#refreshing = turn.catch(() => undefined)
    return turn
  }

  /** Reads the texts of some runs that are not there; those of runs that were replaced meanwhile stay away. */
  async readBodies(runs: readonly IndexedRun[]): Promise<void> {
    const wanted = runs.filter(({ body }) => !body)
    if (wanted.length === 0) return
    const keys = wanted.map(({ id }): [string, number] => ['body', id])
    const parts = await guard(this.#archive, () => this.#archive.textParts.bulkGet(keys))
    for (const [index, part] of parts.entries()) if (part?.part === 'body') wanted[index]!.body = part.body
  }

  /**
   * Reads the signatures of runs that are without: they spare reading most texts, but are large themselves, and the first
   * texts are read without. Throws {@link ArchiveError}.
   */
  readSignatures(): Promise<void> {
    this.#signing = this.#signing.catch(() => undefined).then(() => this.#readSignatures())
    // Whoever waits for it is told; a search that was given up does not.
    this.#signing.catch(() => undefined)
    return this.#signing
  }

  async #readSignatures(): Promise<void> {
    const wanted = this.runs.filter(({ isLarge, signature }) => isLarge && !signature)
    if (wanted.length === 0) return
    const keys = wanted.map(({ id }): [string, number] => ['signature', id])
    const parts = await guard(this.#archive, () => this.#archive.textParts.bulkGet(keys))
    for (const [index, part] of parts.entries())
      if (part?.part === 'signature') wanted[index]!.signature = part.signature
  }

  /** Lets the texts of a large run go when too much is kept. */
  letGo(run: IndexedRun): void {
    if (!run.body || !run.isLarge) return
    const kept = this.runs.reduce((sum, { body, characters }) => (body ? sum + characters : sum), 0)
    if (kept > MOST_KEPT) delete run.body
  }

  #read(work: () => Promise<void>): PromiseLike<void> {
    const { textRuns, textBacklog, threads } = this.#archive
    return this.#archive.transaction('r', textRuns, textBacklog, threads, work)
  }

  async #open(): Promise<void> {
    const [runs, order, backlog] = await Promise.all([
      this.#archive.textRuns.toArray(),
      this.#readOrder(),
      countBacklog(this.#archive),
    ])
    this.backlog = backlog
    this.threads.clear()
    await this.#takeOver([], runs, order, order.keys)
  }

  async #update(): Promise<void> {
    const { textRuns, threads } = this.#archive
    const [ids, keys, latest, backlog] = await Promise.all([
      textRuns.toCollection().primaryKeys(),
      threads.toCollection().primaryKeys(),
      this.#findLatest(),
      countBacklog(this.#archive),
    ])
    this.backlog = backlog
    const { added, gone } = compare(ids, new Map(this.runs.map((run) => [run.id, run])))
    // A deleted thread goes from the table alone at first, and may come back to it.
    const { added: come, gone: left } = compare(keys, this.threads)
    if (added.length + gone.length + come.length + left.length === 0) {
      if (latest !== this.#latest) this.#rank(await this.#readOrder())
      return
    }
    const [found, order] = await Promise.all([textRuns.bulkGet(added), this.#readOrder()])
    const runs = found.filter((run) => run !== undefined)
    const named = [...gone, ...runs].flatMap(({ sections }) => sections.map(({ key }) => key))
    const isGone = new Set(gone)
    const kept = this.runs.filter((run) => !isGone.has(run))
    await this.#takeOver(kept, runs, order, new Set([...named, ...come]))
  }

  /** When a thread was read or opened last: always later than before, so that one key tells whether the order has changed. */
  async #findLatest(): Promise<IndexableType | undefined> {
    return this.#archive.threads.orderBy('recentAt').lastKey()
  }

  /** The keys of all threads, from what was read or opened first to last. An index takes twice as long as the table. */
  async #readOrder(): Promise<ThreadOrder> {
    const [keys, latest] = await Promise.all([
      this.#archive.threads.orderBy('recentAt').primaryKeys(),
      this.#findLatest(),
    ])
    return { keys, latest }
  }

  /** Takes over what is there now; `changed` are the threads that may be called otherwise than is known. */
  async #takeOver(
    kept: readonly IndexedRun[],
    added: readonly TextRun[],
    order: ThreadOrder,
    changed: Iterable<string>,
  ): Promise<void> {
    const indexed = added.map(({ id, order, sections, characters, body }): IndexedRun => {
      const head = { id, order: orderOf({ id, ...(order !== undefined && { order }) }), sections, characters }
      return { ...head, isLarge: !body, ...(body && { body }) }
    })
    const runs = [...kept, ...indexed].sort((a, b) => b.order - a.order || b.id - a.id)
    const names = findNames(runs)
    const rows = await this.#readNames([...changed].filter((key) => !names.has(key)))
    // From here on without a pause: a search that is under way must not see half of it.
    this.runs = runs
    this.dead = findDeadTexts(runs)
    for (const key of changed) {
      const name = names.get(key) ?? rows.get(key)
      if (name) this.threads.set(key, { key, ...name, foldedTitle: foldText(name.title), rank: 0 })
    }
    const standing = new Set(order.keys)
    for (const key of this.threads.keys()) if (!standing.has(key)) this.threads.delete(key)
    this.#rank(order)
  }

  /** Names that no run tells, from the threads' rows. */
  async #readNames(keys: string[]): Promise<Map<string, ThreadName>> {
    const { threads } = this.#archive
    const rows = await (keys.length > FEW_THREADS ? threads.toArray() : threads.bulkGet(keys))
    return new Map(rows.flatMap((row) => (row ? [[row.key, nameOf(row)] as const] : [])))
  }

  #rank({ keys, latest }: ThreadOrder): void {
    for (const [rank, key] of keys.entries()) {
      const thread = this.threads.get(key)
      if (thread) thread.rank = rank
    }
    this.#latest = latest
    this.version++
  }
}

interface ThreadOrder {
  keys: readonly string[]
  latest: IndexableType | undefined
}

/** What stands in a list of keys and is not known, and what is known and no longer stands there. */
function compare<Key, Value>(keys: readonly Key[], known: ReadonlyMap<Key, Value>): { added: Key[]; gone: Value[] } {
  const standing = new Set(keys)
  return {
    added: keys.filter((key) => !known.has(key)),
    gone: [...known].flatMap(([key, value]) => (standing.has(key) ? [] : [value])),
  }
}
