import type { Author, Board } from '../../core/thread.ts'

/** What a list shows of a thread in the archive. */
export interface ArchivedThreadSummary {
  key: string
  title: string
  board?: Board
  author?: Author
  pageCount?: number
  postCount: number
  characters: number
  words: number
  /** ISO 8601. */
  lastReadAt: string
  /** True while pages that the forum counts have not been read. */
  incomplete: boolean
}
