const CHUNK = 8192
const ZERO = 0x30

/**
 * Which post ids a thread had, in 8 bytes an id while they ascend, as they nearly always do: a thread of millions of
 * posts is still read in bounded memory.
 */
export class PostIds {
  /** Ascending ids, in chunks so that growing copies little. */
  #chunks: number[][] = []
  #highest = -1
  /** Ids that came out of order or are no plain number (leading zero, over 15 digits). */
  #others: Set<string> | undefined
  #repeats: Map<string, number> | undefined

  /** Notes an id (digits); returns how often it came before. */
  add(id: string): number {
    const isPlain = id.length <= 15 && (id.charCodeAt(0) !== ZERO || id === '0')
    const value = isPlain ? Number(id) : Number.NaN
    if (value > this.#highest) {
      this.#append(value)
      return 0
    }
    if (!this.#others?.has(id) && !(isPlain && this.#isAmongAscending(value))) {
      this.#others ??= new Set()
      this.#others.add(id)
      return 0
    }
    this.#repeats ??= new Map()
    const repeats = (this.#repeats.get(id) ?? 0) + 1
    this.#repeats.set(id, repeats)
    return repeats
  }

  #append(value: number): void {
    const last = this.#chunks.at(-1)
    if (last && last.length < CHUNK) last.push(value)
    else this.#chunks.push([value])
    this.#highest = value
  }

  #isAmongAscending(value: number): boolean {
    let low = 0
    let high = (this.#chunks.length - 1) * CHUNK + (this.#chunks.at(-1)?.length ?? 0) - 1
    while (low <= high) {
      const middle = (low + high) >> 1
      const found = this.#chunks[Math.floor(middle / CHUNK)]![middle % CHUNK]!
      if (found === value) return true
      if (found < value) low = middle + 1
      else high = middle - 1
    }
    return false
  }
}

/** True if a post id (digits) is smaller than another, at any length. */
export function isSmallerId(a: string, b: string): boolean {
  if (a.length === b.length) return a < b
  const [left, right] = [a.replace(/^0+/, ''), b.replace(/^0+/, '')]
  return left.length === right.length ? left < right : left.length < right.length
}
