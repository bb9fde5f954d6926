/** A forum that a reader described as data: docs/own-sites.md says how. All selectors are in the grammar of `Scope`. */
export interface SiteDescription {
  name: string
  /** Hosts that it is for, exactly. */
  hosts: readonly string[]
  /** Templates of the addresses of a thread's pages, see address-template.ts; the best one first. */
  addresses: readonly string[]
  /** What `{page}` counts up by, where it counts posts: 20 for a forum with 20 posts a page. Default 1. */
  pageStep?: number
  /** What `{page}` is on the first page, where that is not 1. */
  firstPage?: number
  title?: string
  board?: string
  post: string
  /** Attribute of a post that holds its id; default `id`. What stands before the id in it is `postIdPrefix`. */
  postIdAttribute?: string
  postIdPrefix?: string
  /** Inside a post: the element that has the attribute, where the post itself has not. */
  postIdIn?: string
  /** True where posts have no id: they are told apart by author, time and words. */
  noPostIds?: boolean
  author: string
  time?: string
  /** Attribute that holds the time; default: the element's words. */
  timeAttribute?: string
  /** The clock of the page's times: `+08:00` or a zone's name. */
  zone?: string
  /** The order of day and month in dates such as 02/11/2024. */
  dateOrder?: 'ymd' | 'dmy' | 'mdy'
  body: string
  /** Inside a body: what is not the post's own words. */
  notOwn?: string
  quote?: string
  quoteAuthor?: string
  floor?: string
  /** Inside a post: present where the author started the thread. */
  starter?: string
  /** Links or words that hold page numbers; the highest is the number of pages. */
  pages?: string
  /** True to read pages with this before a built-in engine is tried. */
  first?: boolean
}

/** Why a description is refused, and at which of its fields; the field is empty for the whole. */
export interface DescriptionProblem {
  field: string
  reason:
    | 'not-json'
    | 'not-an-object'
    | 'unknown-field'
    | 'missing'
    | 'bad-value'
    | 'bad-host'
    | 'bad-address'
    | 'bad-selector'
    | 'too-many'
}
