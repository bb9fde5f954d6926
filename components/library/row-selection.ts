import { computed, ref, shallowRef, type ComputedRef, type Ref } from 'vue'

/** Which rows of a list are selected, one by one or a range at a time. */
export interface RowSelection {
  keys: Ref<ReadonlySet<string>>
  /** The selected rows that are shown, in the order of the list. */
  shownKeys: ComputedRef<string[]>
  /** Selects a row, or takes it out again. */
  toggle: (key: string) => void
  /** Selects all rows from the one that was toggled last to this one. */
  extendTo: (key: string) => void
  selectAll: () => void
  clear: () => void
}

/** What is selected stays so while it is filtered out, but only what is shown is ever acted on. */
export function useRowSelection(shown: Ref<readonly { key: string }[]>): RowSelection {
  const keys = shallowRef<ReadonlySet<string>>(new Set())
  const anchor = ref('')
  const shownKeys = computed(() =>
    keys.value.size === 0 ? [] : shown.value.filter(({ key }) => keys.value.has(key)).map(({ key }) => key),
  )

  function toggle(key: string): void {
    const next = new Set(keys.value)
    if (!next.delete(key)) next.add(key)
    keys.value = next
    anchor.value = key
  }

  function extendTo(key: string): void {
    const order = shown.value.map((row) => row.key)
    const to = order.indexOf(key)
    const from = order.includes(anchor.value) ? order.indexOf(anchor.value) : to
    if (to < 0) return
    keys.value = new Set([...keys.value, ...order.slice(Math.min(from, to), Math.max(from, to) + 1)])
    if (!anchor.value) anchor.value = key
  }

  function selectAll(): void {
    keys.value = new Set(shown.value.map(({ key }) => key))
  }

  function clear(): void {
    keys.value = new Set()
    anchor.value = ''
  }

  return { keys, shownKeys, toggle, extendTo, selectAll, clear }
}
