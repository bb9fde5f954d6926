import { readdirSync, readFileSync } from 'node:fs'
import { setInterval } from 'node:timers'

/** What a browser's processes hold in memory, by what Linux tells of them. */

/** How often it is looked at. In milliseconds. */
const EVERY = 100

/** Watches the processes of the browser that has a profile, from now until it is stopped. */
export function watchMemory(profile: string): { stop: () => { before: number; peak: number } } {
  const before = memoryOf(profile)
  let peak = before
  const timer = setInterval(() => (peak = Math.max(peak, memoryOf(profile))), EVERY)
  return {
    stop() {
      clearInterval(timer)
      return { before, peak: Math.max(peak, memoryOf(profile)) }
    },
  }
}

/** Bytes that the browser's processes have for themselves or share with each other; what they map of files is the system's. */
function memoryOf(profile: string): number {
  const parents = new Map<number, number>()
  const sizes = new Map<number, number>()
  let root: number | undefined
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    const pid = Number(name)
    const status = readText(`/proc/${name}/status`)
    parents.set(pid, numberIn(status, 'PPid'))
    sizes.set(pid, 1024 * (numberIn(status, 'RssAnon') + numberIn(status, 'RssShmem')))
    const line = readText(`/proc/${name}/cmdline`)
    if (line.includes(`--user-data-dir=${profile}\0`) && !line.includes('--type=')) root = pid
  }
  let sum = 0
  for (const [pid, size] of sizes) if (root !== undefined && isBelow(pid, root, parents)) sum += size
  return sum
}

function isBelow(pid: number, root: number, parents: ReadonlyMap<number, number>): boolean {
  for (let at: number | undefined = pid; at; at = parents.get(at)) if (at === root) return true
  return false
}

function numberIn(status: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s*(\\d+)`, 'm').exec(status)?.[1] ?? 0)
}

/** Processes end while one looks at them. */
function readText(path: string): string {
  try {
    return readFileSync(path, 'latin1')
  } catch {
    return ''
  }
}
