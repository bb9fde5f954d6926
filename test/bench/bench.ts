/** One line of the table that `npm run bench` prints. */
export interface BenchRow {
  /** What was measured, in a few words. */
  what: string
  /** Our figure with its unit, e.g. `312 MB/s`. */
  ours: string
  /** The baseline or peer measured in the same run, with its figure; empty where none exists. */
  baseline: string
  /** Ours to the baseline, as a factor of speed (above 1: we are faster); undefined without a baseline. */
  ratio?: number
  /** The budget in words, e.g. `≥ 50 MB/s`. */
  budget: string
  held: boolean
}

/** A bench file's default export: measures, never asserts; the runner prints and exits 1 when a budget is broken. */
export type Bench = () => Promise<BenchRow[]>

/** Median of some runs of `work` in milliseconds, after one run that is not counted. */
export async function medianMilliseconds(runs: number, work: () => unknown): Promise<number> {
  await work()
  const times: number[] = []
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    await work()
    times.push(performance.now() - start)
  }
  return median(times)
}

export function median(values: number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length >> 1
  return sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2
}
