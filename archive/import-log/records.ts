import type { FileAddressRecord } from '../file-records.ts'
import type { PostRecord, ThreadRecord, ThreadSource } from '../records.ts'

/** A row of the table `imports`: one import of any number of files, or one restored backup. */
export interface ImportRecord {
  /** Rises with each import. */
  id: number
  kind: 'import' | 'restore'
  /** ISO 8601 in UTC. */
  startedAt: string
  /**
   * `running` is also what a page leaves that was closed half way; `undoing` what an undoing leaves that was. Both can
   * be undone to the end.
   */
  state: 'running' | 'done' | 'stopped' | 'undoing'
  /** Names of the first files. */
  sources: string[]
  sourceCount: number
  /** Threads that it added or changed something of. */
  threads: number
  postsAdded: number
  postsChanged: number
}

/** A row of the table `importChanges`: what one write of an import did to one thread. */
export interface ImportChange {
  importId: number
  /** 0-based place among the import's writes: they are undone from the last to the first. */
  sequence: number
  threadKey: string
  /** Absent when the write left the thread's fields and history as they were. */
  thread?: {
    /** Absent for a thread that the write brought. */
    before?: ThreadRecord
    after: ThreadRecord
  }
  posts: PostChange[]
  /** What a restored backup did to the thread's pictures and files; in notes of their own. */
  files?: FileChange[]
  /** Posts that it had too, but told nothing new of; noted where an earlier import can be undone. */
  held?: string[]
}

/** What a write of an import did to one post. */
export interface PostChange {
  id: string
  /** Absent for a post that the write brought. */
  before?: PostRecord
  /** Fingerprint of the post as the write left it, see fingerprint.ts. */
  after: string
  /** The reading that the write left it shown from. */
  readAt: string
  source: ThreadSource
  /** Where the write put it; absent when it moved the whole thread apart. */
  position?: number
  /** Fingerprints of the words, shown or earlier, that were not there before. */
  brought: string[]
}

/** What a restored backup did to an address of a thread. */
export interface FileChange {
  url: string
  /** What it left kept there; absent where it only brought the address. */
  hash?: string
  /** Absent for an address that it brought. */
  before?: FileAddressRecord
  /** True where it had the same and changed nothing; noted where an earlier import can be undone. */
  isHeld?: true
}
