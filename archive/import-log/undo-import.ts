import { guard } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { takeSaves } from '../kept-saves.ts'
import { isSameValue } from '../plain-value.ts'
import { inOrder, spaceOut } from '../place-posts.ts'
import type { ArchivedPost, PostRecord, ThreadRecord } from '../records.ts'
import { removeThread } from '../remove-thread.ts'
import { noteTexts } from '../search/note-texts.ts'
import { addTo, isIncomplete, measurePost } from '../store-thread.ts'
import { undoFiles } from './file-changes.ts'
import { fingerprintPost } from './fingerprint.ts'
import { logTables } from './import-log.ts'
import type { ImportChange, ImportRecord, PostChange } from './records.ts'
import { postWithout, threadWithout } from './without-import.ts'

/** What an undoing did. */
export interface UndoSummary {
  /** Threads that are gone, as the import had brought them. */
  threadsRemoved: number
  postsRemoved: number
  /** Posts that are again what they were before. */
  postsRestored: number
}

/** The imports that can be undone, the last one first. Throws `ArchiveError`. */
export function listImports(archive: Archive): Promise<ImportRecord[]> {
  return guard(archive, () => archive.imports.orderBy('id').reverse().toArray())
}

/**
 * Takes out what one import brought and brings back what it changed, also while later imports stay: what these had found
 * is then what would have stood without it. What was read or saved since stays, and threads that were deleted since stay
 * deleted. Each write of the import is undone in one transaction, the last one first: a kill leaves the rest to be undone
 * by calling this again. Throws `ArchiveError`, or the signal's reason.
 *
 * @param onProgress told after each transaction which share is undone, 0 to 1
 */
export async function undoImport(
  archive: Archive,
  id: number,
  { onProgress, signal }: { onProgress?: (share: number) => void; signal?: AbortSignal } = {},
): Promise<UndoSummary> {
  const summary: UndoSummary = { threadsRemoved: 0, postsRemoved: 0, postsRestored: 0 }
  await guard(archive, () => archive.imports.update(id, { state: 'undoing' }))
  const total = await guard(archive, () => archive.importChanges.where('importId').equals(id).count())
  for (let done = 0; ; done++) {
    signal?.throwIfAborted()
    if (!(await guard(archive, () => undoLast(archive, id, summary)))) return summary
    onProgress?.(total ? Math.min(1, (done + 1) / total) : 1)
  }
}

/** Undoes the import's last write that is left; false when none is. */
function undoLast(archive: Archive, id: number, summary: UndoSummary): PromiseLike<boolean> {
  return archive.transaction('rw', logTables(archive), async () => {
    const change = await archive.importChanges.where('importId').equals(id).last()
    if (!change) {
      await archive.imports.delete(id)
      return false
    }
    await archive.importChanges.delete([id, change.sequence])
    const current = await archive.threads.get(change.threadKey)
    if (current) await undoChange(archive, change, current, summary)
    return true
  })
}

/** A post before and after the undoing. */
interface PostStep {
  change: PostChange
  from: PostRecord
  to: PostRecord | undefined
}

async function undoChange(
  archive: Archive,
  change: ImportChange,
  current: ThreadRecord,
  summary: UndoSummary,
): Promise<void> {
  await undoFiles(archive, change)
  if (change.files && !change.thread) return
  const left = await handOver(archive, change)
  const steps = await planPosts(archive, left)
  await rebaseLater(archive, left, steps)
  const row = threadRowWithout(left, current, steps)
  if (isGone(left, row, steps)) {
    await removeThread(archive, current.key)
    // A save that went on would bring it back.
    await takeSaves(archive, [current.key])
    summary.threadsRemoved++
  } else {
    const gone = steps.flatMap(({ from, to }): [string, string][] => (to ? [] : [[from.threadKey, from.id]]))
    await archive.posts.bulkDelete(gone)
    const written = steps.flatMap(({ to }) => (to ? [to] : []))
    await archive.posts.bulkPut(written)
    if (!isSameValue(row, current)) await archive.threads.put(row)
    // What is only cached again is saved no more.
    if (current.savedAt !== undefined && row.savedAt === undefined) await takeSaves(archive, [current.key])
    const known = new Map(steps.map(({ from }) => [from.id, from]))
    await noteTexts(archive, { before: current, after: row, known, written, gone: gone.map(([, id]) => id) })
    if (steps.some(({ from, to }) => to && to.position !== from.position)) await partTwins(archive, current.key)
  }
  summary.postsRemoved += steps.filter(({ to }) => !to).length
  summary.postsRestored += steps.filter(({ change: { before }, to }) => before && to).length
}

