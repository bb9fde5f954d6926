import collapseLongPosts from './collapse-long-posts.ts'
import type { Aid } from './define-aid.ts'
import length from './length.ts'
import onlyAuthor from './only-author.ts'
import outline from './outline.ts'
import unwrapLinks from './unwrap-links.ts'

/** Every aid, in the order in which they start and in which settings show them. */
export const aids: readonly Aid[] = [
  length,
  collapseLongPosts,
  unwrapLinks,
  onlyAuthor,
  outline,
] as readonly unknown[] as readonly Aid[]
