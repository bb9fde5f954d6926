/**
 * Thread dumps, in and out: the plain-text form that PKU BBS threads are handed around in.
 *
 * - A dump is one of PKU BBS: threads get that site's key and addresses, times its offset (+08:00). Posts have no
 *   floor; a post is its starter's if the usernames are the same.
 * - `post.text` is the body verbatim but for the escaping backslashes, with `[TEXT](TARGET)` and `![ALT](TARGET)` as
 *   they stand; `post.html` is made from it. A body of nothing but n empty lines is the text of n line feeds, so that
 *   no line and one empty line differ. A blank line before a `#quote` is content, the one at the end of a post is not.
 * - Reading never throws at what a dump holds and loses nothing: what is odd is told in diagnostics (all codes are in
 *   `dump/diagnostic.ts`), and text that belongs to no post is in a diagnostic's `text`. A `#t` or `#p` line with an
 *   impossible date is text of the post before it. A second thread with the same board and id is given as a second
 *   thread with the same key; a second post with the same id in a thread gets the id `ID~2`, so that no merging by id
 *   drops it. Posts before any `#t` get a thread of their own, with the id `post-ID` and no board.
 * - Writing never throws; what another form has to be found for is told in `dump/write.ts` and `dump/fields.ts`.
 */
import type { Thread } from '../core/thread.ts'
import type { Diagnostic } from './dump/diagnostic.ts'
import { isDiagnostic } from './dump/diagnostic.ts'
import { DumpReader } from './dump/reader.ts'

export type { Diagnostic, DiagnosticCode } from './dump/diagnostic.ts'
export { isDiagnostic } from './dump/diagnostic.ts'
export type { ReadDumpOptions } from './dump/stream.ts'
export { readDump } from './dump/stream.ts'
export { formatDump } from './dump/write.ts'

export interface ParsedDump {
  threads: Thread[]
  /** In the order of the lines that they were noticed at; empty for a well-formed dump. */
  diagnostics: Diagnostic[]
  /** The text that belongs to no post, if any: that of the diagnostics, joined. */
  leftover?: string
}

/** Reads a whole dump. Threads are whole, in the dump's order; whatever the text holds, nothing is thrown. */
export function parseDump(text: string): ParsedDump {
  const reader = new DumpReader({ posts: Infinity, characters: Infinity, isBounded: false })
  reader.push(text)
  reader.end()
  const threads: Thread[] = []
  const diagnostics: Diagnostic[] = []
  for (const item of reader.take()) {
    if (isDiagnostic(item)) diagnostics.push(item)
    else threads.push(item)
  }
  const leftovers = diagnostics.flatMap(({ text: leftover }) => (leftover === undefined ? [] : [leftover]))
  return { threads, diagnostics, ...(leftovers.length > 0 ? { leftover: leftovers.join('\n') } : {}) }
}
