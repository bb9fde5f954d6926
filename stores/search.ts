import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { PostHit, SearchState } from '../core/search/search-results.ts'
import type { SearchReply } from '../archive/search/search-service.ts'
import type { Failure } from './failure.ts'
import { openSearchPort, type SearchPort } from './search-port.ts'

/** Threads shown at first, as many as a screen or two hold, and added by each «more». */
const THREADS_AT_FIRST = 10
const THREADS_AT_ONCE = 20

/** How long a page may be out of sight before the texts it holds in memory are let go. In milliseconds. */
const KEPT_HIDDEN = 60_000

/** What the reader searches the library for, and what was found. */
export const useSearchStore = defineStore('search', () => {
  const typed = ref('')
  const result = shallowRef<SearchState>()
  const failure = shallowRef<Failure>()
  /** All posts found in threads that the reader opened, by thread. */
  const opened = shallowRef<ReadonlyMap<string, readonly PostHit[]>>(new Map())
  const isActive = computed(() => typed.value.trim() !== '')
  const isSearching = computed(() => isActive.value && !failure.value && !result.value?.isComplete)
  let port: SearchPort | undefined
  let asked = 0
  let threads = THREADS_AT_FIRST
  let hiddenTimer: ReturnType<typeof setTimeout> | undefined

  function usePort(): SearchPort {
    return (port ??= openSearchPort(take))
  }

  function take(reply: SearchReply): void {
    if (reply.id !== asked) return
    if (reply.type === 'posts') opened.value = new Map([...opened.value, [reply.key, reply.posts]])
    else if (reply.type === 'failed') failure.value = { code: reply.code, detail: reply.detail }
    else result.value = reply.state
  }

  /** Searches for what was typed; the search before is given up, what it found stays to be seen until the new one's comes. */
  function search(text: string): void {
    if (text === typed.value && result.value && !failure.value) return
    typed.value = text
    threads = THREADS_AT_FIRST
    run()
  }

  /** Searches again, for what may have changed. */
  function run(): void {
    // A worker that failed may have ended: the next one starts anew.
    if (failure.value) drop()
    failure.value = undefined
    opened.value = new Map()
    asked++
    if (isActive.value) usePort().ask({ type: 'search', id: asked, typed: typed.value, threads })
    else {
      result.value = undefined
      port?.ask({ type: 'stop' })
    }
  }

  /** Gets ready: the reader is about to type. */
  function prepare(): void {
    usePort().ask({ type: 'prepare' })
  }

  function showMore(): void {
    if (!result.value?.isComplete) return
    threads += THREADS_AT_ONCE
    port?.ask({ type: 'more', id: asked, threads })
  }

  /** Shows all posts found in a thread. */
  function openThread(key: string): void {
    port?.ask({ type: 'posts', id: asked, key })
  }

  /** Lets go of all that is held in memory; the next search reads it again. */
  function drop(): void {
    port?.close()
    port = undefined
  }

  /** Told when the page goes out of sight or comes back. */
  function setHidden(isHidden: boolean): void {
    clearTimeout(hiddenTimer)
    if (isHidden) hiddenTimer = setTimeout(drop, KEPT_HIDDEN)
    else if (!port && isActive.value) run()
  }

  return {
    typed,
    result,
    failure,
    opened,
    isActive,
    isSearching,
    search,
    run,
    prepare,
    showMore,
    openThread,
    drop,
    setHidden,
  }
})
