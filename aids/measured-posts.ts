import { LONG_PAGE } from '../core/post-lengths.ts'
import type { AidContext } from './define-aid.ts'

/**
 * Calls `act` when it costs little to ask all posts of a page how long they are: of a long page the background tells it, which
 * reads the page anyway. At once where the page is short, or nobody reads it. An error stops the aid and is reported.
 */
export function whenMeasured(
  { page, own, fail }: Pick<AidContext, 'page' | 'own' | 'fail'>,
  act: () => void,
  signal: AbortSignal,
): void {
  if (!own || page.posts.length <= LONG_PAGE) return act()
  own.then(() => signal.aborted || act()).catch(fail)
}
