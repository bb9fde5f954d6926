import type { ThreadPage } from '../core/thread-page.ts'
import type { PageProbe, Scope } from '../dom/query.ts'

/**
 * The light half of a site: all that a content script needs to recognise its thread pages and to attach aids to them.
 * It must not import the heavy half's parts (hast and friends): a bundle test proves that none reaches the page.
 */
export interface Site {
  /** Equals the file's name, e.g. `pku-bbs`. */
  id: string
  /** Name shown to readers, in the site's own language. */
  name: string
  /** Hosts known to run it, matched exactly or as a dot-suffix; empty for an engine that runs anywhere. */
  hosts: readonly string[]
  /** The site's examples, where its file does not export them by themselves and so keep them out of every page. */
  examples?: Examples
  /** Keys that the site's thread pages have for themselves, a character each: aids leave them alone there. */
  keys?: string
  /** True where the page's own script draws or brings the posts: a fetched page does not hold what the reader sees. */
  isDrawnByScript?: true
  /** True where a page always holds all posts of its thread. */
  holdsWholeThread?: boolean
  /** Where things stand on the live page. */
  selectors: SiteSelectors
  /**
   * True when the page at this address is a thread page that `selectors` fits. Pure and cheap. The page is a live
   * `Document`, as it stands, or a parsed tree made searchable by `scopeOf`: one detection for both.
   */
  isThread: (url: URL, page: PageProbe) => boolean
  /** Id of the post that an address points to, if it points to one. */
  linkedPostId?: (url: URL) => string | undefined
  /** Permalink of a post of the page; undefined where the page does not tell. */
  permalink?: (postId: string, url: URL, page: PageProbe) => string | undefined
  /** Maps addresses on a page behind a proxy to the ones they stand for; every other address stays. */
  addressMapper?: (url: URL) => (address: string) => string
}

/** Addresses that feed the tests: each site's `isThread` is tried on every other site's examples. */
export interface Examples {
  threads: readonly string[]
  others: readonly string[]
}

export interface SiteSelectors {
  /** The part of the page that a pjax navigation replaces; watched for threads that arrive late. */
  root: string
  /** The block of the thread's heading; the length line stands right below it. */
  title: string
  /** One post, in page order. */
  post: string
  /** Inside a post: the body that holds the post's own words. */
  body: string
  /** Inside a body: what is not the post's own words (quotes, signatures, edit notes). */
  notOwn: string
  /** Inside a post: the author's login name. */
  author: string
  /** Inside a post: present when the author started the thread. */
  starter?: string
  /** Inside a post: the floor label. */
  floor?: string
  /**
   * Attribute of a post, or of the element that `in` finds in it, that holds the post's id; `pattern` cuts it out. Where
   * posts bear none, `of` makes one of what a post says, as `read` does.
   */
  postId: { attribute: string; in?: string; pattern?: RegExp; of?: (post: Element) => string | undefined }
  /** How another's words stand in a post, where the site has a form for it. */
  quote?: QuoteSelectors
}

/** Where things stand in a quote. */
export interface QuoteSelectors {
  /** Inside a post: the whole quote; where `lines` is given, its head alone. A quote in a quote is part of the outer one. */
  box: string
  /** The elements behind a head that belong to its quote, where the site has no box around them. */
  lines?: string
  /** Inside a box: words about the quote, not of it. */
  head?: string
  /** Who is quoted, as authors are named on the site. */
  author?: TextPlace
  nickname?: TextPlace
  /** Id of the quoted post. */
  postId?: TextPlace
  /** Inside a quote: present where the site folds it by itself. */
  folded?: string
  /** Attribute of a box that names its thread; where that number is none of the address, the quote is of another thread. */
  thread?: string
}

/** A text at an element, or at the first that `in` finds in it: an attribute's value, else its words; `pattern` cuts it out. */
export interface TextPlace {
  attribute?: string
  in?: string
  pattern?: RegExp
}

/** What reading a page needs besides the page. */
export interface ReadOptions {
  /** When the page was read: what it tells as `昨天 22:40` or `2 hours ago` is counted from then. */
  readAt?: Date
}

/**
 * The heavy half: reads a parsed page, made searchable by `scopeOf`, into the model; undefined where the page is none of
 * the site's thread pages after all. Pure: no DOM, no network, never throws on hostile markup.
 */
export type ReadThreadPage = (page: Scope, url: URL, options?: ReadOptions) => ThreadPage | undefined

/** True when an address is on one of these hosts: the very host, or one below it after a dot. */
export function isOnHosts({ hostname }: URL, hosts: readonly string[]): boolean {
  return hosts.some((host) => hostname === host || hostname.endsWith(`.${host}`))
}

/** Declares a site; exists for the type check and so that a reader can find every site by searching for it. */
export function defineSite(site: Site): Site {
  return site
}
