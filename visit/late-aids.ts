import type { Aid } from '../aids/define-aid.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** Name of the function that this script leaves in the extension's own world of the page, for the one that comes later. */
const JOIN = 'loulanJoinAids'

/**
 * Asks for the script with the aids that come after the page, once the page stands and the browser has nothing better to
 * do, and calls `join` with them.
 */
export function awaitLateAids(
  parsed: Promise<unknown>,
  signal: AbortSignal,
  join: (late: readonly Aid[]) => Promise<void>,
): void {
  Object.defineProperty(globalThis, JOIN, { value: join, configurable: true })
  void parsed.then(() => {
    requestIdleCallback(
      () => {
        if (signal.aborted) return
        sendToBackground('lateAidsWanted').catch((error: unknown) => {
          console.warn('[loulan] some reading aids could not be loaded', error)
        })
      },
      { timeout: 1000 },
    )
  })
}

/** Hands the aids of the later script to the one that runs the visit; nothing happens where none does. */
export function joinAids(late: readonly Aid[]): void {
  const join: unknown = (globalThis as Record<string, unknown>)[JOIN]
  if (typeof join === 'function') void (join as (late: readonly Aid[]) => Promise<void>)(late)
}
