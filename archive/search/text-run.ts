/**
 * How the texts that are searched lie in the database: in runs, of which a later one corrects the earlier ones. Storing
 * a page adds a small run in the same transaction; runs are merged into large ones later. A run is never changed, only
 * replaced as a whole, so that whoever has read one can keep it.
 */

/** A row of the table `textRuns`. */
export interface TextRun {
  /** Given by the database; never used twice. */
  id: number
  /** Where the run stands among the others, later ones correcting earlier ones. Its id, until it is merged. */
  order?: number
  sections: TextSection[]
  /** UTF-16 units of its text. */
  characters: number
  /** The texts themselves, in small runs; those of large ones are in the table `textParts`. */
  body?: TextBody
}

/** The texts of one thread in a run. */
export interface TextSection {
  key: string
  /**
   * What the thread is called, where that is new or has changed: of several sections the latest says it. Heads of runs are
   * read at once, rows of threads are not, so that a first search need not read them all. Missing in runs of before that.
   */
  name?: ThreadName
  /** How many posts there are, in the order of the run's body. */
  posts: number
  /** Nothing of the thread in earlier runs counts any more: it was deleted, or is here as a whole. */
  reset?: true
  /** Posts whose texts in earlier runs no longer count. */
  replaced?: string[]
}

/** What is searched of a thread itself. */
export interface ThreadName {
  title: string
  site: string
  /** Empty where the thread's address is none. */
  host: string
  board?: { id: string; name?: string }
}

/** The posts of all sections, one after the other. */
export interface TextBody {
  /** Each post as {@link postText} writes it. */
  text: string
  /** Where each post ends in `text`. */
  ends: Uint32Array
  /** All ids, without anything between, and where each ends. */
  ids: string
  idEnds: Uint32Array
  /** Floors; 0 where not known. */
  floors: Uint32Array
  /** Minutes of posting as `wallMinute` counts; 0 where not known. */
  minutes: Uint32Array
}

/** A row of the table `textParts`: what belongs to a large run. */
export type TextPart =
  | { part: 'body'; id: number; body: TextBody }
  /** See `archive/search/signature.ts`. */
  | { part: 'signature'; id: number; signature: Uint32Array }

/** The one row of the table `textBacklog`, there while threads of an earlier version are without texts. */
export interface TextBacklog {
  id: 'backlog'
  /** Threads with a greater key are still without. */
  after: string
}

/** Texts up to this length stay with their run's row. In UTF-16 units. */
export const SMALL_RUN = 65_536

/** Length that large runs are given. In UTF-16 units. */
export const BLOCK = 1_000_000

/** Stands between an author's two names, after the names, and after the post; folded text has no control characters. */
export const BETWEEN_NAMES = '\u0002'
export const AFTER_NAMES = '\u0001'
export const AFTER_POST = '\u0000'

/** Where a run stands among the others. */
export function orderOf({ id, order }: Pick<TextRun, 'id' | 'order'>): number {
  return order ?? id
}

/** The id of a post of a run. */
export function idAt({ ids, idEnds }: TextBody, post: number): string {
  return ids.slice(post === 0 ? 0 : idEnds[post - 1], idEnds[post])
}

/** Where a post's text begins; it ends at `ends[post]`. */
export function startOf({ ends }: Pick<TextBody, 'ends'>, post: number): number {
  return post === 0 ? 0 : ends[post - 1]!
}
