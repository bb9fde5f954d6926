import { readAidSettings, watchAidSettings, type AidDeclaration, type AidSettings } from './aid-settings.ts'
import { readSettings, watchSettings } from './settings.ts'

/** All that a page with aids needs to know of the reader's wishes. */
export interface StoredAidWishes {
  aids: Record<string, AidSettings>
  speeds: { charactersPerMinute: number; wordsPerMinute: number }
}

/** Reads what the reader wants of the given aids. */
export async function readAidWishes(aids: readonly AidDeclaration[]): Promise<StoredAidWishes> {
  const [aidSettings, { charactersPerMinute, wordsPerMinute }] = await Promise.all([
    readAidSettings(aids),
    readSettings(),
  ])
  return { aids: aidSettings, speeds: { charactersPerMinute, wordsPerMinute } }
}

/** Calls `listener` with the new wishes whenever they change, until `signal` aborts. */
export function watchAidWishes(
  aids: readonly AidDeclaration[],
  listener: (wishes: StoredAidWishes) => void,
  signal: AbortSignal,
): void {
  const onChange = () => void readAidWishes(aids).then(listener)
  watchSettings(onChange, signal)
  watchAidSettings(onChange, signal)
}
