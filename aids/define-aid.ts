import type { LinkCleaner } from '../core/links.ts'
import type { ReadingSpeeds } from '../core/reading.ts'
import type { QuotedPost } from '../core/quoted-post.ts'
import type { Setting } from '../core/setting.ts'
import type { Quote } from '../core/thread.ts'
import type { PostLengths } from '../core/post-lengths.ts'
import type { ProblemCode } from '../core/thread-page.ts'
import type { SaveWish, ThreadKeeping } from '../core/thread-keeping.ts'
import type { ReadingPlace, VisitReport } from '../core/thread-visit.ts'
import type { LivePage } from './live-page.ts'

export type AidOptions = Readonly<Record<string, Setting<boolean> | Setting<number> | Setting<string>>>
export type OptionValues<Options extends AidOptions> = { [Name in keyof Options]: Options[Name]['default'] }

/** A reading aid: data that settings pages are made from, and one function that puts it on a page. */
export interface Aid<Options extends AidOptions = AidOptions> {
  /** Equals the file's name, the settings key, the CSS prefix and the text prefix. */
  readonly id: string
  readonly enabledByDefault: boolean
  readonly options: Options
  /**
   * Starts the aid on a page. Every change goes through dom/page-marks.ts, so the runner can undo it; every listener
   * takes `signal`, which aborts when the aid is switched off or the page is left.
   */
  start: (context: AidContext<OptionValues<Options>>, signal: AbortSignal) => void
}

export interface AidContext<Values = Record<string, boolean | number | string>> {
  readonly page: LivePage
  readonly options: Values
  readonly speeds: ReadingSpeeds
  /** Knows the site's hosts and the reader's own rules; relative links are read against the page's address. */
  readonly cleanLink: LinkCleaner
  /** Follows the page's posts; an error in a callback stops this aid and is reported by name. */
  readonly follow: (onPost: (post: LivePage['posts'][number]) => void, onSettled?: () => void) => void
  /** Stops this aid and reports the error by name, for what the aid does later than `start` and `follow`. */
  readonly fail: (error: unknown) => void
  /** What the reader did on this page that a restarted aid must respect, by a name that the aid chooses. */
  readonly memory: AidMemory
  /** What is kept of the thread; absent where a thread cannot be saved, as on the reader page. */
  readonly keeping?: PageKeeping | undefined
  /** The reader's visits to the thread; absent where none are remembered. */
  readonly reading?: PageReading | undefined
  /** What was read of the page that stands in the tab; absent where nobody reads it, as on the reader page. */
  readonly own?: Promise<OwnPage> | undefined
  /**
   * Looks a quoted post that is not on the page up in what is kept of the thread; `quotedIn` is the id of the post that quotes.
   * Undefined where it is not kept. Absent where nobody can be asked, and on the reader page, which has all that is kept.
   */
  readonly findQuoted?: ((quote: Quote, quotedIn: string) => Promise<QuotedPost | undefined>) | undefined
  /** Has the style for highlighted words put into the page; absent where it is there. Cheap, to be called often. */
  readonly styleHighlights?: (() => void) | undefined
  /** The thread's other pages; absent where they cannot be asked for, as on the reader page. */
  readonly joining?: PageJoining | undefined
}

/** What is kept of the thread on a page, and the saving of the whole of it. */
export interface PageKeeping {
  /** Calls `listener` with what is kept (undefined: nothing), when that is known and at each change, until `signal` aborts. */
  watch(listener: (kept: ThreadKeeping | undefined) => void, signal: AbortSignal): void
  /** Has the thread saved, or its saving paused, resumed or cancelled; rejects when that was refused. */
  ask(wish: SaveWish): Promise<void>
}

/** What is known of the reader's visits to the thread, and what this one adds. */
export interface PageReading {
  /** Calls `listener` when that is known, and again when more posts have come, until `signal` aborts. */
  watch(listener: (report: VisitReport) => void, signal: AbortSignal): void
  /** Takes what is known of posts that have come since; nothing where none is remembered, as in a private window. */
  learn(report: VisitReport | undefined): void
  /** Notes posts that were read, and where reading stands; cheap, to be called as often as one likes. */
  note(readIds: readonly string[], place?: ReadingPlace): void
}

/** Which page of which thread it is; nothing is set where it is none, or was not read. */
export interface OwnPage {
  key?: string
  /** 1-based. */
  page?: number
  /** Address of the page after it; absent on the last one. */
  next?: string
  /** Of a long page; see `ThreadPageReply`. */
  lengths?: PostLengths
}

/** Asks for the thread's other pages. */
export interface PageJoining {
  /** What stands on the page itself. */
  readOwn(): Promise<Pick<JoinedPage, 'key' | 'page' | 'next'>>
  /**
   * Asks for a page in the reader's name, has it read, and kept as if it had been visited where it is of the thread with
   * that key. Rejects when the forum could not be reached or has no time.
   */
  fetchPage(url: string, key: string, signal: AbortSignal): Promise<JoinedPage>
}

/** A page that was asked for. */
export interface JoinedPage {
  /** Key of the thread that it is of; undefined where it is of none. */
  key: string | undefined
  /** 1-based. */
  page: number | undefined
  /** Address of the page after it, of the same origin; undefined on the last one. */
  next: string | undefined
  /** Why the site shows no posts. */
  problem: ProblemCode | undefined
  /** Where it was found in the end. */
  url: string
  /** Parsed, and inert. */
  document: Document
  /** Whether the site sends a content security policy. */
  hasPolicy: boolean
}

/** Remembers ids of posts across restarts of an aid and, outside private windows, across visits. */
export interface AidMemory {
  has(postId: string): boolean
  add(postId: string): void
  delete(postId: string): void
}

/** Declares an aid; exists for the type check and so that a reader can find every aid by searching for it. */
export function defineAid<Options extends AidOptions>(aid: Aid<Options>): Aid<Options> {
  return aid
}
