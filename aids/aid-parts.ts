import type { AidPartName } from '../core/aid-parts.ts'
import type { Aid, AidContext, AidOptions, OptionValues, PageJoining, PageReading } from './define-aid.ts'
import type * as keyList from './key-list.ts'
import type * as pageJoiner from './page-joiner.ts'
import type * as postOutlines from './post-outlines.ts'
import type * as searchPanel from './search-panel.ts'

/**
 * The parts of aids that come when they are first needed, with what each holds. A part is built by itself: it shares nothing
 * with the aid but the page and what it is handed. A new one is a line here, its name in core/aid-parts.ts, a line in
 * import-part.ts and an entry point.
 */
export interface AidParts {
  'key-list': typeof keyList
  'page-joiner': typeof pageJoiner & { readonly fetchPage?: FetchPage }
  'post-outlines': typeof postOutlines
  'search-panel': typeof searchPanel
}

/** `fetchPage` of `PageJoining`: it comes with the part on a forum's page, and on no other. */
type FetchPage = (
  ...asked: [...Parameters<PageJoining['fetchPage']>, reading: PageReading | undefined]
) => ReturnType<PageJoining['fetchPage']>

/** Brings a part, once however often it is asked for; rejects where it could not come, and tries again the next time. */
export type LoadPart = <Name extends AidPartName>(name: Name) => Promise<AidParts[Name]>

/** What an aid that has parts gets on a page. */
export interface PartsContext<Values = Record<string, boolean | number | string>> extends AidContext<Values> {
  readonly loadPart: LoadPart
}

/** An aid as it is declared, before it is given its parts (see `withParts`): without them it does not run. */
export interface AidWithParts<Options extends AidOptions = AidOptions> extends Omit<Aid<Options>, 'start'> {
  start: (context: PartsContext<OptionValues<Options>>, signal: AbortSignal) => void
}

/** Declares an aid of which parts come later; else as `defineAid`. */
export function defineAidWithParts<Options extends AidOptions>(aid: AidWithParts<Options>): AidWithParts<Options> {
  return aid
}

/** The aids as the runner takes them: each may load its parts by `loadPart`, wherever they come from. */
export function withParts(aids: readonly AidWithParts[], loadPart: LoadPart): readonly Aid[] {
  return aids.map((aid) => ({
    ...aid,
    start: (context, signal) => aid.start({ ...context, loadPart }, signal),
  }))
}
