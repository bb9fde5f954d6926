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
