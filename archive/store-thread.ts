import { measureText } from '../core/reading.ts'
import type { Thread } from '../core/thread.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { archiveReading, leads, mergeFields, mergeHistory } from './merge.ts'
import { mergePost } from './merge-post.ts'
import { placePosts } from './place-posts.ts'
import { plainText } from './post-words.ts'
import type { ArchivedPost, ArchivedThread, PostRecord, Reading, ThreadHistory, ThreadRecord } from './records.ts'
import { archivedPostOf, bytesOf, splitRecord } from './records.ts'
import { isSameValue, omit } from './plain-value.ts'
import { noteTexts } from './search/note-texts.ts'
import { setTrashAside } from './set-trash-aside.ts'

/** What one write did. */
export interface StoreSummary {
  key: string
  /** Posts that were not there before. */
  added: number
  /** Posts that were, and that the reading told something new about. */
  updated: number
  /** Posts whose words were others than those known; the former ones are kept as versions. */
  edited: number
  /** Posts of the thread now. */
  total: number
}

/**
 * Merges a reading of a thread, one page of it or the whole, into the archive, in one transaction: after a kill at any
 * moment all of it is there or nothing. A page without posts is not stored. Throws {@link ArchiveError}.
 */
export function storeThread(archive: Archive, thread: Thread, reading: Reading): Promise<StoreSummary> {
  return guard(archive, () => writeThread(archive, archiveReading(thread, reading)))
}

/** What one write changed, for who must be able to undo it. */
export interface ThreadWrite {
  /** Absent for a thread that was not there. */
  before?: ThreadRecord
  after: ThreadRecord
  /** The posts that were written, as they are now. */
  written: readonly PostRecord[]
  /** The posts of the reading as they are now, changed or not; in the order of their floors. */
  shown: readonly PostRecord[]
  /** As they were before, by id; what is not here was not there. */
  known: ReadonlyMap<string, PostRecord>
  /** True when all posts of the thread got new positions: the former ones mean nothing any more. */
  isSpacedOut: boolean
}

/**
 * Merges a thread's history into the archive, in one transaction (the caller's, if there is one).
 *
 * @param note told what was changed, still inside the transaction
 */
export function writeThread(
  archive: Archive,
  incoming: ArchivedThread,
  note?: (write: ThreadWrite) => void,
): PromiseLike<StoreSummary> {
  const { key } = incoming.fields
  return archive.transaction('rw', archive.threadTables, async () => {
    const existing = await archive.threads.get(key)
    if (!existing && !incoming.posts.length && incoming.source === 'page')
      return { key, added: 0, updated: 0, edited: 0, total: 0 }
    if (!existing) await setTrashAside(archive, key)
    const known = await findKnown(archive, key, incoming.posts)
    const readingLeads = !existing || leads(incoming, existing)
    const {
      positions,
      moved,
      isSpacedOut = false,
    } = await placePosts(archive, key, known, incoming.posts, readingLeads)
    // Placing may have spaced the stored posts out; those in the reading get their new position here.
    const written = incoming.posts.map((post) => mergeRecord(key, known.get(post.post.id), post, positions))
    const changed = written.filter((record) => !isSameValue(record, known.get(record.id)))
    const formers = note && moved.length ? await findKnown(archive, key, moved) : []
    const record = mergeThreadRecord(existing, incoming, known, written)
    // None waits for another: each turn to the database and back costs time.
    await Promise.all([
      archive.posts.bulkPut([...changed, ...moved]),
      isSameValue(record, existing) ? undefined : archive.threads.put(record),
      noteTexts(archive, { before: existing, after: record, known, written }),
    ])
    note?.({
      ...(existing ? { before: existing } : {}),
      ...{ after: record, written: [...changed, ...moved], shown: written, isSpacedOut },
      known: new Map([...known, ...formers]),
    })
    return { key, ...countChanges(known, written), total: record.postCount }
  })
}

function countChanges(
  known: ReadonlyMap<string, PostRecord>,
  written: readonly PostRecord[],
): Pick<StoreSummary, 'added' | 'updated' | 'edited'> {
  const counts = { added: 0, updated: 0, edited: 0 }
  for (const { id, post, versions = [] } of written) {
    const former = known.get(id)
    if (!former) counts.added++
    else if (!isSameValue([post, versions], [former.post, former.versions ?? []])) counts.updated++
    if (former && versions.length > (former.versions?.length ?? 0)) counts.edited++
  }
  return counts
}

