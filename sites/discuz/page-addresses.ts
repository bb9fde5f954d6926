import type { PageAddresses } from '../../core/thread-page.ts'

/** Rewritten as Discuz! X offers it: the thread, its page, and the page of the board that one came from. */
const REWRITTEN = /^(.*\/thread-\d{1,12}-)\d{1,6}(-\d{1,6}\.html?)$/

/**
 * Where the pages of a thread stand: in the form in which this one does, where that is known, so that who reads on sees the
 * forum's own addresses; else by the script.
 *
 * @param address of the thread by the script
 */
export function pageAddresses({ origin, pathname, search }: URL, address: string): PageAddresses {
  const [, before, after] = (search === '' && REWRITTEN.exec(pathname)) || []
  if (before === undefined || after === undefined)
    return { first: address, before: `${address}&page=`, after: '', start: 1, step: 1 }
  return { first: `${origin}${before}1${after}`, before: origin + before, after, start: 1, step: 1 }
}
