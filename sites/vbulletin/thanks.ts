import type { Post } from '../../core/thread.ts'
import type { Scope } from '../../dom/query.ts'
import { countNames } from '../reading/reactions.ts'

/** The engine itself counts no thanks; these add-ons stand on boards of vBulletin 3 and 4 alike. */
export function readThanks(post: Scope): Post['votes'] {
  const liked = countNames(post, '.vbseo_liked', 'a[href*="/members/"], a[href*="member.php"]')
  if (liked !== undefined) return { up: liked }
  const thumbs = /^\d{1,6}$/.exec(post.text('.sc_thumbs_wrapper strong'))?.[0]
  return thumbs === undefined ? undefined : { up: Number(thumbs) }
}
