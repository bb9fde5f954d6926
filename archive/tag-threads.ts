import { MOST_TAGS, parseTag } from '../core/library/tags.ts'
import { guard } from './archive-error.ts'
import type { BatchOptions } from './batches.ts'
import type { Archive } from './database.ts'
import { changeThreads } from './mark-threads.ts'
import { changeTagsOf } from './merge-tags.ts'
import type { ThreadRecord } from './records.ts'

/** Tags to give to threads and to take from them. */
export interface TagWish {
  add?: readonly string[]
  remove?: readonly string[]
}

export interface TagOutcome {
  /** Threads whose tags are others now. */
  changed: number
  /** Threads that have as many tags as a thread may have, and were given none. */
  full: number
}

/**
 * Gives tags to threads and takes tags away, in batches of one transaction each. What is no tag (see `parseTag`) is left
 * out; a thread that would have too many keeps those it had. Throws {@link ArchiveError}.
 */
export async function tagThreads(
  archive: Archive,
  keys: readonly string[],
  wish: TagWish,
  { at, ...options }: BatchOptions & { at: string },
): Promise<TagOutcome> {
  const add = (wish.add ?? []).map(parseTag).filter((tag) => tag !== undefined)
  let full = 0
  const change = (thread: ThreadRecord): ThreadRecord => {
    const tagged = changeTagsOf(thread, { add, remove: wish.remove ?? [] }, at)
    if (tagged.tags.length <= Math.max(MOST_TAGS, thread.tags.length)) return { ...thread, ...tagged }
    full++
    return thread
  }
  const changed = await changeThreads(archive, keys, change, options)
  return { changed, full }
}

/**
 * Gives a tag another name on every thread that has it, in one transaction; with a name that other threads have already
 * the two become one. Returns how many threads that were. Throws {@link ArchiveError}, or `RangeError` when the new name
 * is no tag.
 */
export async function renameTag(archive: Archive, from: string, to: string, at: string): Promise<number> {
  const name = parseTag(to)
  if (name === undefined) throw new RangeError('not a tag')
  return name === from ? 0 : replaceTag(archive, from, [name], at)
}

/** Takes a tag from every thread that has it, in one transaction. Returns how many that were. Throws {@link ArchiveError}. */
export function deleteTag(archive: Archive, tag: string, at: string): Promise<number> {
  return replaceTag(archive, tag, [], at)
}

function replaceTag(archive: Archive, tag: string, add: string[], at: string): Promise<number> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threads, async () => {
      const threads = await archive.threads.where('tags').equals(tag).toArray()
      await archive.threads.bulkPut(
        threads.map((thread) => ({ ...thread, ...changeTagsOf(thread, { add, remove: [tag] }, at) })),
      )
      return threads.length
    }),
  )
}