async function findKnown(
  archive: Archive,
  key: string,
  posts: readonly Pick<ArchivedPost, 'post'>[],
): Promise<Map<string, PostRecord>> {
  const ids = posts.map(({ post }) => post.id)
  const records = (await findInRange(archive, key, ids)) ?? (await findOneByOne(archive, key, ids))
  return new Map(records.map((record) => [record.id, record]))
}

/**
 * The stored posts with these ids, by one request for all between the least and the greatest of them: on most forums
 * those are the posts of a page and no others. Undefined where there is more between them, which would be read for nothing.
 */
async function findInRange(archive: Archive, key: string, ids: readonly string[]): Promise<PostRecord[] | undefined> {
  if (!ids.length) return []
  const wanted = new Set(ids)
  const least = ids.reduce((a, b) => (b < a ? b : a))
  const greatest = ids.reduce((a, b) => (b > a ? b : a))
  const range = archive.posts.where('[threadKey+id]').between([key, least], [key, greatest], true, true)
  const found = await range.limit(wanted.size + 1).toArray()
  return found.length > wanted.size ? undefined : found.filter(({ id }) => wanted.has(id))
}

async function findOneByOne(archive: Archive, key: string, ids: readonly string[]): Promise<PostRecord[]> {
  const records = await archive.posts.bulkGet(ids.map((id): [string, string] => [key, id]))
  return records.filter((record) => record !== undefined)
}

function mergeRecord(
  threadKey: string,
  known: PostRecord | undefined,
  incoming: ArchivedPost,
  positions: ReadonlyMap<string, number>,
): PostRecord {
  const merged = known ? mergePost(archivedPostOf(known), incoming) : incoming
  const { text } = merged.post
  const measure = known?.post.text === text ? known.measure : measurePost(text, merged.source)
  return { ...merged, threadKey, id: merged.post.id, position: positions.get(merged.post.id)!, measure }
}

/** Dumps have their links' targets in the text; nobody reads them. */
export function measurePost(text: string, source: ThreadHistory['source']): PostRecord['measure'] {
  const { characters, words } = measureText(source === 'page' ? text : plainText(text))
  return { characters, words }
}

function mergeThreadRecord(
  existing: ThreadRecord | undefined,
  incoming: ArchivedThread,
  known: ReadonlyMap<string, PostRecord>,
  written: readonly PostRecord[],
): ThreadRecord {
  const incomingHistory = omit(incoming, 'fields', 'posts')
  const stored = existing && splitRecord(existing)
  const history = stored ? mergeHistory(stored.history, incomingHistory) : incomingHistory
  const fields = stored ? mergeFields({ ...stored.history, fields: stored.fields }, incoming) : incoming.fields
  const sums = { postCount: 0, characters: 0, words: 0, bytes: 0, goneCount: 0 }
  for (const record of written) addTo(sums, record, 1)
  for (const record of known.values()) addTo(sums, record, -1)
  const { lastReadAt, lastOpenedAt = '' } = history
  // What came before the thread was opened has been seen, also where a backup tells so only now.
  const unreadBefore = lastOpenedAt === (existing?.lastOpenedAt ?? '') ? (existing?.unreadPosts ?? 0) : 0
  const arrived = written.filter(({ id, readAt }) => !known.has(id) && readAt > lastOpenedAt)
  return {
    ...fields,
    ...history,
    postCount: (existing?.postCount ?? 0) + sums.postCount,
    characters: (existing?.characters ?? 0) + sums.characters,
    words: (existing?.words ?? 0) + sums.words,
    bytes: (existing?.bytes ?? 0) + sums.bytes,
    incomplete: isIncomplete(history, fields.pageCount),
    unreadPosts: unreadBefore + arrived.length,
    goneCount: (existing?.goneCount ?? 0) + sums.goneCount,
    recentAt: lastReadAt > lastOpenedAt ? lastReadAt : lastOpenedAt,
  }
}

type Sums = Pick<ThreadRecord, 'postCount' | 'characters' | 'words' | 'bytes' | 'goneCount'>

/** Counts a post into a thread's sums, or out of them. */
export function addTo(sums: Sums, record: PostRecord, sign: 1 | -1): void {
  sums.postCount += sign
  sums.characters += sign * record.measure.characters
  sums.words += sign * record.measure.words
  sums.bytes += sign * bytesOf(record)
  sums.goneCount += record.goneSince === undefined ? 0 : sign
}

/** True while pages are unread. A thread that came from files alone is as whole as they were. */
export function isIncomplete({ source, pages }: ThreadHistory, pageCount = 1): boolean {
  return source === 'page' && Object.keys(pages).filter((page) => Number(page) <= pageCount).length < pageCount
}
