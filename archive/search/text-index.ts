import { foldText } from '../../core/search/fold-text.ts'
import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import type { ThreadRecord } from '../records.ts'
import { findDeadTexts, type DeadTexts } from './live-texts.ts'
import { countBacklog } from './text-backlog.ts'
import { orderOf, type TextBody, type TextRun } from './text-run.ts'

/** What a search needs to know of a thread. */
export interface IndexedThread extends Pick<ThreadRecord, 'key' | 'title' | 'site' | 'url' | 'board' | 'lastReadAt'> {
  /** For looking words up. */
  foldedTitle: string
}

/** A run as it is searched; its texts are there once they were read. */
export interface IndexedRun {
  id: number
  order: number
  sections: TextRun['sections']
  characters: number
  body?: TextBody
  /** Large runs only. */
  signature?: Uint32Array
}

/** Texts kept in memory at most; beyond that they are read again by each search. In UTF-16 units, two bytes each. */
const MOST_KEPT = 200_000_000

/** Changed threads that are read one by one; where there are more, all are read at once. */
const FEW_THREADS = 300

/**
 * The texts of the archive as far as searches have needed them, kept in memory while a page searches: the heads and
 * signatures of all runs, the rows of all threads, and the texts that were read.
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
  /** One at a time. */
  #refreshing: Promise<void> = Promise.resolve()

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

  /** Lets the texts of a large run go when too much is kept. */
  letGo(run: IndexedRun): void {
    if (!run.body || !run.signature) return
    const kept = this.runs.reduce((sum, { body, characters }) => (body ? sum + characters : sum), 0)
    if (kept > MOST_KEPT) delete run.body
  }

  #read(work: () => Promise<void>): PromiseLike<void> {
    const { textRuns, textParts, textBacklog, threads } = this.#archive
    return this.#archive.transaction('r', textRuns, textParts, textBacklog, threads, work)
  }

  async #open(): Promise<void> {
    const { textRuns, threads } = this.#archive
    const [runs, rows, signatures, backlog] = await Promise.all([
      textRuns.toArray(),
      threads.toArray(),
      this.#readSignatures(),
      countBacklog(this.#archive),
    ])
    this.backlog = backlog
    this.threads.clear()
    this.#takeOver([], runs, signatures, rows)
  }

  async #update(): Promise<void> {
    const { textRuns, threads } = this.#archive
    const [ids, keys, backlog] = await Promise.all([
      textRuns.toCollection().primaryKeys(),
      threads.toCollection().primaryKeys(),
      countBacklog(this.#archive),
    ])
    this.backlog = backlog
    const { added, gone } = compare(ids, new Map(this.runs.map((run) => [run.id, run])))
    // A deleted thread goes from the table alone at first, and may come back to it.
    const { added: come, gone: left } = compare(keys, this.threads)
    if (added.length + gone.length + come.length + left.length === 0) return
    const runs = (await textRuns.bulkGet(added)).filter((run) => run !== undefined)
    const named = [...gone, ...runs].flatMap(({ sections }) => sections.map(({ key }) => key))
    const lastKnown = this.runs.reduce((last, { id }) => Math.max(last, id), 0)
    const [signatures, rows] = await Promise.all([
      runs.some(({ body }) => !body) ? this.#readSignatures(lastKnown) : undefined,
      this.#readThreads([...new Set([...named, ...come])]),
    ])
    // From here on without a pause: a search that is under way must not see half of it.
    for (const { key } of left) this.threads.delete(key)
    const isGone = new Set(gone)
    this.#takeOver(
      this.runs.filter((run) => !isGone.has(run)),
      runs,
      signatures,
      rows,
    )
  }

  /** The signatures of the runs with a greater id, by id. */
  async #readSignatures(above = -Infinity): Promise<Map<number, Uint32Array>> {
    const parts = await this.#archive.textParts
      .where('[part+id]')
      .between(['signature', above], ['signature', Infinity], false)
      .toArray()
    return new Map(parts.flatMap((part) => (part.part === 'signature' ? [[part.id, part.signature] as const] : [])))
  }

  /** The rows of some threads, or of all; none for those that are not there. */
  async #readThreads(keys: string[]): Promise<ThreadRecord[]> {
    const { threads } = this.#archive
    if (keys.length > FEW_THREADS) return threads.toArray()
    return (await threads.bulkGet(keys)).filter((row) => row !== undefined)
  }

  #takeOver(
    kept: readonly IndexedRun[],
    added: readonly TextRun[],
    signatures: ReadonlyMap<number, Uint32Array> | undefined,
    rows: readonly ThreadRecord[],
  ): void {
    const indexed = added.map((run): IndexedRun => {
      const { id, sections, characters, body } = run
      const signature = signatures?.get(id)
      return { id, order: orderOf(run), sections, characters, ...(body && { body }), ...(signature && { signature }) }
    })
    this.runs = [...kept, ...indexed].sort((a, b) => b.order - a.order || b.id - a.id)
    this.dead = findDeadTexts(this.runs)
    for (const { key, title, site, url, board, lastReadAt } of rows) {
      const thread = { key, title, site, url, lastReadAt, foldedTitle: foldText(title) }
      this.threads.set(key, board ? { ...thread, board } : thread)
    }
    this.version++
  }
}

/** What stands in a list of keys and is not known, and what is known and no longer stands there. */
function compare<Key, Value>(keys: readonly Key[], known: ReadonlyMap<Key, Value>): { added: Key[]; gone: Value[] } {
  const standing = new Set(keys)
  return {
    added: keys.filter((key) => !known.has(key)),
    gone: [...known].flatMap(([key, value]) => (standing.has(key) ? [] : [value])),
  }
}
