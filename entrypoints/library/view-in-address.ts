import { libraryHash, parseLibraryHash, type LibraryView } from '../../core/library/view.ts'

/**
 * Keeps what the library shows in the page's address: a reload, going back and a bookmark find it again.
 *
 * @param onChange hears what the address says when the reader goes back or forth, until `signal` aborts
 */
export function keepViewInAddress(onChange: (view: LibraryView) => void, signal: AbortSignal): void {
  const take = () => {
    if (isViewHash(location.hash)) onChange(parseLibraryHash(location.hash))
  }
  addEventListener('hashchange', take, { signal })
}

/** The page's other addresses (a search, a problem) say nothing of how its threads are shown. */
function isViewHash(hash: string): boolean {
  return hash === '' || hash.includes('=')
}

/** Writes a view into the address; each choice is a step to go back by, each letter that is typed is none. */
export function writeViewToAddress(view: LibraryView, isTyped: boolean): void {
  const hash = libraryHash(view, location.hash)
  if (hash === location.hash) return
  const address = hash || location.pathname
  if (isTyped) history.replaceState(history.state, '', address)
  else history.pushState(null, '', address)
}

/** Remembers which row the reader was at, for when they come back from the thread. */
export function rememberRow(key: string): void {
  history.replaceState({ row: key }, '')
}

/** The row that the reader was at; empty when this is the first visit. */
export function rememberedRow(): string {
  const state: unknown = history.state
  const row = typeof state === 'object' && state !== null && 'row' in state ? state.row : ''
  return typeof row === 'string' ? row : ''
}
