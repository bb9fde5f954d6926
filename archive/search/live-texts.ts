import { orderOf } from './text-run.ts'
import type { TextRun, TextSection } from './text-run.ts'

/** Which texts of earlier runs no longer count, because a later run says so. */
export interface DeadTexts {
  /** Order of the last run that says of a thread that nothing earlier counts. */
  resets: ReadonlyMap<string, number>
  /** By thread, and in it by post: order of the last run that says so of the post. */
  replaced: ReadonlyMap<string, ReadonlyMap<string, number>>
}

type Head = Pick<TextRun, 'id' | 'order' | 'sections'>

/** Gathers what all the runs say of earlier ones. */
export function findDeadTexts(runs: Iterable<Head>): DeadTexts {
  const resets = new Map<string, number>()
  const replaced = new Map<string, Map<string, number>>()
  for (const run of runs) {
    const order = orderOf(run)
    for (const section of run.sections) {
      if (section.reset) resets.set(section.key, Math.max(resets.get(section.key) ?? 0, order))
      if (!section.replaced) continue
      const posts = replaced.get(section.key) ?? new Map<string, number>()
      replaced.set(section.key, posts)
      for (const id of section.replaced) posts.set(id, Math.max(posts.get(id) ?? 0, order))
    }
  }
  return { resets, replaced }
}

/** True when nothing of a thread in a run counts any more. */
export function isDeadSection(dead: DeadTexts, section: Pick<TextSection, 'key'>, order: number): boolean {
  return (dead.resets.get(section.key) ?? 0) > order
}

/** The posts of a thread that may have been replaced since a run of that order; most threads have none. */
export function replacedSince(
  dead: DeadTexts,
  { key }: Pick<TextSection, 'key'>,
  order: number,
): ReadonlySet<string> | undefined {
  const posts = dead.replaced.get(key)
  if (!posts) return undefined
  const since = new Set<string>()
  for (const [id, at] of posts) if (at > order) since.add(id)
  return since.size ? since : undefined
}
