import { browser } from 'wxt/browser'
import { provideMuted } from '../aids/muted-posts.ts'
import { parseMuted, type Muted } from '../core/muted.ts'
import { changeMuted, readMuted, watchMuted } from '../settings/muted.ts'

/**
 * Gives the aid that mutes what the reader muted; to be awaited before it starts, so that nothing muted is seen before it is
 * known to be. In a private window what is muted there is muted until the page is left:
 * nothing of the visit is stored.
 */
export async function provideStoredMuted(): Promise<void> {
  const isPrivate = browser.extension.inIncognitoContext
  const listeners = new Set<(muted: Muted) => void>()
  let current = await readMuted()
  provideMuted({
    watch: (listener, signal) => {
      const learn = (muted: Muted) => listener((current = muted))
      watchMuted(learn, signal)
      listeners.add(learn)
      listener(current)
      signal.addEventListener('abort', () => listeners.delete(learn))
    },
    change: async (change) => {
      if (!isPrivate) return void (await changeMuted(change))
      current = parseMuted(change(current))
      for (const listener of listeners) listener(current)
    },
  })
}
