import type { Thread } from '../../core/thread.ts'

/**
 * What was odd about a dump. Codes are stable, so that a caller can show its own words for them:
 *
 * - `not-a-dump`: no `#t` and no `#p` line anywhere.
 * - `text-before-thread`, `text-before-post`: text that belongs to no post; it is in {@link Diagnostic.text}.
 * - `post-outside-thread`: posts before any `#t`; they are kept in a thread of their own, without title or board.
 * - `duplicate-thread`: the board and thread were in this dump before; both are given, under the same key.
 * - `duplicate-post`: the post id was in this thread before; the later post is given as `ID~2`, `ID~3`, …
 * - `post-out-of-order`: a post with a smaller id or an earlier time than the one before it; the order is kept.
 * - `impossible-date`: a `#t` or `#p` line with a date that is in no calendar; the line is kept as text.
 * - `missing-title`: a `#t` line that no title line follows.
 * - `missing-blank-line`: no blank line after a title or a post.
 * - `truncated-line`: the last line has no line end, as if the file were cut off.
 * - `read-as-gb18030`, `read-as-utf-16`, `read-as-utf-8`: the bytes were read so (the last only after GB18030).
 * - `damaged-bytes`: bytes that fit no encoding, read as U+FFFD.
 * - `source-failed`: the source broke off with an error; what came before it is given.
 */
export type DiagnosticCode =
  | 'not-a-dump'
  | 'text-before-thread'
  | 'text-before-post'
  | 'post-outside-thread'
  | 'duplicate-thread'
  | 'duplicate-post'
  | 'post-out-of-order'
  | 'impossible-date'
  | 'missing-title'
  | 'missing-blank-line'
  | 'truncated-line'
  | 'read-as-gb18030'
  | 'read-as-utf-16'
  | 'read-as-utf-8'
  | 'damaged-bytes'
  | 'source-failed'

export interface Diagnostic {
  /** 1-based line of the dump. */
  line: number
  code: DiagnosticCode
  /** One plain English sentence or two. */
  message: string
  /** The text that no post holds, verbatim. */
  text?: string
}

/** True for a diagnostic, false for a thread, among what `readDump` gives. */
export function isDiagnostic(item: Thread | Diagnostic): item is Diagnostic {
  return 'code' in item
}
