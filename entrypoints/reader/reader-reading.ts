import type { PageReading } from '../../aids/define-aid.ts'
import type { PostRecord } from '../../archive/records.ts'
import type { ReadingPlace, VisitReport } from '../../core/thread-visit.ts'
import { useArchive } from '../../stores/open-archive.ts'

/** What was read is stored this long after it began to gather; at once when the page is left. In milliseconds. */
const STORE_AFTER = 1000

/** The reader's visits to a thread, as the archive has them: those to its pages on the forum count as well. */
export class ReaderReading implements PageReading {
  readonly #threadKey: string
  readonly #listeners = new Set<(report: VisitReport) => void>()
  #readIds = new Set<string>()
  #place: ReadingPlace | undefined
  #report: VisitReport | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(threadKey: string, signal: AbortSignal) {
    this.#threadKey = threadKey
    const store = () => void this.#store()
    document.addEventListener('visibilitychange', store, { signal })
    signal.addEventListener('abort', store)
  }

  /** Begins the visit; to be called when all posts of the thread are known. Nothing is new where it cannot be stored. */
  async begin(posts: readonly PostRecord[]): Promise<void> {
    try {
      const { beginVisit } = await import('../../archive/visits.ts')
      this.#report = await beginVisit(
        await useArchive(),
        this.#threadKey,
        posts.map(({ post }) => post),
      )
    } catch (error) {
      console.warn('[loulan] what is new could not be found out', error)
      return
    }
    for (const listener of this.#listeners) listener(this.#report)
  }

  watch(listener: (report: VisitReport) => void, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#listeners.delete(listener))
    if (this.#report) listener(this.#report)
  }

  note(readIds: readonly string[], place?: ReadingPlace): void {
    for (const id of readIds) this.#readIds.add(id)
    if (place) this.#place = place
    this.#timer ??= setTimeout(() => void this.#store(), STORE_AFTER)
  }

  async #store(): Promise<void> {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#report || (this.#readIds.size === 0 && !this.#place)) return
    const noted = { readIds: [...this.#readIds], place: this.#place }
    this.#readIds = new Set()
    this.#place = undefined
    try {
      const { noteReading } = await import('../../archive/visits.ts')
      await noteReading(await useArchive(), this.#threadKey, noted)
    } catch (error) {
      console.warn('[loulan] what was read could not be remembered', error)
    }
  }
}
