import type { Measure, ReadingTime } from './reading.ts'
import type { Author, Board } from './thread.ts'

/** What the popup and the reader say about a thread; plain data, so that it can be sent as a message. */
export interface ThreadOverview {
  key: string
  title: string
  url: string
  site: string
  board?: Board
  author?: Author
  /** Posts at hand; on a page that is not cached, those of the page. */
  postCount: number
  pageCount?: number
  /** All posts, quotes and signatures left out. */
  measure: Measure
  /** Minutes for `measure` at the default speeds; a reader with own speeds computes it anew from `measure`. */
  estimate: ReadingTime
  /** The part of the one who started the thread. */
  starter: { postCount: number; measure: Measure; estimate: ReadingTime }
  /** The longest posts, longest first, at most five. */
  longestPosts: LongPost[]
  /** Links in the posts' own words in page order, each clean address once. */
  links: ThreadLink[]
}

export interface LongPost {
  id: string
  floor?: number
  author: Author
  measure: Measure
}

export interface ThreadLink {
  /** The post in which the address stands first. */
  postId: string
  /** Every post in which it stands, in page order. */
  places: { postId: string; floor?: number }[]
  /** The link's words there; empty for a link around a picture. */
  text: string
  /** As the page has it. */
  original: string
  /** The real target, http or https. */
  url: string
  /** Set when the target could not be found out or is not to be trusted as it looks. */
  warning?: string
}
