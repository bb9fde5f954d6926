/** A slice must leave the page free to answer, and the aids have a slice of their own after it. In milliseconds. */
const SLICE_MILLISECONDS = 20

/** The first slice may take longer: there is nothing on the screen yet that could be kept from answering. */
const FIRST_SLICE_MILLISECONDS = 40

export interface SliceParts<Item, Built> {
  build: (item: Item) => Built
  append: (built: Built[]) => void
  /** Called after each slice with how many items stand on the page; `isLast` when none is waiting. */
  onSlice: (count: number, isLast: boolean) => void
  signal: AbortSignal
}

/**
 * Appends items to a list in slices of time, in order: as many as fit at once, the rest in tasks of their own. More
 * items may be given while it works.
 */
export class PostSlices<Item, Built> {
  #parts: SliceParts<Item, Built>
  #items: readonly Item[] = []
  #ready = 0
  #count = 0
  #isScheduled = false

  constructor(parts: SliceParts<Item, Built>) {
    this.#parts = parts
  }

  /**
   * Appends up to the first `ready` items of `items`; called again when more of the same list are ready, or when it is
   * known that there are no more.
   */
  give(items: readonly Item[], ready: number): void {
    this.#items = items
    this.#ready = ready
    if (this.#count >= ready) this.#parts.onSlice(this.#count, true)
    else if (!this.#isScheduled) this.#work()
  }

  #work(): void {
    const { build, append, onSlice, signal } = this.#parts
    if (signal.aborted || this.#count >= this.#ready) return
    const end = performance.now() + (this.#count === 0 ? FIRST_SLICE_MILLISECONDS : SLICE_MILLISECONDS)
    const built: Built[] = []
    do built.push(build(this.#items[this.#count++]!))
    while (this.#count < this.#ready && performance.now() < end)
    const isLast = this.#count >= this.#ready
    append(built)
    onSlice(this.#count, isLast)
    if (!isLast) this.#workLater()
  }

  #workLater(): void {
    this.#isScheduled = true
    setTimeout(() => {
      this.#isScheduled = false
      this.#work()
    })
  }
}
