import type { AidPartName } from '../core/aid-parts.ts'
import type { LinkWishes } from '../core/links.ts'
import type { PageGuess } from '../core/page-guess.ts'
import type { PostLengths } from '../core/post-lengths.ts'
import type { QuotedPost, QuotedPostQuery } from '../core/quoted-post.ts'
import type { SaveReport } from '../core/save-report.ts'
import type { DescriptionProblem } from '../core/site-description.ts'
import type { Problem, ProblemCode } from '../core/thread-page.ts'
import type { KeptThread, SaveWish, ThreadKeeping } from '../core/thread-keeping.ts'
import type { ReadingPlace, VisitReport } from '../core/thread-visit.ts'
import type { ThreadOverview } from '../core/thread-overview.ts'

export type { SaveWish, ThreadKeeping }

/** What content scripts may ask of the background. Everything in `data` comes from a page's process: parse it. */
export interface PublicProtocol {
  /** A thread page stands in a tab: its HTML, from which `readThreadPage` takes out what aids did. */
  threadPageRead(data: { url: string; html: string }): ThreadPageReply
  /** A page that was none has become a thread without a reload: the content script is wanted there. */
  threadAddressReached(): void
  /**
   * A granted site's page whose engine was not waited for: one of its threads stands at `url` (`isThread`), or the page has
   * come to that address without a reload. Answers whether to ask at other addresses too.
   */
  forumScriptWanted(data: { url: string; isThread: boolean }): boolean
  /**
   * A page that is to be joined to the one in the tab: read, and kept as if it had been visited where it is of the thread with
   * that key.
   */
  threadPageJoined(data: { url: string; html: string; key: string }): JoinReply
  /** What was on the screen of the sender's thread, and where reading stands. */
  threadRead(data: { key: string; readIds: string[]; place?: ReadingPlace }): void
  /**
   * The post that a quote is from, which does not stand on the page: as it is kept of the sender's thread, by its id or
   * else by author and words. Undefined where it is not kept or cannot be told.
   */
  findQuotedPost(data: QuotedPostQuery): QuotedPost | undefined
  /** A thread's page stands: the aids that come after it are wanted there. */
  lateAidsWanted(): void
  /** A part of an aid is needed on a thread's page for the first time; answers when its script has run there. */
  aidPartWanted(data: { name: AidPartName }): void
  /** Words are to be marked on a thread's page: the style for that is wanted there. */
  highlightsWanted(): void
  /** The reader asked to open the text of a tab as a thread dump. */
  dumpTextOpened(data: { text: string }): ImportReply
  /** The reader asked on a thread's page to save the whole thread, or to pause, resume or cancel that. */
  threadSaveAsked(data: { url: string; wish: SaveWish }): SaveReport | undefined
  /** What is kept of the thread that stands in the sender's tab; undefined when nothing is. */
  getThreadKeeping(data: { url: string }): ThreadKeeping | undefined
  /** The reader has clicked the parts of a post, in a tab where that was asked for: how its site is read. */
  partsPicked(data: { description: unknown }): OwnSiteReply
  /** Whether the reader (still) allows the extension on the sender's site. */
  isSiteGranted(): boolean
}

/** What only the extension's own pages may ask of the background. */
export interface OwnProtocol {
  /** What stands in a tab: a thread with its overview, a text dump, or something else. */
  describeTab(data: { tabId: number }): TabReport
  /** Reads a pasted dump into the archive. */
  dumpPasted(data: { text: string }): ImportReply
  /** Keeps the thread page that stands in a tab, as the reader asked, whether or not pages are cached by themselves. */
  keepTab(data: { tabId: number }): ThreadPageReply
  /** Keeps the page of a tab as the finder reads it, where no site's file and no description does. */
  keepGuess(data: { tabId: number }): ThreadPageReply
  /** Makes a site of the reader's own of what the finder sees on the page of a tab. */
  adoptGuess(data: { tabId: number }): OwnSiteReply
  /** Has the reader click the parts of a post on the page of a tab; false where no script may run there. */
  startPicking(data: { tabId: number }): boolean
  /** Adds sites that the reader described, from the JSON text of one or of a list: all of them, or none. */
  addOwnSites(data: { text: string }): OwnSiteReply
  /** A site was granted, by its match pattern: answers when the script stands in its open pages too. */
  settleSite(data: { pattern: string }): void
  /**
   * Saves the whole thread at an address; undefined when the address is no thread's. Rejects when the forum had to be asked
   * and could not be. Saving again looks where the thread can have changed, with `checkAll` at all of its pages.
   */
  saveThread(data: { url: string; checkAll?: boolean }): SaveReport | undefined
  /** Has the pictures and files of a saved thread asked for that are not kept; undefined when it is not saved. */
  getThreadFiles(data: { key: string }): SaveReport | undefined
  /** Pauses, resumes or cancels the saving of a thread, by its key; undefined when there is none. */
  controlSave(data: { key: string; wish: Exclude<SaveWish, 'save'> }): SaveReport | undefined
}

