import { browser } from 'wxt/browser'
import type { Aid, AidMemory, OwnPage, PageReading } from '../aids/define-aid.ts'
import type { VisitReport } from '../core/thread-visit.ts'
import { AidRunner, sweepPage, type AidWishes } from '../aids/runner.ts'
import { whenParsed } from '../dom/watch-page.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { capturePage } from './capture-page.ts'
import type { LateAids } from './late-aids.ts'
import { TabKeeping } from './tab-keeping.ts'
import type { Site } from '../sites/define-site.ts'

/** The aids of a visit, and what they have to know of the reader. */
export interface VisitAids {
  aids: readonly Aid[]
  wishes: AidWishes
  memory: (aidId: string, scope: string) => AidMemory
  /** Absent before the later script has come. */
  late?: LateAids | undefined
}

/** Posts that arrive one after another are captured together, this long after the last. In milliseconds. */
const RECAPTURE_DELAY = 800

/**
 * One thread page in this tab, from the arrival of its first post to the next navigation. Aids start while the page is
 * still being parsed, so that nothing moves once it is painted; it is captured for the archive when it stands.
 */
export class ThreadVisit {
  readonly site: Site
  readonly runner: AidRunner
  readonly keeping = new TabKeeping()
  /** Resolves when the aids have had the first post. */
  readonly firstPost: Promise<unknown>
  readonly #controller = new AbortController()
  readonly #own = Promise.withResolvers<OwnPage>()
  #late: LateAids | undefined
  #reading: PageReading | undefined
  #report: VisitReport | undefined
  #recapture: ReturnType<typeof setTimeout> | undefined
  #isFrameAwaited = false

  constructor(site: Site, { aids, wishes, memory, late }: VisitAids) {
    this.site = site
    this.#late = late
    this.#reading = late?.gatherReading(this.#controller.signal)
    // A page that is being parsed comes from the site as it is: nobody of ours can have been there.
    const isParsing = document.readyState === 'loading'
    const mayHoldMarks = !isParsing && sweepPage(document, aids)
    const url = new URL(location.href)
    this.runner = new AidRunner({
      root: document,
      document,
      site,
      url,
      aids,
      wishes,
      memory: this.#scoped(memory),
      // Of what is read in a private window nothing is kept.
      keeping: browser.extension.inIncognitoContext ? undefined : this.keeping,
      reading: this.#reading,
      own: this.#own.promise,
      mayHoldMarks,
      signal: this.#controller.signal,
    })
    this.firstPost = new Promise((onPost) =>
      this.runner.page.follow({ onPost, onError: onPost }, this.#controller.signal),
    )
    void whenParsed(document).then(() => {
      if (isParsing) this.runner.refresh()
      this.#captureLater(0)
    })
  }

  /** False once a navigation without reload has taken the posts away. */
  get isStanding(): boolean {
    const [first] = this.runner.page.posts
    return first ? first.element.isConnected : document.querySelector(this.site.selectors.post) !== null
  }

  /** More posts have arrived: aids first, as they show at once; the capture when they have all come. */
  refresh(): void {
    this.runner.refresh()
    this.#captureLater(RECAPTURE_DELAY)
  }

  /** While the page is parsed, posts come in many small pieces: all that came since the last paint are taken at once. */
  refreshBeforePaint(): void {
    if (this.#isFrameAwaited) return
    this.#isFrameAwaited = true
    requestAnimationFrame(() => {
      this.#isFrameAwaited = false
      if (!this.#controller.signal.aborted) this.runner.refresh()
    })
  }

  /** What was loaded after the page joins what runs. */
  add(late: LateAids, { wishes, memory }: VisitAids): void {
    this.#late = late
    this.#reading = late.gatherReading(this.#controller.signal)
    this.#reading.learn(this.#report)
    this.runner.add(late.aids, { wishes, memory: this.#scoped(memory), reading: this.#reading })
  }

  /** Goes to a post of the page by its id, or to words in it; false when it is not on the page. */
  showPost(postId: string, words?: string): boolean {
    const post = this.runner.page.posts.find(({ id }) => id === postId)
    // Who asks before the later script is there gets to the post, if not to the words.
    if (post && !this.#late) post.element.scrollIntoView()
    else if (post) this.#late?.goToPost(post, this.#controller.signal, words)
    return post !== undefined
  }

  /** Undoes all aids. */
  end(): void {
    clearTimeout(this.#recapture)
    this.#controller.abort()
  }

  /** What was unfolded on one forum says nothing of another's posts. */
  #scoped(memory: VisitAids['memory']): (aidId: string) => AidMemory {
    return (aidId) => memory(aidId, `${this.site.id}/${location.host}`)
  }

  #captureLater(delay: number): void {
    clearTimeout(this.#recapture)
    this.#recapture = setTimeout(() => {
      sendToBackground('threadPageRead', capturePage(document))
        .then((reply) => {
          this.runner.page.learnLengths(reply.lengths)
          this.#own.resolve(reply)
          this.#report = reply.visit
          this.#reading?.learn(reply.visit)
          return this.keeping.load(reply.key)
        })
        .catch((error: unknown) => {
          console.warn('[loulan] the page was not kept', error)
          this.#own.resolve({})
          this.keeping.show(undefined)
        })
    }, delay)
  }
}
