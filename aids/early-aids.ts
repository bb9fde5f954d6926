import collapseLongPosts from './collapse-long-posts.ts'
import type { Aid } from './define-aid.ts'
import length from './length.ts'
import savedState from './saved-state.ts'
import unwrapLinks from './unwrap-links.ts'

/** The aids that change the text itself: they take each post before it is painted, so that nothing moves. */
export const earlyAids: readonly Aid[] = [
  savedState,
  length,
  collapseLongPosts,
  unwrapLinks,
] as readonly unknown[] as readonly Aid[]
