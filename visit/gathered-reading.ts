import type { PageReading } from '../aids/define-aid.ts'
import type { ReadingPlace, VisitReport } from '../core/thread-visit.ts'

/** What was read of a thread since it was last told. */
export interface Reading {
  readIds: string[]
  place?: ReadingPlace
}

/** What was read is told this long after it began to gather; at once when the page is left. In milliseconds. */
const TELL_AFTER = 2000

/** Gathers what is read on a page and tells it now and then to whoever remembers it. */
export class GatheredReading implements PageReading {
  readonly #tell: (key: string, reading: Reading) => Promise<void>
  readonly #listeners = new Set<(report: VisitReport) => void>()
  #untold = new Set<string>()
  #place: ReadingPlace | undefined
  #report: VisitReport | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  /** @param tell rejects where it could not be remembered, which is said on the console and forgotten */
  constructor(tell: (key: string, reading: Reading) => Promise<void>, signal: AbortSignal) {
    this.#tell = tell
    const tellNow = () => this.#tellNow()
    document.addEventListener('visibilitychange', tellNow, { signal })
    addEventListener('pagehide', tellNow, { signal })
    signal.addEventListener('abort', tellNow)
  }

  watch(listener: (report: VisitReport) => void, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#listeners.delete(listener))
    if (this.#report) listener(this.#report)
  }

  /** Takes what is known of the visit; nothing where none is remembered, as in a private window. */
  learn(report: VisitReport | undefined): void {
    if (!report) return
    this.#report = report
    for (const listener of this.#listeners) listener(report)
  }

  note(readIds: readonly string[], place?: ReadingPlace): void {
    for (const id of readIds) this.#untold.add(id)
    if (place) this.#place = place
    this.#timer ??= setTimeout(() => this.#tellNow(), TELL_AFTER)
  }

  #tellNow(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#report || (this.#untold.size === 0 && !this.#place)) return
    const readIds = [...this.#untold]
    const place = this.#place
    this.#untold = new Set()
    this.#place = undefined
    this.#tell(this.#report.key, { readIds, ...(place && { place }) }).catch((error: unknown) => {
      console.warn('[loulan] what was read is not remembered', error)
    })
  }
}
