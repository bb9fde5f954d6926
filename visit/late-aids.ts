import type { Aid } from '../aids/define-aid.ts'
import { whenParsed } from '../dom/watch-page.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** Name of the function that this script leaves in the extension's own world of the page, for the one that comes later. */
const JOIN = 'loulanJoinAids'

/**
 * Asks for the script with the aids that come after the page and calls `join` with them: at once where the page may hold
 * what is not to be seen, else when the page stands and the browser has nothing better to do. To be called where a thread
 * stands: other pages need none.
 */
export function askForLateAids(
  isUrgent: boolean,
  join: (late: readonly Aid[]) => Promise<void>,
  signal: AbortSignal,
): void {
  Object.defineProperty(globalThis, JOIN, { value: join, configurable: true })
  const ask = () => {
    if (signal.aborted) return
    sendToBackground('lateAidsWanted').catch((error: unknown) => {
      console.warn('[loulan] some reading aids could not be loaded', error)
    })
  }
  if (isUrgent) ask()
  else void whenParsed(document).then(() => requestIdleCallback(ask, { timeout: 1000 }))
}

/** Hands the aids of the later script to the one that runs the visit; nothing happens where none does. */
export function joinAids(late: readonly Aid[]): void {
  const join: unknown = (globalThis as Record<string, unknown>)[JOIN]
  if (typeof join === 'function') void (join as (late: readonly Aid[]) => Promise<void>)(late)
}