/** True when nothing is left of a thread, and it did not stand empty before. */
function isGone({ thread }: ImportChange, { postCount }: ThreadRecord, steps: readonly PostStep[]): boolean {
  if (postCount > 0) return false
  const isBrought = thread !== undefined && !thread.before
  return isBrought || (steps.some(({ to }) => !to) && thread?.before?.postCount !== 0)
}

async function planPosts(archive: Archive, { threadKey, posts }: ImportChange): Promise<PostStep[]> {
  const found = await archive.posts.bulkGet(posts.map(({ id }): [string, string] => [threadKey, id]))
  const standing = posts.flatMap((change, index) => {
    const from = found[index]
    return from ? [{ change, from }] : []
  })
  // Where one was moved since, the former places of the others mean nothing any more.
  const isPlaced = standing.every(({ change, from }) => !change.before || change.position === from.position)
  return standing.map(({ change, from }) => {
    const post = postWithout(change, from)
    const position = isPlaced && change.before ? change.before.position : from.position
    return { change, from, to: post && recordOf(post, { ...from, position }) }
  })
}

function recordOf(post: ArchivedPost, { threadKey, id, position }: PostRecord): PostRecord {
  return { ...post, threadKey, id, position, measure: measurePost(post.post.text, post.source) }
}

function threadRowWithout(change: ImportChange, current: ThreadRecord, steps: readonly PostStep[]): ThreadRecord {
  const row = change.thread ? threadWithout(change.thread, current) : { ...current }
  for (const { from, to } of steps) {
    addTo(row, from, -1)
    if (to) addTo(row, to, 1)
  }
  const { lastReadAt, lastOpenedAt = '' } = row
  const recentAt = lastReadAt > lastOpenedAt ? lastReadAt : lastOpenedAt
  return { ...row, recentAt, incomplete: isIncomplete(row, row.pageCount) }
}

/**
 * What the next import to meet it had as it was stays so: that import takes over its undoing. Of the thread's fields that
 * is all, of the posts those it held. What is left of the change is given back.
 */
async function handOver(archive: Archive, change: ImportChange): Promise<ImportChange> {
  const waiting = new Map(change.posts.map((post) => [post.id, post]))
  const handed = new Set<string>()
  const [next, ...rest] = await laterChanges(archive, change).toArray()
  const { thread, ...posts } = change
  if (!next) return change
  const takesThread = thread && { ...thread, after: next.thread?.after ?? thread.after }
  for (const later of [{ ...next, ...(takesThread ? { thread: takesThread } : {}) }, ...rest]) {
    for (const { id } of later.posts) waiting.delete(id)
    const taken = (later.held ?? []).flatMap((id) => waiting.get(id) ?? [])
    for (const { id } of taken) handed.add(id)
    const held = later.held?.filter((id) => !waiting.delete(id))
    await archive.importChanges.put({ ...later, ...(held ? { held } : {}), posts: [...later.posts, ...taken] })
  }
  return { ...posts, posts: change.posts.filter(({ id }) => !handed.has(id)) }
}

function laterChanges(archive: Archive, { threadKey, importId }: ImportChange) {
  return archive.importChanges
    .where('[threadKey+importId]')
    .between([threadKey, importId], [threadKey, Infinity], false)
}

/** Later imports found what is undone here: what they would bring back must not hold it either. */
async function rebaseLater(archive: Archive, change: ImportChange, steps: readonly PostStep[]): Promise<void> {
  const stepsById = new Map(steps.map((step) => [step.change.id, step]))
  await laterChanges(archive, change).modify((later) => {
    later.posts = later.posts.map((post) => rebasePost(post, stepsById.get(post.id)))
  })
}

function rebasePost(later: PostChange, step: PostStep | undefined): PostChange {
  if (!step) return later
  const { before: laterBefore, ...rest } = later
  const post = laterBefore && postWithout(step.change, laterBefore)
  const isAsLeft = later.after === fingerprintPost(step.from)
  return {
    ...rest,
    ...(post && laterBefore ? { before: recordOf(post, laterBefore) } : {}),
    ...(isAsLeft && step.to ? { after: fingerprintPost(step.to) } : {}),
  }
}

/** Posts that came to stand in one place are parted: readers go on from a place. */
async function partTwins(archive: Archive, key: string): Promise<void> {
  const places = (await inOrder(archive, key).keys()) as unknown as [string, number][]
  if (new Set(places.map(([, position]) => position)).size < places.length) await spaceOut(archive, key)
}
