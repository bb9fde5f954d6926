import type { PostRecord } from '../../archive/records.ts'
import { useArchive } from '../../stores/open-archive.ts'
import { GatheredReading } from '../../visit/gathered-reading.ts'

/** The reader's visits to a thread, as the archive has them: those to its pages on the forum count as well. */
export function readerReading(signal: AbortSignal): GatheredReading {
  return new GatheredReading(async (key, reading) => {
    const { noteReading } = await import('../../archive/visits.ts')
    await noteReading(await useArchive(), key, reading)
  }, signal)
}

/** Begins the visit; to be called when all posts of the thread are known. Nothing is new where it cannot be stored. */
export async function beginReading(
  reading: GatheredReading,
  threadKey: string,
  records: readonly PostRecord[],
): Promise<void> {
  try {
    const { beginVisit } = await import('../../archive/visits.ts')
    const posts = records.map(({ post }) => post)
    reading.learn(await beginVisit(await useArchive(), threadKey, posts))
  } catch (error) {
    console.warn('[loulan] what is new could not be found out', error)
  }
}
