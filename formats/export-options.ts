/** What the formats for readers (Markdown, HTML, EPUB, JSON, text) have in common. */
import type { Post, Thread } from '../core/thread.ts'
import type { ExportLabels } from './export-labels.ts'
import type { FilesBeside, StoredFiles } from './stored-files.ts'

export interface ExportOptions {
  /** True for the posts of the thread's starter alone. */
  starterOnly?: boolean
  /** False to leave out what posts quote. */
  quotes?: boolean
  /** False to leave out votes. */
  votes?: boolean
  /**
   * `keep` (the default) leaves pictures where they are on the web, `omit` takes them out, and files at hand are put
   * into the file; the others become links. Formats of plain text have no pictures inside: that is `keep` to them.
   */
  pictures?: 'keep' | 'omit' | StoredFiles
  /** Where Markdown and JSON have the files that lie beside them. */
  beside?: FilesBeside
  /** Set where pages of the thread were never read: how many were. The file says so, save for a dump, which cannot. */
  pagesRead?: number
  /** The words that the format itself adds; Chinese without them. */
  labels?: ExportLabels
}

export interface EpubOptions extends ExportOptions {
  /** When the book is made, ISO 8601; the time of the last reply, or 1970, without it. */
  modified?: string
}

/** A post that is exported, and its place in the whole thread. */
export interface ExportedPost {
  post: Post
  /** 0-based, among all posts of the thread, so that it stays the same whatever the options leave out. */
  index: number
}

/**
 * The posts that the options ask for. Whoever started the thread is known by `isStarter`; where no post has it, by the
 * username of the thread's author.
 */
export function selectPosts({ posts, author }: Thread, { starterOnly }: ExportOptions): ExportedPost[] {
  const all = posts.map((post, index) => ({ post, index }))
  if (!starterOnly) return all
  const isKnown = posts.some(({ isStarter }) => isStarter)
  return all.filter(({ post }) =>
    isKnown ? post.isStarter === true : author !== undefined && post.author.username === author.username,
  )
}
