import { createLinkCleaner, type LinkCleaner, type LinkWishes } from '../core/links.ts'
import type { ReadingSpeeds } from '../core/reading.ts'
import { undoAllMarks, undoMarks } from '../dom/page-marks.ts'
import type { Site } from '../sites/define-site.ts'
import type { Aid, AidMemory, OwnPage, PageKeeping, PageReading } from './define-aid.ts'
import { PostFeed, type LivePage } from './live-page.ts'

/** What the reader wants of the aids; one entry for each. */
export interface AidWishes {
  readonly aids: Readonly<Record<string, { enabled: boolean; options: Record<string, boolean | number | string> }>>
  readonly speeds: ReadingSpeeds
  /** Absent: links are cleaned by the table alone. */
  readonly links?: LinkWishes
}

export interface AidState {
  id: string
  state: 'on' | 'off' | 'failed'
  message?: string
}

export interface AidPageParts {
  /** Where the thread's posts are looked for, and what is undone. */
  root: HTMLElement | Document
  document: Document
  site: Site
  url: URL
  aids: readonly Aid[]
  wishes: AidWishes
  /** Per aid: what the reader did that a restarted aid must respect. */
  memory: (aidId: string) => AidMemory
  /** Absent where a thread cannot be saved. */
  keeping?: PageKeeping | undefined
  /** Absent where no visits are remembered. */
  reading?: PageReading | undefined
  /** What was read of the page; absent where nobody reads it. */
  own?: Promise<OwnPage> | undefined
  /** False where the page has been found without any aid's marks: aids that come later need not look for theirs. */
  mayHoldMarks?: boolean
  /** Aborts when the page is left; every aid is undone. */
  signal: AbortSignal
}

/**
 * Runs the aids on one thread page. Each runs contained: one that throws is stopped, undone and named in `states`; the
 * others go on. Switching one off, or changing its options, undoes all it did.
 */
export class AidRunner {
  #feed!: PostFeed
  #parts: AidPageParts
  #wishes: AidWishes
  /** Made when an aid first asks for it: most need none, and its tables take a millisecond to set up. */
  #cleaner: LinkCleaner | undefined
  #running = new Map<string, { controller: AbortController; options: string }>()
  #failures = new Map<string, string>()

  constructor(parts: AidPageParts) {
    this.#parts = parts
    this.#wishes = parts.wishes
    parts.signal.addEventListener('abort', () => this.#stopAll())
    this.#begin()
  }

  get page(): LivePage {
    return this.#feed
  }

  #begin(): void {
    const { root, site, url, document, signal, aids } = this.#parts
    this.#feed = new PostFeed(root, site, url, document, signal)
    for (const aid of aids) this.#update(aid)
    this.#feed.refresh()
  }

  /** Looks for posts that arrived since. */
  refresh(): void {
    this.#feed.refresh()
  }

  /** Adds aids that came after the page; those that the settings want start at once. */
  add(aids: readonly Aid[], more: Pick<AidPageParts, 'wishes' | 'memory' | 'reading'>): void {
    // A page that the site kept a clone of may still have their marks.
    if (this.#parts.mayHoldMarks ?? true) for (const { id } of aids) undoMarks(this.#parts.root, id)
    this.#parts = { ...this.#parts, ...more, aids: [...this.#parts.aids, ...aids] }
    this.apply(more.wishes)
  }

  /** Starts, stops and restarts aids to match changed settings. */
  apply(wishes: AidWishes): void {
    if (this.#parts.signal.aborted) return
    if (JSON.stringify(wishes.links) !== JSON.stringify(this.#wishes.links)) this.#cleaner = undefined
    this.#wishes = wishes
    for (const aid of this.#parts.aids) this.#update(aid)
    if (this.#feed.posts.every(({ element }) => element.isConnected)) return
    // An aid has gone with the posts that it brought: the others begin anew, without them.
    this.#stopAll()
    this.#begin()
  }

  get states(): AidState[] {
    return this.#parts.aids.map(({ id }) => {
      const message = this.#failures.get(id)
      if (message !== undefined) return { id, state: 'failed', message }
      return { id, state: this.#running.has(id) ? 'on' : 'off' }
    })
  }

  #update(aid: Aid): void {
    const wish = this.#wishes.aids[aid.id]
    const options = JSON.stringify([wish?.options, this.#wishes.speeds, this.#wishes.links])
    const running = this.#running.get(aid.id)
    if (wish?.enabled && running?.options === options) return
    if (running) this.#stop(aid.id)
    this.#failures.delete(aid.id)
    if (wish?.enabled) this.#start(aid, wish.options, options)
  }

  #start(aid: Aid, values: Record<string, boolean | number | string>, options: string): void {
    const controller = new AbortController()
    this.#running.set(aid.id, { controller, options })
    const onError = (error: unknown) => this.#fail(aid.id, error)
    try {
      aid.start(
        {
          page: this.page,
          options: values,
          speeds: this.#wishes.speeds,
          cleanLink: (...link) => this.#cleanLink(...link),
          memory: this.#parts.memory(aid.id),
          keeping: this.#parts.keeping,
          reading: this.#parts.reading,
          own: this.#parts.own,
          follow: (onPost, onSettled = () => {}) =>
            this.#feed.follow({ onPost, onSettled, onError }, controller.signal),
          fail: onError,
        },
        controller.signal,
      )
    } catch (error) {
      onError(error)
    }
  }

  #cleanLink(...link: Parameters<LinkCleaner>): ReturnType<LinkCleaner> {
    this.#cleaner ??= createCleaner({ ...this.#parts, wishes: this.#wishes })
    return this.#cleaner(...link)
  }

  #fail(id: string, error: unknown): void {
    console.error(`[loulan] ${id}`, error)
    this.#stop(id)
    this.#failures.set(id, error instanceof Error ? error.message : String(error))
  }

  #stop(id: string): void {
    this.#running.get(id)?.controller.abort()
    this.#running.delete(id)
    undoMarks(this.#parts.root, id)
  }

  #stopAll(): void {
    for (const { id } of this.#parts.aids) if (this.#running.has(id)) this.#stop(id)
  }
}

function createCleaner({ site, url, wishes }: Pick<AidPageParts, 'site' | 'url' | 'wishes'>): LinkCleaner {
  const hosts = [url.hostname, ...site.hosts]
  const forumHosts = (host: string) => hosts.some((known) => host === known || host.endsWith(`.${known}`))
  return createLinkCleaner({ ...wishes.links, forumHosts })
}

/** Removes what an earlier run left on the page, and says whether there was any: a pjax clone, a former copy of the extension. */
export function sweepPage(root: ParentNode, aids: readonly Aid[]): boolean {
  return undoAllMarks(
    root,
    aids.map((aid) => aid.id),
  )
}
