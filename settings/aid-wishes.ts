import { readAidSettings, watchAidSettings, type AidDeclaration, type AidSettings } from './aid-settings.ts'
import type { LinkWishes } from '../core/links.ts'
import { readLinkRules, watchLinkRules } from './link-rules.ts'
import { pageSettings, readSettingsOf } from './page-settings.ts'
import { watchSettings } from './settings.ts'

/** All that a page with aids needs to know of the reader's wishes. */
export interface StoredAidWishes {
  aids: Record<string, AidSettings>
  speeds: { charactersPerMinute: number; wordsPerMinute: number }
  links: LinkWishes
}

/** Reads what the reader wants of the given aids. */
export async function readAidWishes(aids: readonly AidDeclaration[]): Promise<StoredAidWishes> {
  const [aidSettings, { charactersPerMinute, wordsPerMinute, unwrapAffiliates }, rules] = await Promise.all([
    readAidSettings(aids),
    readSettingsOf(pageSettings),
    readLinkRules(),
  ])
  return {
    aids: aidSettings,
    speeds: { charactersPerMinute, wordsPerMinute },
    links: { rules, affiliate: unwrapAffiliates },
  }
}

/**
 * Calls `listener` with the new wishes whenever they change, until `signal` aborts. Which aids there are is asked each
 * time: some come after the page.
 */
export function watchAidWishes(
  aids: () => readonly AidDeclaration[],
  listener: (wishes: StoredAidWishes) => void,
  signal: AbortSignal,
): void {
  const onChange = () => void readAidWishes(aids()).then(listener)
  watchSettings(onChange, signal)
  watchLinkRules(onChange, signal)
  watchAidSettings(onChange, signal)
}
