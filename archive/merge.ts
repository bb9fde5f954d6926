import type { Author, Thread } from '../core/thread.ts'
import { mergeOrder, placeOf } from './merge-order.ts'
import { mergeAuthor, mergePost, takesPrecedence } from './merge-post.ts'
import type { ArchivedPost, ArchivedThread, Reading, ThreadFields, ThreadHistory, ThreadSource } from './records.ts'
import { withoutUndefined } from './plain-value.ts'
import { mergeTags } from './merge-tags.ts'

/**
 * Merges a reading of a thread (one page of it, or a whole dump) into what is known of it; both are left as they are.
 * Adds and updates by post id and never loses: what the reading does not tell stays, what it contradicts becomes a
 * version. Merging a reading twice changes nothing, and pages give the same thread in whatever order they come.
 */
export function mergeThread(existing: ArchivedThread | undefined, incoming: Thread, reading: Reading): ArchivedThread {
  return mergeArchived(existing, archiveReading(incoming, reading))
}

/** Merges two histories of one thread, such as a restored and a present one. Where they disagree, the newer wins. */
function mergeArchived(existing: ArchivedThread | undefined, incoming: ArchivedThread): ArchivedThread {
  if (!existing) return incoming
  const incomingLeads = leads(incoming, existing)
  const posts = new Map(existing.posts.map((post) => [post.post.id, post]))
  for (const post of incoming.posts) {
    const known = posts.get(post.post.id)
    posts.set(post.post.id, known ? mergePost(known, post) : post)
  }
  const order = mergeOrder(existing.posts.map(placeOf), incoming.posts.map(placeOf), incomingLeads)
  return {
    ...mergeHistory(existing, incoming),
    fields: mergeFields(existing, incoming),
    posts: order.map((id) => posts.get(id)!),
  }
}

/** A reading as the history of a thread that has been read once: each post once, floors in order. */
export function archiveReading(thread: Thread, reading: Reading): ArchivedThread {
  const { posts, ...fields } = thread
  const { readAt, source } = reading
  const page = source === 'page' ? (reading.page ?? 1) : undefined
  const merged = new Map<string, ArchivedPost>()
  for (const post of posts) {
    const archived = { post, readAt, source, ...(page === undefined ? {} : { page }) }
    const known = merged.get(post.id)
    merged.set(post.id, known ? mergePost(known, archived) : archived)
  }
  return {
    fields: withoutUndefined(fields) as ThreadFields,
    posts: sortByFloor([...merged.values()]),
    firstReadAt: readAt,
    lastReadAt: readAt,
    ...(reading.save ? { savedAt: readAt } : {}),
    ...(reading.opened ? { lastOpenedAt: readAt } : {}),
    source,
    // A page without a post (an error page, say) has not been read.
    pages: page === undefined || !posts.length ? {} : { [page]: readAt },
    tags: [],
  }
}

/** True when the fields and the order of `incoming` are right where the two disagree. */
export function leads(incoming: ThreadHistory, existing: ThreadHistory): boolean {
  return takesPrecedence(latestReading(incoming), latestReading(existing))
}

/** The latest reading from the source of highest standing: importing a dump does not make former pages newer. */
function latestReading(history: ThreadHistory): { source: ThreadSource; readAt: string } {
  const { source, lastReadAt, pages } = history
  const pageReads = source === 'page' ? Object.values(pages) : []
  return { source, readAt: pageReads.length ? pageReads.reduce(later) : lastReadAt }
}

/** Merges what is known of two readings apart from fields and posts. */
export function mergeHistory(a: ThreadHistory, b: ThreadHistory): ThreadHistory {
  const savedAt = a.savedAt && b.savedAt ? earlier(a.savedAt, b.savedAt) : (a.savedAt ?? b.savedAt)
  const pages = { ...a.pages }
  for (const [page, readAt] of Object.entries(b.pages)) pages[page] = later(pages[page] ?? readAt, readAt)
  return {
    firstReadAt: earlier(a.firstReadAt, b.firstReadAt),
    lastReadAt: later(a.lastReadAt, b.lastReadAt),
    ...(savedAt === undefined ? {} : { savedAt }),
    source: takesPrecedence({ source: a.source, readAt: '' }, { source: b.source, readAt: '' }) ? a.source : b.source,
    pages,
    ...mergeTags(a, b),
    ...(a.lastOpenedAt || b.lastOpenedAt ? { lastOpenedAt: later(a.lastOpenedAt ?? '', b.lastOpenedAt ?? '') } : {}),
  }
}

/** Merges the fields of two readings: the one that leads tells what is so now, the other fills the gaps. */
export function mergeFields(
  existing: ThreadHistory & { fields: ThreadFields },
  incoming: ThreadHistory & { fields: ThreadFields },
): ThreadFields {
  const [first, second] = leads(incoming, existing)
    ? [incoming.fields, existing.fields]
    : [existing.fields, incoming.fields]
  const board =
    first.board && second.board?.id === first.board.id ? { ...second.board, ...known(first.board) } : undefined
  const author = mergeMaybe(first.author, second.author)
  const lastReply = mergeLastReply(first.lastReply, second.lastReply)
  return {
    ...second,
    ...withoutUndefined(first),
    title: first.title.trim() ? first.title : second.title,
    url: first.url || second.url,
    ...(board ? { board } : {}),
    ...(author ? { author } : {}),
    ...(lastReply ? { lastReply } : {}),
  }
}

/** Drops empty names as well: a board without a name does not rename one. */
function known<T extends { name?: string }>(part: T): T {
  const { name, ...rest } = withoutUndefined(part)
  return (name ? { ...rest, name } : rest) as T
}

function mergeMaybe(first: Author | undefined, second: Author | undefined): Author | undefined {
  return first && second ? mergeAuthor(first, second) : (first ?? second)
}

/** The later of two last replies; times of one site compare as strings. */
function mergeLastReply(first: Thread['lastReply'], second: Thread['lastReply']): Thread['lastReply'] {
  if (!first || !second) return first ?? second
  if (first.at === second.at) return { ...second, ...withoutUndefined(first) }
  return (first.at ?? '') > (second.at ?? '') ? first : second
}

/**
 * A page may show its posts newest first, or one pinned above the others: the floors say where they stand. Posts
 * without a floor stay behind the one they follow.
 */
function sortByFloor(posts: ArchivedPost[]): ArchivedPost[] {
  let floor = Number.NEGATIVE_INFINITY
  const keyed = posts.map((archived) => {
    floor = placeOf(archived).floor ?? floor
    return { floor, archived }
  })
  return keyed.sort((a, b) => (a.floor === b.floor ? 0 : a.floor - b.floor)).map(({ archived }) => archived)
}

function later(a: string, b: string): string {
  return a > b ? a : b
}

function earlier(a: string, b: string): string {
  return a < b ? a : b
}
