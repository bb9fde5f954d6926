import { computed, onMounted, onScopeDispose, ref, type Ref } from 'vue'

/** Rows beyond the window's edges that stand too, so that scrolling meets no empty ones. */
const MARGIN = 4

/** The first row moves in such steps: most frames of a scroll then change nothing. */
const STEP = 2

/** Rows of one height in a list that scrolls with the window; only those in view, and one more, are there at all. */
export interface VirtualRows {
  /** Pixels, by the list's own style and the reader's font. */
  rowHeight: Ref<number>
  /** Indexes of the rows to render, rising. */
  indexes: Ref<number[]>
  /** Rows that fit the window. */
  pageSize: Ref<number>
  /** Index of the row at the window's top edge, with a fraction; below 0 while the list begins further down. */
  topIndex: () => number
}

/**
 * @param list the element that holds the rows; it must be as high as all of them
 * @param probe an element in it that is as high as a row
 * @param kept a row that stays wherever the list is scrolled to: the one that has the focus
 */
export function useVirtualRows(
  list: Ref<HTMLElement | null>,
  probe: Ref<HTMLElement | null>,
  count: Ref<number>,
  kept: Ref<number>,
): VirtualRows {
  const rowHeight = ref(64)
  const pageSize = ref(20)
  const first = ref(0)
  let frame = 0

  function topIndex(): number {
    return list.value ? -list.value.getBoundingClientRect().top / rowHeight.value : 0
  }

  function measure(): void {
    frame = 0
    rowHeight.value = probe.value?.offsetHeight || rowHeight.value
    pageSize.value = Math.max(1, Math.ceil(innerHeight / rowHeight.value))
    first.value = Math.floor(topIndex() / STEP) * STEP
  }

  function schedule(): void {
    frame ||= requestAnimationFrame(measure)
  }

  const indexes = computed(() => {
    const from = Math.max(0, Math.min(first.value, count.value - pageSize.value) - MARGIN)
    const to = Math.min(count.value, Math.max(first.value, 0) + pageSize.value + STEP + MARGIN)
    const rows = Array.from({ length: Math.max(0, to - from) }, (_, index) => from + index)
    const extra = kept.value
    if (extra < 0 || extra >= count.value || (extra >= from && extra < to)) return rows
    return extra < from ? [extra, ...rows] : [...rows, extra]
  })

  const controller = new AbortController()
  const observer = new ResizeObserver(schedule)
  onMounted(() => {
    const options = { signal: controller.signal, passive: true }
    addEventListener('scroll', schedule, options)
    addEventListener('resize', schedule, options)
    if (probe.value) observer.observe(probe.value)
    observer.observe(document.body)
    measure()
  })
  onScopeDispose(() => {
    controller.abort()
    observer.disconnect()
    cancelAnimationFrame(frame)
  })
  return { rowHeight, indexes, pageSize, topIndex }
}
