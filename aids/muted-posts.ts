import type { Muted } from '../core/muted.ts'
import type { LivePage, LivePost } from './live-page.ts'

/** Whom and what the reader muted: given by what runs the aids, as it is stored. */
export interface MutedList {
  /** Calls `listener` with what is muted, now and at each change, until `signal` aborts. */
  watch: (listener: (muted: Muted) => void, signal: AbortSignal) => void
  change: (change: (muted: Muted) => Muted) => Promise<void>
}

let given: MutedList | undefined

/** Says where what is muted is known. */
export function provideMuted(list: MutedList): void {
  given = list
}

/** What is muted; undefined where nothing is known of that. */
export function findMutedList(): MutedList | undefined {
  return given
}

const muted = new WeakSet<Element>()
const listeners = new WeakMap<LivePage, Set<() => void>>()

/** True for a post that is muted, also while it is shown: it is nothing to be counted, listed or quoted elsewhere. */
export function isMutedPost({ element }: LivePost): boolean {
  return muted.has(element)
}

/** Notes that a post is muted, or no longer; to be followed by {@link tellMuted}. */
export function noteMuted({ element }: LivePost, isMuted: boolean): void {
  if (isMuted) muted.add(element)
  else muted.delete(element)
}

/** Tells those who follow that posts were muted, or are no longer. */
export function tellMuted(page: LivePage): void {
  for (const listener of listeners.get(page) ?? []) listener()
}

/** Calls `listener` when posts of the page were muted or are no longer, until `signal` aborts. */
export function followMuted(page: LivePage, listener: () => void, signal: AbortSignal): void {
  let following = listeners.get(page)
  if (!following) listeners.set(page, (following = new Set()))
  following.add(listener)
  signal.addEventListener('abort', () => following.delete(listener))
}
