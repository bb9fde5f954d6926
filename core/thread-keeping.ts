import type { SaveReport } from './save-report.ts'

/** What a reader may ask of the saving of a thread. */
export type SaveWish = 'save' | 'pause' | 'resume' | 'cancel'

/** What is kept of a thread. */
export interface ThreadKeeping {
  key: string
  /** Posts in the archive. */
  posts: number
  /** When the reader had it saved, ISO 8601 in UTC; absent while it is only cached. */
  savedAt?: string
  /** Posts that the forum shows no longer. */
  gonePosts: number
  /** Posts on the page that had not been kept before this visit, where the thread was saved before. */
  newPosts: number
  /** The saving of it, from the moment it is asked for. */
  save?: SaveReport
}

/** What is kept of a thread, as far as it is told in a line. The archive's own rows have all of it. */
export interface KeptThread {
  /** ISO 8601; absent while the thread is only cached. */
  savedAt?: string
  postCount: number
  /** Pages of the thread on the forum; absent where the thread has none, as in a dump. */
  pageCount?: number
  /** When each page was last read, by page number. */
  pages: Readonly<Record<string, string>>
  /** True while pages that the forum counts have not been read. */
  incomplete: boolean
}
