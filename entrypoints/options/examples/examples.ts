import { i18n } from '#i18n'
import type { SamplePost } from './sample-thread.ts'

/** How an aid is shown on the sample thread. */
export interface Example {
  /** The posts that it needs; all without it. */
  readonly posts?: readonly SamplePost[]
  /** What the sample cannot give, or what to do in it, in words. */
  readonly note?: () => string
}

const SHORT: readonly SamplePost[] = ['opening', 'second', 'links', 'thanks', 'third', 'last']

/** How each aid is shown, by its id: what it does is seen at once, or said. */
export const examples: Readonly<Record<string, Example>> = {
  'saved-state': { posts: ['opening', 'second'], note: () => i18n.t('examples.savedState') },
  length: { posts: ['long', 'second', 'third'] },
  'collapse-long-posts': { posts: ['long', 'second'], note: () => i18n.t('examples.longPost') },
  'unwrap-links': { posts: ['links', 'thanks'] },
  mute: { posts: SHORT, note: () => i18n.t('examples.mute') },
  'new-posts': { posts: SHORT, note: () => i18n.t('examples.newPosts') },
  resume: { posts: SHORT, note: () => i18n.t('examples.resume') },
  'only-author': { posts: SHORT },
  outline: { posts: ['long'], note: () => i18n.t('examples.longPost') },
  'join-pages': { posts: SHORT, note: () => i18n.t('examples.joinPages') },
  quotes: { posts: ['opening', 'second', 'third', 'account', 'answer'], note: () => i18n.t('examples.quotes') },
  'thread-search': { posts: SHORT, note: () => i18n.t('examples.threadSearch') },
  keyboard: { posts: SHORT, note: () => i18n.t('examples.keyboard') },
}
