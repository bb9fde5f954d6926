import type { AidWithParts } from './aid-parts.ts'
import joinPages from './join-pages.ts'
import keyboard from './keyboard.ts'
import mute from './mute.ts'
import newPosts from './new-posts.ts'
import onlyAuthor from './only-author.ts'
import outline from './outline.ts'
import quotes from './quotes.ts'
import resume from './resume.ts'
import threadSearch from './thread-search.ts'

/** The aids that lie above the page and move nothing on it: a forum's page gets them once it stands. */
export const lateAids: readonly AidWithParts[] = [
  mute,
  newPosts,
  resume,
  onlyAuthor,
  outline,
  quotes,
  threadSearch,
  keyboard,
  joinPages,
] as readonly unknown[] as readonly AidWithParts[]
