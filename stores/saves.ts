import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import { sitePattern } from '../core/site-access.ts'
import type { WatchedThread } from '../archive/watch-saves.ts'
import { isOpen, type SaveReport } from '../core/save-report.ts'
import type { SaveWish } from '../core/thread-keeping.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { toFailure, type Failure } from './failure.ts'
import { askForLastingStorage, type Lasting } from './lasting-storage.ts'
import { useArchive } from './open-archive.ts'
import { useSitePermissionsStore } from './site-permissions.ts'

/** The saves of whole threads, as the background carries them out, and what the reader asks of them. */
export const useSavesStore = defineStore('saves', () => {
  const reports = shallowRef<readonly SaveReport[]>([])
  const isLoaded = ref(false)
  const failure = shallowRef<Failure>()
  /** Keys and addresses of threads of which a wish has not been answered yet. */
  const busy = ref(new Set<string>())
  /** What the browser said when it was asked to keep the library for good; undefined while it was not asked. */
  const lasting = ref<Lasting>()
  /** Saves that were under way while this page was open: that they are done is news then. */
  const followed = new Set<string>()
  /** What is kept of the thread that is followed; undefined while that is not known. */
  const watched = shallowRef<WatchedThread>()
  let watchedKey: string | undefined
  const dismissed = ref(new Set<string>())

  /** What there is to see: what goes on or waits, what broke off, and what was finished while this page was open. */
  const shown = computed(() => reports.value.filter((report) => isNews(report) && !dismissed.value.has(report.key)))

  /** Reads the saves and follows them until `signal` aborts, whoever changes them. */
  async function follow(signal: AbortSignal): Promise<void> {
    try {
      const [archive, { watchSaves }] = await Promise.all([useArchive(), import('../archive/watch-saves.ts')])
      watchSaves(archive, { next: take, error: fail }, signal)
    } catch (error) {
      fail(error)
    }
  }

  /** Reads what is kept of one thread and follows it until `signal` aborts. */
  async function followThread(key: string, signal: AbortSignal): Promise<void> {
    if (watchedKey === key) return
    watchedKey = key
    signal.addEventListener('abort', () => {
      watchedKey = undefined
      watched.value = undefined
    })
    try {
      const [archive, { watchThread }] = await Promise.all([useArchive(), import('../archive/watch-saves.ts')])
      watchThread(archive, key, { next: (next) => (watched.value = next), error: fail }, signal)
    } catch (error) {
      watchedKey = undefined
      fail(error)
    }
  }

  function take(next: readonly SaveReport[]): void {
    for (const report of next) {
      if (!isOpen(report)) continue
      followed.add(report.key)
      dismissed.value.delete(report.key)
    }
    reports.value = next
    isLoaded.value = true
    failure.value = undefined
  }

  function fail(error: unknown): void {
    failure.value = toFailure(error)
    isLoaded.value = true
  }

  /**
   * Saves the whole thread at an address, anew at all its pages with `checkAll`; undefined when that is no thread's.
   * Rejects when the background fails.
   */
  async function save(url: string, { checkAll = false } = {}): Promise<SaveReport | undefined> {
    return whileBusy(url, async () => {
      const report = await sendToBackground('saveThread', { url, checkAll })
      // Not waited for: a browser may show a question, and the save goes on whatever it is answered.
      void askForLastingStorage().then((answer) => (lasting.value = answer ?? lasting.value))
      return report
    })
  }

  /** Does what the reader wants of a save. To be called right after a click: a right that is missing is asked for. */
  async function ask(report: SaveReport, wish: SaveWish): Promise<SaveReport | undefined> {
    const pattern = report.reason === 'no-permission' && wish !== 'cancel' ? sitePattern(report.url) : undefined
    if (pattern !== undefined && !(await useSitePermissionsStore().ask(pattern))) return report
    if (wish === 'save') return save(report.url)
    return whileBusy(report.key, () => sendToBackground('controlSave', { key: report.key, wish }))
  }

  /** Makes a saved thread a cached one again, which may be cleared. Rejects where the archive cannot be written. */
  async function unsave(key: string): Promise<void> {
    const [archive, { markSaved }] = await Promise.all([useArchive(), import('../archive/mark-threads.ts')])
    await markSaved(archive, [key], undefined)
  }

  /** Puts away what is over. */
  function dismissOver(): void {
    for (const report of shown.value) if (!isOpen(report)) dismissed.value.add(report.key)
  }

  function isNews(report: SaveReport): boolean {
    if (report.state === 'finished') return followed.has(report.key)
    return report.state !== 'stopped' || report.reason !== 'cancelled' || followed.has(report.key)
  }

  async function whileBusy<T>(key: string, work: () => Promise<T>): Promise<T> {
    busy.value.add(key)
    try {
      return await work()
    } finally {
      busy.value.delete(key)
    }
  }

  return {
    ...{ reports, shown, isLoaded, failure, busy, lasting, watched },
    ...{ follow, followThread, save, ask, unsave, dismissOver },
  }
})
