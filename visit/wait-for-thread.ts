import { watchPage } from '../dom/watch-page.ts'
import type { Site } from '../sites/define-site.ts'

/** So many looks are taken before a paint, one a frame; later ones wait twice as long as the one before. */
const LOOKS_BEFORE_PAINT = 10

/** No more looks than this at one address: whatever moves on the page by then is no thread. */
const MOST_LOOKS = 20

/** What the first look that waits waits, in milliseconds; the last one waits 512 times as long. */
const SHORTEST_WAIT = 16

/**
 * Calls `onFound` once, when a thread stands on the page: it is looked for when the page has changed, at most twenty
 * times an address, so that a page that never holds one hardly notices. Until `signal` aborts.
 */
export function waitForThread(
  document: Document,
  find: () => Site | undefined,
  onFound: (site: Site) => void,
  signal: AbortSignal,
): void {
  const waiting = new AbortController()
  let watching = new AbortController()
  let looks = 0
  let isScheduled = false

  const look = () => {
    isScheduled = false
    if (waiting.signal.aborted) return
    const site = find()
    if (site) {
      waiting.abort()
      onFound(site)
    } else if (++looks >= MOST_LOOKS) watching.abort()
  }
  const schedule = () => {
    if (isScheduled) return
    isScheduled = true
    const later = looks - LOOKS_BEFORE_PAINT
    if (later < 0 && !document.hidden) requestAnimationFrame(look)
    else setTimeout(look, SHORTEST_WAIT * 2 ** Math.max(0, later))
  }
  /** An address of its own may bring a thread without a reload. */
  const start = () => {
    watching.abort()
    watching = new AbortController()
    looks = 0
    watchPage(document, schedule, watching.signal)
    schedule()
  }

  signal.addEventListener('abort', () => waiting.abort())
  waiting.signal.addEventListener('abort', () => watching.abort())
  // What arrived with the last piece of the page may have come too late for the looks.
  document.addEventListener('DOMContentLoaded', look, { signal: waiting.signal })
  navigation.addEventListener('currententrychange', start, { signal: waiting.signal })
  start()
}
