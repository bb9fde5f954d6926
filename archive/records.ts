import type { Measure } from '../core/reading.ts'
import type { Attachment, Post, Quote, Thread } from '../core/thread.ts'
import type { ThreadFiles } from './kept-files.ts'
import { omit, withoutUndefined } from './plain-value.ts'
import type { SaveRecord } from './save-record.ts'

/** Where a reading came from: a page of the forum, a text dump, or a file of another kind. */
export type ThreadSource = 'page' | 'dump' | 'import'

/** The circumstances in which a thread, or a page of it, was read. */
export interface Reading {
  /** ISO 8601 in UTC, as `Date.prototype.toISOString` writes it: such times compare as strings. */
  readAt: string
  source: ThreadSource
  /** 1-based; which page of the thread was read, when `source` is `page`. */
  page?: number
  /** True to keep the thread until the reader deletes it; without it the thread is cached and may be evicted. */
  save?: boolean
  /** True when the reader has it before their eyes: posts that a background save or an import brings are unread. */
  opened?: boolean
}

/** A thread without its posts. */
export type ThreadFields = Omit<Thread, 'posts'>

/** Words that a post had before it was edited, or that a source of lower standing has for it. */
export interface PostVersion {
  html: string
  text: string
  /** When these words were last seen, ISO 8601 in UTC. */
  seenAt: string
  source: ThreadSource
  editedAt?: string
  quotes?: Quote[]
  attachments?: Attachment[]
}

/** A post and what is known of its history. */
export interface ArchivedPost {
  post: Post
  /** When the post was last read at the source that it is shown from, ISO 8601 in UTC. */
  readAt: string
  source: ThreadSource
  /** The page of the thread on which it was last seen. */
  page?: number
  /** Earlier words, oldest first. */
  versions?: PostVersion[]
  /** Since when the forum shows it no longer, ISO 8601 in UTC. */
  goneSince?: string
}

/** A thread and what is known of its history: what readings are merged into. */
export interface ArchivedThread extends ThreadHistory {
  fields: ThreadFields
  posts: ArchivedPost[]
}

export interface ThreadHistory {
  firstReadAt: string
  lastReadAt: string
  /** Set on threads that the reader saved; the others are cached and may be evicted. */
  savedAt?: string
  /** The source of highest standing that it was read from. */
  source: ThreadSource
  /** When each page was last read, by page number. */
  pages: Record<string, string>
  /** What the reader calls it; each is a tag by `core/library/tags.ts`. */
  tags: string[]
  /** When tags were given or taken away: of two histories the later change to a tag is right, so a removal stays one. */
  tagChanges?: TagChange[]
  /** When the reader last opened it, in the reader page or on the forum, ISO 8601 in UTC. */
  lastOpenedAt?: string
}

/** That a tag was given to a thread or taken away; whether it has it now stands in its `tags`. */
export interface TagChange {
  tag: string
  /** ISO 8601 in UTC. */
  at: string
}

/** A row of the table `threads`: everything that a list shows, so that lists never load posts. */
export interface ThreadRecord extends ThreadFields, ThreadHistory {
  postCount: number
  /** CJK characters in all posts. */
  characters: number
  /** Words of other scripts in all posts. */
  words: number
  /** Approximate size of the posts in the database. */
  bytes: number
  /** True while pages that the forum counts have not been read. */
  incomplete: boolean
  /** Posts that came after the thread was last opened; all of them when it never was. */
  unreadPosts: number
  /** Posts that the forum shows no longer. */
  goneCount: number
  /** The later of `lastReadAt` and `lastOpenedAt`: what lists and evictions go by. */
  recentAt: string
}

/**
 * A row of the table `trash`: a thread that the reader deleted and can still have back. Only its row in `threads` has
 * moved; all else of it lies where it lay, which makes deleting a thousand threads, and undoing it, a matter of a moment.
 */
export interface TrashRecord {
  key: string
  /** ISO 8601 in UTC; threads that were deleted together have the same. */
  deletedAt: string
  thread: ThreadRecord
  /** How the saving of it stood. */
  save?: SaveRecord
  /** Set where the cache was cleared for its room: what the reader has seen of the thread is not forgotten with it. */
  keepsVisit?: true
  /** In order; only where the thread was read anew meanwhile, and its place is taken. */
  posts?: PostRecord[]
  /** Beside `posts`: its pictures and files. */
  files?: ThreadFiles
}

/** A row of the table `posts`. */
export interface PostRecord extends ArchivedPost {
  threadKey: string
  id: string
  /** Sorts the posts of a thread; may be fractional, says nothing of the floor. */
  position: number
  measure: Measure
}

/** The history and the fields of a thread's row, apart. */
export function splitRecord(record: ThreadRecord): { fields: ThreadFields; history: ThreadHistory } {
  const { firstReadAt, lastReadAt, savedAt, source, pages, tags, tagChanges, lastOpenedAt, ...rest } = record
  const sums = ['postCount', 'characters', 'words', 'bytes', 'incomplete', 'unreadPosts', 'goneCount'] as const
  const fields = omit(rest, ...sums, 'recentAt')
  const optional = withoutUndefined({ savedAt, tagChanges, lastOpenedAt })
  return { fields, history: { firstReadAt, lastReadAt, source, pages, tags, ...optional } }
}

/** A post's row without what only the table needs. */
export function archivedPostOf(record: PostRecord): ArchivedPost {
  return omit(record, 'threadKey', 'id', 'position', 'measure')
}

/** Approximate bytes of a post's row: two a character, as scripts outside Latin take, and a share for the rest. */
export function bytesOf(record: PostRecord): number {
  const words = (part: { html: string; text: string }) => part.html.length + part.text.length
  let characters = words(record.post)
  for (const version of record.versions ?? []) characters += words(version)
  for (const quote of record.post.quotes) characters += quote.excerpt.length
  for (const attachment of record.post.attachments) characters += attachment.url.length + attachment.name.length
  return 300 + 2 * characters
}
