import { defineStore } from 'pinia'
import { computed, ref, shallowRef } from 'vue'
import type { Archive } from '../archive/database.ts'
import type { countThreads, listFirstSummaries } from '../archive/list-threads.ts'
import type { LibraryChange } from '../archive/watch-threads.ts'
import { countFacets, filterThreads } from '../core/library/filter-threads.ts'
import { prepareSorting, sortThreads } from '../core/library/sort-threads.ts'
import type { ThreadSummary } from '../core/library/summary.ts'
import { defaultView, hasFilters, type LibraryView } from '../core/library/view.ts'
import { toFailure, type Failure } from './failure.ts'
import { useArchive } from './open-archive.ts'

/** Rows that are shown before all are there: more than any screen has. */
const FIRST_ROWS = 30

/** Changes are taken in at most this often. In milliseconds. */
const CHANGES_EVERY = 300

/**
 * All threads of the archive as the reader wants to see them. The rows are plain data that Vue does not look into; they
 * are kept in the order that is shown, so that filtering need not sort and sorting again finds them nearly sorted.
 */
export const useLibraryStore = defineStore('library', () => {
  const state = ref<'loading' | 'shown' | 'failed'>('loading')
  const failure = shallowRef<Failure>()
  const view = shallowRef<LibraryView>(defaultView())
  const sorted = shallowRef<ThreadSummary[]>([])
  /** False while only the first rows stand. */
  const isWhole = ref(false)
  const threadCount = ref(0)
  const shown = computed(() => (isWhole.value ? filterThreads(sorted.value, view.value) : sorted.value))
  const facets = computed(() => countFacets(sorted.value))
  /** Approximate bytes of all threads, those saved and those cached apart; only once all of them are known. */
  const sizes = computed(() => {
    const sums = { saved: 0, cached: 0 }
    for (const { savedAt, bytes } of sorted.value) sums[savedAt === undefined ? 'cached' : 'saved'] += bytes
    return sums
  })
  const bytes = computed(() => sizes.value.saved + sizes.value.cached)
  const rowCount = computed(() => (isWhole.value ? shown.value.length : threadCount.value))
  /** Grows whenever what is in the library has changed under the reader, not by the reader's own wish to see it so. */
  const changes = ref(0)
  /** True while this page itself changes many threads, and looks at them when it has. */
  const isHeld = ref(false)
  /** Bytes of pictures and files by thread, once they were measured. */
  let fileSizes: ReadonlyMap<string, number> = new Map()
  let loading = 0
  /** Loads that go on. */
  let reading = 0

  /** Reads the library anew: the first rows at once, where an index gives them, and then all. */
  async function load(): Promise<void> {
    const turn = ++loading
    reading++
    const isCurrent = () => turn === loading
    try {
      const [archive, list] = await Promise.all([useArchive(), import('../archive/list-threads.ts')])
      if (!isWhole.value) await loadFirst(archive, list, isCurrent)
      const all: ThreadSummary[] = []
      for await (const piece of list.readSummaries(archive)) {
        if (!isCurrent()) return
        all.push(...piece)
      }
      changes.value++
      sorted.value = sortThreads(all.map(withFiles), view.value)
      isWhole.value = true
      threadCount.value = all.length
      state.value = 'shown'
      failure.value = undefined
      setTimeout(prepareSorting)
    } catch (error) {
      if (isCurrent()) fail(error)
    } finally {
      reading--
    }
  }

  async function loadFirst(
    archive: Archive,
    list: { listFirstSummaries: typeof listFirstSummaries; countThreads: typeof countThreads },
    isCurrent: () => boolean,
  ): Promise<void> {
    const { sort, isDescending } = view.value
    if (!isDescending || hasFilters(view.value) || (sort !== 'recent' && sort !== 'saved')) return
    const [first, { all }] = await Promise.all([
      list.listFirstSummaries(archive, sort === 'recent' ? 'recentAt' : 'savedAt', FIRST_ROWS),
      list.countThreads(archive),
    ])
    if (!isCurrent() || isWhole.value) return
    sorted.value = first
    threadCount.value = all
    if (first.length > 0 || all === 0) state.value = 'shown'
  }

  function fail(error: unknown): void {
    failure.value = toFailure(error)
    if (state.value === 'loading') state.value = 'failed'
  }

  /** Shows the library in another way. */
  function show(wanted: LibraryView): void {
    const { sort, isDescending } = view.value
    const isSameOrder = wanted.sort === sort && wanted.isDescending === isDescending
    view.value = wanted
    if (!isSameOrder && isWhole.value) sorted.value = sortThreads(sorted.value, wanted)
  }

  /** Follows what this page, other tabs and the background change, until `signal` aborts; `onTrash` hears of deletions. */
  async function follow(signal: AbortSignal, onTrash: () => void): Promise<void> {
    const [archive, { watchThreads }] = await Promise.all([useArchive(), import('../archive/watch-threads.ts')])
    let waiting = new Set<string>()
    let isAllStale = false
    let isTrashStale = false
    let timer: ReturnType<typeof setTimeout> | undefined
    const schedule = () => (timer ??= setTimeout(() => void takeIn(), CHANGES_EVERY))
    const takeIn = async () => {
      // What changes while all is read waits: the reading may have passed it, and would bring it back as it was.
      if (!isHeld.value && reading === 0) {
        const keys = [...waiting]
        const isReload = isAllStale || !isWhole.value
        if (isTrashStale) onTrash()
        waiting = new Set()
        isAllStale = isTrashStale = false
        await (isReload ? load() : refresh(keys))
      }
      timer = undefined
      if ((waiting.size > 0 || isAllStale || isTrashStale) && !signal.aborted) schedule()
    }
    const onChange = ({ keys, isTrash }: LibraryChange) => {
      isTrashStale ||= isTrash
      if (keys === 'many') isAllStale = true
      else for (const key of keys) waiting.add(key)
      schedule()
    }
    watchThreads(archive, onChange, signal)
    signal.addEventListener('abort', () => clearTimeout(timer))
  }

  /** Reads some rows again: at once for what the reader did here, soon for what came from elsewhere. */
  async function refresh(keys: readonly string[]): Promise<void> {
    // Where no list is shown there is none to keep up with.
    if (keys.length === 0 || (state.value === 'loading' && reading === 0)) return
    if (!isWhole.value) return load()
    try {
      const [archive, { findSummaries }] = await Promise.all([useArchive(), import('../archive/list-threads.ts')])
      const found = await findSummaries(archive, keys)
      const touched = new Set(keys)
      const known = new Set<string>()
      const kept = sorted.value.flatMap((thread) => {
        if (!touched.has(thread.key)) return [thread]
        known.add(thread.key)
        const now = found.get(thread.key)
        return now ? [withFiles(now)] : []
      })
      const added = [...found.values()].filter(({ key }) => !known.has(key)).map(withFiles)
      changes.value++
      sorted.value = sortThreads([...kept, ...added], view.value)
      threadCount.value = sorted.value.length
    } catch (error) {
      fail(error)
    }
  }

  /** Takes in what the pictures and files of threads take, in bytes; they count when threads are sorted by size. */
  function takeFileSizes(sizes: ReadonlyMap<string, number>): void {
    fileSizes = sizes
    if (!isWhole.value) return
    const counted = sorted.value.map(withFiles)
    if (counted.every((thread, index) => thread === sorted.value[index])) return
    sorted.value = view.value.sort === 'size' ? sortThreads(counted, view.value) : counted
  }

  function withFiles(thread: ThreadSummary): ThreadSummary {
    const fileBytes = fileSizes.get(thread.key) ?? 0
    return fileBytes === (thread.fileBytes ?? 0) ? thread : { ...thread, fileBytes }
  }

  return {
    ...{ state, failure, view, shown, facets, sizes, bytes, rowCount, isWhole, threadCount, changes, sorted, isHeld },
    ...{ load, show, follow, refresh, takeFileSizes },
  }
})
