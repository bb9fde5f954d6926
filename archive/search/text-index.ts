import { foldText } from '../../core/search/fold-text.ts'
import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import type { ThreadRecord } from '../records.ts'
import { findDeadTexts, type DeadTexts } from './live-texts.ts'
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
  /** Latest first. */
  runs: IndexedRun[] = []
  dead: DeadTexts = { resets: new Map(), replaced: new Map() }
  /** Changes with every change of the above. */
  version = 0
  /** Threads of an earlier version that cannot be found yet. */
  backlog = 0
  #archive: Archive
  #keptCharacters = 0
  #isOpen = false
  /** One at a time. */
  #refreshing: Promise<void> = Promise.resolve()
  #signatures = new Map<number, Uint32Array>()

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
      await guard(this.#archive, () => (this.#isOpen ? this.#update() : this.#open()))
      this.#isOpen = true
    })
    this.#refreshing = turn.catch(() => undefined)
    return turn
  }

  /** Reads the texts of some runs that are not there; those of runs that were replaced meanwhile stay away. */
  async readBodies(runs: readonly IndexedRun[]): Promise<void> {
    const wanted = runs.filter(({ body }) => !body)
    const keys = wanted.map(({ id }): [string, number] => ['body', id])
    const parts = await guard(this.#archive, () => this.#archive.textParts.bulkGet(keys))
    for (const [index, part] of parts.entries()) {
      if (part?.part !== 'body') continue
      wanted[index]!.body = part.body
      this.#keptCharacters += wanted[index]!.characters
    }
  }

  /** Lets the texts of a large run go when too much is kept. */
  letGo(run: IndexedRun): void {
    if (this.#keptCharacters <= MOST_KEPT || !run.body || !run.signature) return
    delete run.body
    this.#keptCharacters -= run.characters
  }

  async #open(): Promise<void> {
    const { textRuns, threads } = this.#archive
    await this.#read(async () => {
      const [runs, rows] = await Promise.all([
        textRuns.toArray(),
        threads.toArray(),
        this.#readSignatures(),
        this.#countBacklog(),
      ])
      this.#keptCharacters = 0
      this.runs = []
      this.#addRuns(runs)
      this.threads.clear()
      for (const row of rows) this.#addThread(row)
      this.#giveSignatures()
    })
    this.#settle()
  }

  #read(work: () => Promise<void>): PromiseLike<void> {
    const { textRuns, textParts, textBacklog, threads } = this.#archive
    return this.#archive.transaction('r', textRuns, textParts, textBacklog, threads, work)
  }

  async #countBacklog(): Promise<void> {
    const backlog = await this.#archive.textBacklog.get('backlog')
    this.backlog = backlog ? await this.#archive.threads.where('key').above(backlog.after).count() : 0
  }

  async #readSignatures(above = -Infinity): Promise<void> {
    const parts = await this.#archive.textParts
      .where('[part+id]')
      .between(['signature', above], ['signature', Infinity], false)
      .toArray()
    for (const part of parts) if (part.part === 'signature') this.#signatures.set(part.id, part.signature)
  }

  #giveSignatures(): void {
    for (const run of this.runs) {
      const signature = this.#signatures.get(run.id)
      if (signature) run.signature = signature
    }
    this.#signatures.clear()
  }

  async #update(): Promise<void> {
    const { textRuns, threads } = this.#archive
    await this.#read(async () => {
      const [ids, keys] = await Promise.all([
        textRuns.toCollection().primaryKeys(),
        threads.toCollection().primaryKeys(),
        this.#countBacklog(),
      ])
      const { added, gone } = compare(ids, new Map(this.runs.map((run) => [run.id, run])))
      // A deleted thread goes from the table alone at first, and may come back to it.
      const { added: come, gone: left } = compare(keys, this.threads)
      if (added.length + gone.length + come.length + left.length === 0) return
      const runs = (await textRuns.bulkGet(added)).filter((run) => run !== undefined)
      const named = [...gone, ...runs].flatMap(({ sections }) => sections.map(({ key }) => key))
      const lastKnown = this.runs.reduce((last, { id }) => Math.max(last, id), 0)
      for (const run of gone) if (run.body) this.#keptCharacters -= run.characters
      this.runs = this.runs.filter((run) => !gone.includes(run))
      this.#addRuns(runs)
      if (runs.some(({ body }) => !body)) await this.#readSignatures(lastKnown)
      this.#giveSignatures()
      for (const { key } of left) this.threads.delete(key)
      await this.#updateThreads([...new Set([...named, ...come])])
      this.#settle()
    })
  }

  async #updateThreads(keys: string[]): Promise<void> {
    if (keys.length > FEW_THREADS) {
      const rows = await this.#archive.threads.toArray()
      this.threads.clear()
      for (const row of rows) this.#addThread(row)
      return
    }
    const rows = await this.#archive.threads.bulkGet(keys)
    for (const [index, row] of rows.entries()) {
      if (row) this.#addThread(row)
      else this.threads.delete(keys[index]!)
    }
  }

  #addRuns(runs: readonly TextRun[]): void {
    for (const run of runs) {
      const { id, sections, characters, body } = run
      this.runs.push({ id, order: orderOf(run), sections, characters, ...(body && { body }) })
      if (body) this.#keptCharacters += characters
    }
  }

  #addThread({ key, title, site, url, board, lastReadAt }: ThreadRecord): void {
    const thread = { key, title, site, url, lastReadAt, foldedTitle: foldText(title) }
    this.threads.set(key, board ? { ...thread, board } : thread)
  }

  #settle(): void {
    this.runs.sort((a, b) => b.order - a.order || b.id - a.id)
    this.dead = findDeadTexts(this.runs)
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
