import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { isSameLooks, parseLooks, type ReaderLooks } from '../core/reader-looks.ts'
import {
  noteLooksUsed,
  readLooks,
  watchLooks,
  writeCommonLooks,
  writeOwnLooks,
  type StoredLooks,
} from '../settings/reader-looks.ts'

/** How the reader page shows the thread that is open: as all threads, or in looks of its own. */
export const useReaderLooksStore = defineStore('reader-looks', () => {
  const stored = shallowRef<StoredLooks>({ common: parseLooks(undefined) })
  const isReady = ref(false)
  /** True where the last change holds on this page only, because it could not be stored. */
  const isUnstored = ref(false)
  /** What resetting took away, until something else is changed. */
  const before = shallowRef<StoredLooks>()
  const looks = computed(() => stored.value.own ?? stored.value.common)
  const isOwn = computed(() => stored.value.own !== undefined)
  const isDefault = computed(() => isSameLooks(looks.value, parseLooks(undefined)))
  let threadKey: string | undefined
  let writing = 0

  /** Reads how a thread is shown; without a key, how all are. */
  async function open(key: string | undefined): Promise<void> {
    threadKey = key
    isReady.value = false
    before.value = undefined
    const found = await readLooks(key).catch(unreadable)
    if (key !== threadKey) return
    stored.value = found
    isReady.value = true
    if (key !== undefined && found.own) await noteLooksUsed(key).catch(warn)
  }

  /** Follows what other pages change, until `signal` aborts. */
  function follow(signal: AbortSignal): void {
    watchLooks(() => void readAgain().catch(warn), signal)
  }

  async function readAgain(): Promise<void> {
    const key = threadKey
    const found = await readLooks(key)
    // What this page is about to store is newer than what it reads.
    if (writing === 0 && key === threadKey) stored.value = found
  }

  /** Changes parts of the looks, for all threads or for the open one, as is chosen. */
  async function change(parts: Partial<ReaderLooks>): Promise<void> {
    const changed = parseLooks({ ...looks.value, ...parts })
    before.value = undefined
    await store(isOwn.value ? { ...stored.value, own: changed } : { common: changed })
  }

  /** Gives the open thread looks of its own, those that it has now; or takes them away. */
  async function choose(own: boolean): Promise<void> {
    before.value = undefined
    const { common } = stored.value
    await store(own ? { common, own: looks.value } : { common })
  }

  /** Brings the looks chosen back to the defaults. */
  async function reset(): Promise<void> {
    const former = stored.value
    const defaults = parseLooks(undefined)
    await store(isOwn.value ? { ...former, own: defaults } : { common: defaults })
    before.value = former
  }

  /** Undoes {@link reset}. */
  async function undoReset(): Promise<void> {
    const former = before.value
    before.value = undefined
    if (former) await store(former)
  }

  async function store(wanted: StoredLooks): Promise<void> {
    const former = stored.value
    const key = threadKey
    stored.value = wanted
    writing++
    try {
      if (wanted.common !== former.common) await writeCommonLooks(wanted.common)
      if (wanted.own !== former.own && key !== undefined) await writeOwnLooks(key, wanted.own)
      isUnstored.value = false
    } catch {
      isUnstored.value = true
    } finally {
      writing--
    }
  }

  return {
    ...{ looks, isOwn, isDefault, isReady, isUnstored, before },
    ...{ open, follow, change, choose, reset, undoReset },
  }
})

/** Looks that cannot be read are no reason to show no thread. */
function unreadable(error: unknown): StoredLooks {
  warn(error)
  return { common: parseLooks(undefined) }
}

function warn(error: unknown): void {
  console.warn('[loulan] looks were not read or noted', error)
}
