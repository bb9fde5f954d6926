import type { PageReading } from '../aids/define-aid.ts'
import type { ReadingPlace, VisitReport } from '../core/thread-visit.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** What was read is told this long after it began to gather; at once when the page is left. In milliseconds. */
const TELL_AFTER = 2000

/** The reader's visits to the thread in this tab, as the background knows them. */
export class TabReading implements PageReading {
  readonly #listeners = new Set<(report: VisitReport) => void>()
  readonly #told = new Set<string>()
  #untold = new Set<string>()
  #place: ReadingPlace | undefined
  #report: VisitReport | undefined
  #timer: ReturnType<typeof setTimeout> | undefined

  constructor(signal: AbortSignal) {
    const tell = () => this.#tell()
    document.addEventListener('visibilitychange', tell, { signal })
    addEventListener('pagehide', tell, { signal })
    signal.addEventListener('abort', tell)
  }

  watch(listener: (report: VisitReport) => void, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#listeners.delete(listener))
    if (this.#report) listener(this.#report)
  }

  /** Takes what the background says; nothing where it remembers no visits, as in a private window. */
  learn(report: VisitReport | undefined): void {
    if (!report) return
    this.#report = report
    for (const listener of this.#listeners) listener(report)
  }

  note(readIds: readonly string[], place?: ReadingPlace): void {
    for (const id of readIds) if (!this.#told.has(id)) this.#untold.add(id)
    if (place) this.#place = { ...place, url: location.href.replace(/#.*$/s, '') }
    if (this.#untold.size > 0 || place) this.#timer ??= setTimeout(() => this.#tell(), TELL_AFTER)
  }

  #tell(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
    if (!this.#report || (this.#untold.size === 0 && !this.#place)) return
    const readIds = [...this.#untold]
    for (const id of readIds) this.#told.add(id)
    const place = this.#place
    this.#untold = new Set()
    this.#place = undefined
    sendToBackground('threadRead', { key: this.#report.key, readIds, ...(place && { place }) }).catch(() => {
      // The extension was updated: what was read on this page in the last seconds is not remembered.
    })
  }
}
