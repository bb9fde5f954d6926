import { capturePage } from '../../aids/capture-page.ts'
import { aids } from '../../aids/registry.ts'
import { AidRunner, sweepPage, type AidWishes } from '../../aids/runner.ts'
import type { AidMemory } from '../../aids/define-aid.ts'
import { sendToBackground } from '../../messages/messenger.ts'
import type { PageCapture } from '../../messages/protocol.ts'
import type { Site } from '../../sites/define-site.ts'

/** Posts that arrive one after another are captured together, this long after the last. In milliseconds. */
const RECAPTURE_DELAY = 800

/** One thread page in this tab, from its arrival to the next navigation. */
export class ThreadVisit {
  readonly site: Site
  readonly runner: AidRunner
  capture: PageCapture
  #controller = new AbortController()
  #recapture: ReturnType<typeof setTimeout> | undefined

  constructor(site: Site, wishes: AidWishes, memory: (aidId: string, scope: string) => AidMemory) {
    this.site = site
    sweepPage(document, aids)
    this.capture = { url: location.href, html: capturePage(document, aids) }
    const url = new URL(location.href)
    this.runner = new AidRunner({
      root: document,
      document,
      site,
      url,
      aids,
      wishes,
      memory: (aidId) => memory(aidId, `${site.id}/${url.host}`),
      signal: this.#controller.signal,
    })
    setTimeout(() => this.#send()) // The page is painted first: packing a long page for the background takes a while.
  }

  /** False once a navigation without reload has taken the posts away. */
  get isStanding(): boolean {
    const [first] = this.runner.page.posts
    return first ? first.element.isConnected : document.querySelector(this.site.selectors.post) !== null
  }

  /** More posts have arrived: aids first, as they show at once; the capture when they have all come. */
  refresh(): void {
    this.runner.refresh()
    clearTimeout(this.#recapture)
    this.#recapture = setTimeout(() => {
      this.capture = { url: location.href, html: capturePage(document, aids) }
      this.#send()
    }, RECAPTURE_DELAY)
  }

  /** Undoes all aids. */
  end(): void {
    clearTimeout(this.#recapture)
    this.#controller.abort()
  }

  #send(): void {
    if (this.#controller.signal.aborted) return
    sendToBackground('threadPageRead', this.capture).catch((error: unknown) => {
      console.warn('[loulan] the page was not kept', error)
    })
  }
}
