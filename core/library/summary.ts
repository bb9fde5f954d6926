import type { Author, Board } from '../thread.ts'

/** What the library shows of a thread, and sorts and filters by: its row in the archive without what only merging needs. */
export interface ThreadSummary {
  key: string
  title: string
  /** The title as titles are compared when one types; folded as texts are for searching. */
  foldedTitle: string
  /** The forum's host, such as `bbs.pku.edu.cn`. */
  host: string
  board?: Board
  /** Tells boards of different forums apart that have one id; empty where the thread has no board. */
  boardKey: string
  author?: Author
  pageCount?: number
  /** Pages of the forum that were read. */
  pagesRead: number
  postCount: number
  characters: number
  words: number
  /** Approximate bytes of its posts in the database. */
  bytes: number
  /** Bytes of its pictures and files, where they were measured and there are any. */
  fileBytes?: number
  /** True while pages that the forum counts have not been read. */
  incomplete: boolean
  lastReadAt: string
  /** When it was last read or opened; all these times are ISO 8601 in UTC. */
  recentAt: string
  /** Set on threads that the reader saved. */
  savedAt?: string
  lastOpenedAt?: string
  /** When the last reply was written, in milliseconds since 1970. */
  repliedAt?: number
  unreadPosts: number
  goneCount: number
  tags: readonly string[]
}