/** What the background and the extension's pages may ask of the content script in a tab. */
export interface TabProtocol {
  /** How the aids fare on the page. */
  getAidStates(): AidState[]
  /** Scrolls to a post, or to words in it, unfolds it and gives it focus; false when it is not on the page. */
  showPost(data: { postId: string; words?: string }): boolean
  /** Copies from a page of the extension's own; into other pages the script that does it is called by the background. */
  copy(data: CopyRequest): CopyOutcome
  /** What is kept of the thread on the page has changed, or the saving of it has come further. */
  showThreadKeeping(data: ThreadKeeping): void
  /** The reader revoked a site, perhaps this page's: ask `isSiteGranted`, and leave the page if so. */
  siteAccessChanged(): void
}

/** What the reader asked to have copied, from a context menu or with a key. */
export interface CopyRequest {
  what: 'link' | 'page' | 'post' | 'selection'
  /** The bare address, or a Markdown link; a selection is always copied as Markdown and as rich text together. */
  form: 'address' | 'markdown'
  /** A menu speaks of what was clicked; a key of what has the focus or is in view. */
  by: 'menu' | 'key'
  /** As the menu gives it; with a key, the link that has the focus is meant. */
  linkUrl?: string
  /** The link's words, where the browser tells them. */
  linkText?: string
  /** As the menu gives it, for selections that the page itself does not know of (in a text field, say). */
  selectionText?: string
  links: LinkWishes
}

/** Whether it was copied, or why not: there was none of what was asked for, or the browser did not allow it. */
export type CopyOutcome = 'copied' | 'nothing-there' | 'refused'

export interface PageCapture {
  url: string
  html: string
}

export interface ThreadPageReply {
  /** Key of the thread in the archive; undefined when the page could not be read as a thread. */
  key?: string
  /** Whether the page lies in the archive now, and if not, why. */
  cached: CacheOutcome
  problem?: Problem
  /** 1-based. */
  page?: number
  /** Address of the page after it; absent on the last one, and where the site does not tell. */
  next?: string
  /** What is known of the reader's earlier visits; absent where none are remembered. */
  visit?: VisitReport
  /** How long the posts are, where the page is a long one: the script in it need not count them. */
  lengths?: PostLengths
}

/** What a page to be joined holds; nothing is set where it is no thread's. */
export interface JoinReply {
  key?: string
  /** 1-based. */
  page?: number
  /** Address of the page after it; absent on the last one, and where the site does not tell. */
  next?: string
  problem?: ProblemCode
  visit?: VisitReport
}

export type CacheOutcome = 'cached' | 'caching-off' | 'private-window' | 'site-revoked' | 'not-a-thread' | 'failed'

export interface AidState {
  id: string
  state: 'on' | 'off' | 'failed'
  /** What went wrong, when it failed. */
  message?: string
}

export type TabReport =
  | {
      kind: 'thread'
      page: number
      overview: ThreadOverview
      cachedPosts: number
      cached: boolean
      /** What is kept of the thread, from this page or others; absent when nothing is. */
      kept?: KeptThread
      /** The saving of the whole thread; absent where it was never asked for. */
      save?: SaveReport
      isPrivate: boolean
      aids: AidState[]
      access: SiteAccess
    }
  | { kind: 'problem'; problem: Problem; key?: string }
  /** The page did not answer in time. */
  | { kind: 'silent' }
  /** No thread that is known; with what the page looks like, where it looks like one. */
  | { kind: 'other'; guess?: PageGuess; canPick?: boolean }

/** What became of descriptions of sites: how many were added, or what was wrong with which of them. */
export interface OwnSiteReply {
  added: number
  /** `index` is the description's place among those given. */
  problem?: DescriptionProblem & { index: number }
}

/** Whether the extension may work on a page's site, or has only looked at the page once. */
export interface SiteAccess {
  host: string
  /** Name of the site or of its forum software. */
  engineName: string
  isGranted: boolean
  /** What to ask for; absent where it cannot be asked for, or need not. */
  pattern?: string
}

/** What became of a dump. */
export interface ImportReply {
  threads: { key: string; title: string; posts: number }[]
  /** What could not be read as written, worst first, at most 50 of `diagnosticCount`. */
  diagnostics: { line: number; code: string; message: string }[]
  diagnosticCount: number
  /** Set when nothing was kept because storing failed. */
  failure?: { code: string; message: string }
}
