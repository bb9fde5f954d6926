import { mergePost } from '../merge-post.ts'
import { isSameValue, omit, withoutUndefined } from '../plain-value.ts'
import type { ArchivedPost, PostRecord, ThreadRecord } from '../records.ts'
import { archivedPostOf } from '../records.ts'
import { fingerprintPost, fingerprintWords } from './fingerprint.ts'
import type { ImportChange, PostChange } from './records.ts'

/** What follows from the rest, and is counted anew by who writes it. */
export const COUNTED = ['postCount', 'characters', 'words', 'bytes', 'goneCount', 'incomplete', 'recentAt'] as const

/**
 * A post as it would be had the import not brought what it did: as it was before; undefined when it was not there. What
 * was read of it since stays, without the words that only the import had.
 */
export function postWithout(change: PostChange, current: PostRecord): ArchivedPost | undefined {
  const before = change.before && archivedPostOf(change.before)
  if (fingerprintPost(current) === change.after) return before
  const present = withoutVersions(archivedPostOf(current), change.brought)
  const isStillImported = present.readAt === change.readAt && present.source === change.source
  if (!isStillImported) return before ? mergePost(before, present) : present
  if (!before) return undefined
  // Only its history grew: it was noted as gone, or an older reading came in as a version.
  const { versions, goneSince } = present
  return mergePost(before, { ...before, ...(versions ? { versions } : {}), ...(goneSince ? { goneSince } : {}) })
}

function withoutVersions(post: ArchivedPost, brought: readonly string[]): ArchivedPost {
  const versions = post.versions?.filter((version) => !brought.includes(fingerprintWords(version)))
  const rest = omit(post, 'versions')
  return versions?.length ? { ...rest, versions } : rest
}

/**
 * A thread's row as it would be had the import not changed it: each field that is still as the import left it is what it
 * was before, each that changed since stays. What is counted from the posts is left alone.
 */
export function threadWithout(change: NonNullable<ImportChange['thread']>, current: ThreadRecord): ThreadRecord {
  const { before, after } = change
  const result: Record<string, unknown> = { ...current }
  const counted = new Set<string>([...COUNTED, 'unreadPosts'])
  const [was, left] = [before ?? {}, after] as Record<string, unknown>[]
  for (const name of new Set([...Object.keys(left!), ...Object.keys(was!)])) {
    if (counted.has(name) || !isSameValue(result[name], left![name])) continue
    if (was![name] !== undefined) result[name] = was![name]
    // A thread that was read since keeps what it cannot be without; that it was saved came with the import.
    else if (before || name === 'savedAt') result[name] = undefined
  }
  return {
    ...(withoutUndefined(result) as unknown as ThreadRecord),
    pages: pagesWithout(before?.pages ?? {}, after.pages, current.pages),
    tags: current.tags.filter((tag) => before?.tags.includes(tag) || !after.tags.includes(tag)),
    // What was opened since has been seen.
    unreadPosts: Math.max(
      0,
      current.unreadPosts - (current.unreadPosts && after.unreadPosts - (before?.unreadPosts ?? 0)),
    ),
  }
}

function pagesWithout(
  before: ThreadRecord['pages'],
  after: ThreadRecord['pages'],
  current: ThreadRecord['pages'],
): ThreadRecord['pages'] {
  const entries = Object.entries(current).flatMap(([page, readAt]) => {
    const kept = readAt === after[page] ? before[page] : readAt
    return kept === undefined ? [] : [[page, kept] as const]
  })
  return Object.fromEntries(entries)
}
