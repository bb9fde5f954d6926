import { isSameValue } from '../plain-value.ts'
import type { ThreadRecord } from '../records.ts'
import type { TextRun, ThreadName } from './text-run.ts'

/** What is searched of a thread itself, from its row. */
export function nameOf({
  title,
  site,
  url,
  board,
}: Pick<ThreadRecord, 'title' | 'site' | 'url' | 'board'>): ThreadName {
  const host = URL.canParse(url) ? new URL(url).hostname : ''
  return { title, site, host, ...(board && { board }) }
}

/** True when two rows of a thread are found by the same words. */
export function hasSameName(one: ThreadRecord, other: ThreadRecord): boolean {
  return isSameValue(nameOf(one), nameOf(other))
}

/** The names that runs tell, by thread; `runs` come latest first. A thread of which they do not tell it is missing. */
export function findNames(runs: Iterable<Pick<TextRun, 'sections'>>): Map<string, ThreadName> {
  const names = new Map<string, ThreadName>()
  /** Threads that were begun anew: what was said of them before is of another time. */
  const closed = new Set<string>()
  for (const { sections } of runs) {
    for (const { key, name, reset } of sections) {
      if (name && !names.has(key) && !closed.has(key)) names.set(key, name)
      if (reset) closed.add(key)
    }
  }
  return names
}
