import { withParts } from '../../aids/aid-parts.ts'
import type { PageReading } from '../../aids/define-aid.ts'
import { importPart } from '../../aids/import-part.ts'
import { aids } from '../../aids/registry.ts'
import { AidRunner } from '../../aids/runner.ts'
import { loadAidMemory } from '../../settings/aid-memory.ts'
import { readAidWishes, watchAidWishes } from '../../settings/aid-wishes.ts'
import { provideStoredMuted } from '../../visit/muted-list.ts'
import { readerSite } from './reader-site.ts'

/** Starts the aids on the thread that the reader page shows, and keeps them in step with the settings. */
export async function startReaderAids(
  root: HTMLElement,
  threadKey: string,
  reading: PageReading,
  signal: AbortSignal,
): Promise<AidRunner> {
  // Authors are muted by the forum's host, which is the key's second part.
  root.dataset.host = threadKey.split('/')[1] ?? ''
  const [wishes, memory] = await Promise.all([
    readAidWishes(aids),
    loadAidMemory(aids.map(({ id }) => id)),
    provideStoredMuted(),
  ])
  const runner = new AidRunner({
    root,
    document,
    site: readerSite,
    url: new URL(location.href),
    aids: withParts(aids, importPart),
    wishes,
    // What was unfolded on one thread says nothing of another's posts: dumps of different forums share post ids.
    memory: (aidId) => memory(aidId, threadKey),
    reading,
    signal,
  })
  watchAidWishes(
    () => aids,
    (changed) => runner.apply(changed),
    signal,
  )
  return runner
}
