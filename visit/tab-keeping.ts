import type { PageKeeping } from '../aids/define-aid.ts'
import type { SaveWish, ThreadKeeping } from '../core/thread-keeping.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** What is kept of the thread in this tab, as the background tells it. */
export class TabKeeping implements PageKeeping {
  #listeners = new Set<(kept: ThreadKeeping | undefined) => void>()
  #key: string | undefined
  #kept: ThreadKeeping | undefined
  #isKnown = false

  watch(listener: (kept: ThreadKeeping | undefined) => void, signal: AbortSignal): void {
    this.#listeners.add(listener)
    signal.addEventListener('abort', () => this.#listeners.delete(listener))
    if (this.#isKnown) listener(this.#kept)
  }

  async ask(wish: SaveWish): Promise<void> {
    const save = await sendToBackground('threadSaveAsked', { url: location.href, wish })
    if (!save) throw new Error('There is nothing to save')
    // One that could not begin may name no thread.
    const key = save.key || this.#key || ''
    this.show({ key, posts: save.posts, gonePosts: 0, newPosts: 0, ...this.#kept, save })
  }

  /** Asks what is kept, once the page has been read. */
  async load(key: string | undefined): Promise<void> {
    this.#key = key
    this.show(await sendToBackground('getThreadKeeping', { url: location.href }))
  }

  /** Takes news; those of another thread, which stood in this tab before, are none. */
  show(kept: ThreadKeeping | undefined): void {
    if (kept && this.#key && kept.key !== this.#key) return
    this.#kept = kept
    this.#isKnown = true
    for (const listener of this.#listeners) listener(kept)
  }
}
