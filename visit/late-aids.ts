import type { Aid } from '../aids/define-aid.ts'
import type { goToPost } from '../aids/go-to-post.ts'
import type { rememberContextTarget } from '../dom/context-target.ts'
import { whenParsed } from '../dom/watch-page.ts'
import { sendToBackground } from '../messages/messenger.ts'
import type { watchAidWishes } from '../settings/aid-wishes.ts'
import type { gatherReading } from './tab-reading.ts'

/** Name of the function that this script leaves in the extension's own world of the page, for the one that comes later. */
const JOIN = 'loulanJoinAids'

/** What the later script brings: aids, and what is needed only when a reader does something. */
export interface LateAids {
  aids: readonly Aid[]
  goToPost: typeof goToPost
  rememberContextTarget: typeof rememberContextTarget
  gatherReading: typeof gatherReading
  watchAidWishes: typeof watchAidWishes
}

/**
 * Asks for the script with the aids that come after the page and calls `join` with what it brings: at once where the page may hold
 * what is not to be seen, else when the page stands and the browser has nothing better to do. To be called where a thread
 * stands: other pages need none.
 */
export function askForLateAids(isUrgent: boolean, join: (late: LateAids) => Promise<void>, signal: AbortSignal): void {
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
export function joinAids(late: LateAids): void {
  const join: unknown = (globalThis as Record<string, unknown>)[JOIN]
  if (typeof join === 'function') void (join as (late: LateAids) => Promise<void>)(late)
}
