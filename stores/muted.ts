import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { NOBODY_MUTED, parseMuted, withAuthor, withWord, type Muted, type MutedAuthor } from '../core/muted.ts'
import { changeMuted, readMuted, watchMuted } from '../settings/muted.ts'

/** Whom and what the reader muted, as stored and as changed on other pages meanwhile. */
export const useMutedStore = defineStore('muted', () => {
  const muted = shallowRef<Muted>(NOBODY_MUTED)

  /** Reads the lists and follows them until `signal` aborts. */
  function load(signal: AbortSignal): void {
    const take = (now: Muted) => {
      if (!signal.aborted) muted.value = now
    }
    watchMuted(take, signal)
    void readMuted().then(take)
  }

  /** Mutes an author or stops it; false, and nothing changed, when a name or host is none. */
  async function setAuthor(author: MutedAuthor, isMuted: boolean): Promise<boolean> {
    const [parsed] = parseMuted({ authors: [author] }).authors
    if (!parsed) return false
    muted.value = await changeMuted((now) => withAuthor(now, parsed, isMuted))
    return true
  }

  /** Mutes a word or stops it; false, and nothing changed, when there is nothing in it to be found. */
  async function setWord(word: string, isMuted: boolean): Promise<boolean> {
    const [parsed] = parseMuted({ words: [word] }).words
    if (parsed === undefined) return false
    muted.value = await changeMuted((now) => withWord(now, parsed, isMuted))
    return true
  }

  return { muted, load, setAuthor, setWord }
})
