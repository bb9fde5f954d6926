import { isOpen } from '../core/save-report.ts'
import type { SaveReport } from '../core/save-report.ts'
import type { PageAddresses } from '../core/thread-page.ts'
import { guard } from './archive-error.ts'
import type { Archive } from './database.ts'
import { omit } from './plain-value.ts'
import { planAgain, planAll, planRetry } from './save-plan.ts'
import type { SavePlan } from './save-plan.ts'
import { reportOf } from './save-record.ts'
import type { SaveRecord } from './save-record.ts'
import { openRecords, withState } from './saves.ts'
import { findUnsettledPages } from './unsettled-pages.ts'

/** A thread that the reader wants saved. */
export interface WantedThread {
  key: string
  title: string
  /** Canonical address of its first page. */
  url: string
  /** Where its pages are asked for; all on one host. */
  addresses: PageAddresses
}

/** Time of a page as it is guessed before one was read, in milliseconds. */
const GUESSED_PAGE_TIME = 1500

/**
 * Puts the saving of a thread into the queue, in one transaction; the thread is kept from then on. A save that is under
 * way stays as it is, one that waits, was paused, cancelled or given up goes on from where it was, and a thread that was
 * saved whole is looked at again where it can have changed, or everywhere with `isFull`. Throws {@link ArchiveError}.
 */
export function queueSave(
  archive: Archive,
  wanted: WantedThread,
  { isFull = false }: { isFull?: boolean } = {},
): Promise<SaveReport> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      const existing = await archive.saves.get(wanted.key)
      if (existing && !isFull && (existing.state === 'running' || existing.state === 'queued'))
        return reportOf(existing)
      const save =
        existing && isOpen(existing) && !isFull ? goOn(existing) : await startOver(archive, wanted, existing, isFull)
      const host = new URL(wanted.addresses.first).host
      const queued = { ...save, title: wanted.title || save.title, addresses: wanted.addresses, host }
      await archive.saves.put(queued)
      await keepThread(archive, wanted.key, queued.changedAt)
      return reportOf(queued)
    }),
  )
}

/** Lets a save go on that waits, was paused, cancelled or given up. Throws {@link ArchiveError}. */
export function resumeSave(archive: Archive, key: string): Promise<SaveReport | undefined> {
  return guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      const save = await archive.saves.get(key)
      if (!save || ['running', 'queued', 'finished'].includes(save.state)) return save && reportOf(save)
      const resumed = goOn(save)
      await archive.saves.put(resumed)
      await keepThread(archive, key, resumed.changedAt)
      return reportOf(resumed)
    }),
  )
}

function goOn(save: SaveRecord): SaveRecord {
  // One that was given up lacks pages, whatever became of its pictures since.
  const rest = save.state === 'stopped' ? omit(save, 'files') : save
  return { ...withState(rest, 'queued'), plan: planRetry(save.plan) }
}

async function startOver(
  archive: Archive,
  { key, title, url, addresses }: WantedThread,
  former: SaveRecord | undefined,
  isFull: boolean,
): Promise<SaveRecord> {
  const thread = await archive.threads.get(key)
  if (former?.state === 'stopped' && thread && !isFull) return goOn(former)
  const now = new Date().toISOString()
  return {
    key,
    title: title || (thread?.title ?? ''),
    url,
    host: new URL(addresses.first).host,
    addresses,
    state: 'queued',
    queuedAt: now,
    changedAt: now,
    plan: thread && !isFull ? await findPlan(archive, former) : planAll(),
    posts: thread?.postCount ?? 0,
    newPosts: 0,
    editedPosts: 0,
    gonePosts: 0,
    gaps: [],
    pageMilliseconds: former?.pageMilliseconds ?? GUESSED_PAGE_TIME,
  }
}

async function findPlan(archive: Archive, former: SaveRecord | undefined): Promise<SavePlan> {
  if (former?.state !== 'finished') return planAll()
  return planAgain(former.plan, await findUnsettledPages(archive, former.key))
}

/** A thread that is to be saved must not be evicted while it waits for its turn. */
async function keepThread(archive: Archive, key: string, savedAt: string): Promise<void> {
  const thread = await archive.threads.get(key)
  if (thread && thread.savedAt === undefined) await archive.threads.put({ ...thread, savedAt })
}

/** What a host's runner is to do next. */
export interface Turn {
  /** The save that is to run, and is marked as running. */
  save?: SaveRecord
  /** Without a save: when one goes on by itself, ISO 8601 in UTC. */
  wakeAt?: string
}

/**
 * Takes the save of a host whose turn it is, for a runner that makes sure to be the only one. One that waits for its time
 * holds up those behind it: they would ask the host that wants to be left alone. Throws {@link ArchiveError}.
 */
export function takeTurn(archive: Archive, host: string, now: string): Promise<Turn> {
  return guard(archive, () =>
    archive.transaction('rw', archive.saves, async () => {
      const records = await openRecords(archive)
      const next = records.find((record) => record.host === host && goesOn(record))
      if (!next) return {}
      if (next.retryAt !== undefined && next.retryAt > now) return { wakeAt: next.retryAt }
      const save = withState(next, 'running')
      await archive.saves.put(save)
      return { save }
    }),
  )
}

/** True for a save that needs nobody to go on. */
function goesOn({ state, retryAt }: SaveRecord): boolean {
  return state === 'running' || state === 'queued' || (state === 'waiting' && retryAt !== undefined)
}

/** The hosts that a runner has work at, now or later. Throws {@link ArchiveError}. */
export function listBusyHosts(archive: Archive): Promise<string[]> {
  return guard(archive, async () => [...new Set((await openRecords(archive)).filter(goesOn).map(({ host }) => host))])
}
