import type { FileAddressRecord } from '../file-records.ts'
import type { ArchivedPost, ThreadFields, ThreadHistory } from '../records.ts'

/** The lines of a backup, each a JSON object that is understood without the others; see docs/backup-format.md. */

export const BACKUP_FORMAT = 'loulan-backup'

/** Raised when a reader of the old version would read the new one wrongly; added fields and types do not raise it. */
export const BACKUP_VERSION = 1

/** The first line: what the file holds. */
export interface ManifestLine {
  type: 'manifest'
  format: typeof BACKUP_FORMAT
  version: number
  /** ISO 8601 in UTC. */
  createdAt: string
  /** Version of the extension. */
  extension: string
  threads: number
  posts: number
  /** Pictures and attachments. */
  files: number
  /** Of the pictures and attachments. */
  fileBytes: number
}

/** A thread, or a part of one: what is known of the thread, and some of its posts in order. */
export interface ThreadLine {
  type: 'thread'
  fields: ThreadFields
  history: ThreadHistory
  /** Posts of the whole thread. */
  postCount: number
  /** Ids of the posts that stand before the first and after the last of these; absent at the ends of the thread. */
  after?: string
  before?: string
  posts: ArchivedPost[]
}

/** A piece of a picture or attachment; the pieces of one follow each other. */
export interface FileLine {
  type: 'file'
  /** SHA-256 of the whole. */
  hash: string
  /** Bytes of the whole. */
  size: number
  /** Where this piece begins, in bytes. */
  at: number
  /** Base64. */
  data: string
}

/** Which addresses of which threads have which files. */
export interface AddressesLine {
  type: 'addresses'
  rows: FileAddressRecord[]
}

/** The reader's settings, by their names in the extension's storage. */
export interface SettingsLine {
  type: 'settings'
  values: Record<string, unknown>
}

/** The last line: what was written. */
export interface EndLine {
  type: 'end'
  threads: number
  posts: number
  files: number
}

export type BackupLine = ManifestLine | ThreadLine | FileLine | AddressesLine | SettingsLine | EndLine
