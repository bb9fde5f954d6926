import { guard, toArchiveError } from '../archive-error.ts'
import type { Archive } from '../database.ts'
import { addRun, renewTexts } from './note-texts.ts'
import { findDeadTexts, isDeadSection, type DeadTexts } from './live-texts.ts'
import { mergeRuns, type WholeRun } from './merge-runs.ts'
import { workOffBacklog } from './text-backlog.ts'
import { BLOCK, orderOf, SMALL_RUN } from './text-run.ts'
import type { TextRun } from './text-run.ts'

/** Runs from this length on are not merged again. In UTF-16 units. */
const FULL = BLOCK / 2

/** Small runs are merged when there are so many. */
const MOST_SMALL = 32

/** How long after a write its runs are looked at. In milliseconds; a worker that is idle lives longer. */
const TIDY_AFTER = 3000

/**
 * Merges small runs of texts into large ones and takes out what counts no more: the words of deleted threads, and
 * former words of edited posts. Each step is one transaction, so that a kill loses at most a step, and others may write
 * meanwhile or tidy too. Returns how many steps were done. Throws {@link ArchiveError}.
 */
export async function tidyTexts(archive: Archive): Promise<number> {
  let steps = 0
  while (await tidyStep(archive)) steps++
  return steps
}

/** Has the texts tidied, and those of an earlier version made, some time after each write of this context. */
export function keepTextsTidy(archive: Archive): void {
  let timer: ReturnType<typeof setTimeout> | undefined
  archive.afterTexts = () => {
    timer ??= setTimeout(() => {
      timer = undefined
      if (archive.isOpen()) workOff(archive).catch(warnUntidied)
    }, TIDY_AFTER)
  }
}

async function workOff(archive: Archive): Promise<void> {
  while (await workOffBacklog(archive));
  await tidyTexts(archive)
}

/** Notes that tidying failed (a full disk, say): the next one who tidies does it, and nothing was lost. */
export function warnUntidied(error: unknown): void {
  if (toArchiveError(error).code !== 'closed') console.warn('[loulan] texts were not tidied', error)
}

/** Does the next step; false when nothing is left to do. */
async function tidyStep(archive: Archive): Promise<boolean> {
  const runs = (await guard(archive, () => archive.textRuns.toArray())).sort((a, b) => orderOf(a) - orderOf(b))
  const dead = findDeadTexts(runs)
  const group = chooseGroup(runs, dead)
  if (!group) return false
  const whole = await readWhole(archive, group)
  if (!whole) return repair(archive, group)
  const earlier = earlierThan(group, runs)
  const { order, builders } = mergeRuns(whole, dead, (key) => earlier.has(key))
  await guard(archive, () =>
    archive.transaction('rw', archive.textRuns, archive.textParts, async () => {
      const ids = group.map(({ id }) => id)
      const there = await archive.textRuns.where(':id').anyOf(ids).primaryKeys()
      // Where one is gone, somebody else has tidied meanwhile.
      if (there.length < ids.length) return
      await deleteRuns(archive, ids)
      for (const builder of builders) await addRun(archive, builder, order)
    }),
  )
  return true
}

/** The threads of which runs before a group's result hold posts. */
function earlierThan(group: readonly TextRun[], runs: readonly TextRun[]): Set<string> {
  const ids = new Set(group.map(({ id }) => id))
  const order = orderOf(group.at(-1)!)
  const before = runs.filter((run) => !ids.has(run.id) && orderOf(run) < order)
  return new Set(before.flatMap(({ sections }) => sections.flatMap(({ key, posts }) => (posts > 0 ? [key] : []))))
}

async function deleteRuns(archive: Archive, ids: readonly number[]): Promise<void> {
  await archive.textRuns.bulkDelete([...ids])
  const parts = ids.flatMap((id): [string, number][] => [
    ['body', id],
    ['signature', id],
  ])
  await archive.textParts.bulkDelete(parts)
}

/**
 * Makes the texts of runs anew that have lost theirs (a damaged disk), unless the runs were only replaced meanwhile.
 * Always true, as there may be more to do.
 */
async function repair(archive: Archive, group: readonly TextRun[]): Promise<true> {
  await guard(archive, () =>
    archive.transaction('rw', archive.threadTables, async () => {
      for (const { id, sections, body } of group) {
        const isBroken = !body && (await archive.textRuns.get(id)) && !(await archive.textParts.get(['body', id]))
        if (!isBroken) continue
        await deleteRuns(archive, [id])
        for (const { key } of sections) if (await archive.threads.get(key)) await renewTexts(archive, key)
      }
    }),
  )
  return true
}

async function readWhole(archive: Archive, group: readonly TextRun[]): Promise<WholeRun[] | undefined> {
  const large = group.filter(({ body }) => !body)
  const parts = await guard(archive, () =>
    archive.textParts.bulkGet(large.map(({ id }): [string, number] => ['body', id])),
  )
  const bodies = new Map(parts.flatMap((part) => (part?.part === 'body' ? [[part.id, part.body] as const] : [])))
  const whole = group.map((run) => ({ ...run, body: run.body ?? bodies.get(run.id) }))
  return whole.every((run): run is WholeRun => run.body !== undefined) ? whole : undefined
}

/** Runs next to each other that are to be merged, or one that holds what counts no more; undefined when all is well. */
function chooseGroup(runs: readonly TextRun[], dead: DeadTexts): TextRun[] | undefined {
  let group: TextRun[] = []
  for (const run of runs) {
    if (run.characters < FULL) group.push(run)
    else {
      if (group.length > 1) return group // No more will be added to it.
      group = []
    }
  }
  const characters = group.reduce((sum, run) => sum + run.characters, 0)
  if (characters >= BLOCK && group.length > 1) return group
  const small = group.slice(group.findLastIndex((run) => run.characters > SMALL_RUN) + 1)
  if (small.length >= MOST_SMALL) return small
  return findStale(runs, dead)
}

/** The first run with something to take out: dead texts, or marks that have nothing left to say. */
function findStale(runs: readonly TextRun[], dead: DeadTexts): TextRun[] | undefined {
  const earlier = new Set<string>()
  for (const run of runs) {
    const order = orderOf(run)
    for (const section of run.sections) {
      const { key, posts, reset, replaced } = section
      if (posts > 0 && isDeadSection(dead, section, order)) return [run]
      if (!earlier.has(key) && (reset || replaced || posts === 0)) return [run]
    }
    for (const { key, posts } of run.sections) if (posts > 0) earlier.add(key)
  }
  return undefined
}
