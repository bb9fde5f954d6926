import { browser } from 'wxt/browser'
import { listBusyHosts, takeTurn } from '../../archive/queue-save.ts'
import type { SaveReport } from '../../core/save-report.ts'
import { useArchive } from '../archive.ts'
import { pause } from './pause.ts'
import { runSave } from './run-save.ts'

/** Wakes a worker that was stopped while saves are open; half a minute is the least that Chrome allows. */
export const SAVES_ALARM = 'saves'
const ALARM_MINUTES = 0.5

/** A pause that the worker waits out; a longer one ends the run, and the alarm goes on with it. In milliseconds. */
const LONGEST_NAP = 20_000

/** Chrome stops a worker that has called nothing of the browser for half a minute. In milliseconds. */
const SIGN_OF_LIFE = 20_000

/** What runs in this worker; the locks and the rows say what is so, and this is lost with the worker like the locks. */
const runs = new Map<string, AbortController>()
const naps = new Map<string, AbortController>()
const looking = new Set<string>()

/**
 * Runs every save that can go on, one at a time to a host, hosts side by side. May be called at any moment and as often
 * as one likes: what runs already goes on. Resolves when nothing is left that runs.
 */
export async function runSaves(onChange: (report: SaveReport) => void): Promise<void> {
  const hosts = await settleAlarm()
  await Promise.all(hosts.map((host) => runHost(host, onChange)))
  if (hosts.length > 0) await settleAlarm()
}

/** Takes the page in hand away from a save that the reader paused or cancelled. */
export function stopRun(key: string): void {
  runs.get(key)?.abort()
}

/** A lock goes with the worker that holds it: of two workers, or a worker and its successor, one runs the host's saves. */
async function runHost(host: string, onChange: (report: SaveReport) => void): Promise<void> {
  naps.get(host)?.abort()
  if (looking.has(host)) return
  looking.add(host)
  await navigator.locks.request(`saves at ${host}`, async () => {
    looking.delete(host)
    const life = setInterval(() => void browser.runtime.getPlatformInfo(), SIGN_OF_LIFE)
    try {
      while (await takeOne(host, onChange));
    } finally {
      clearInterval(life)
    }
  })
}

/** Runs the host's next save, or waits for it if that is soon; false when there is nothing to do for now. */
async function takeOne(host: string, onChange: (report: SaveReport) => void): Promise<boolean> {
  const archive = useArchive()
  const { save, wakeAt } = await takeTurn(archive, host, new Date().toISOString())
  if (save) {
    const controller = new AbortController()
    runs.set(save.key, controller)
    await runSave(save, { archive, signal: controller.signal, onChange }).finally(() => runs.delete(save.key))
    return true
  }
  const wait = wakeAt === undefined ? Infinity : Date.parse(wakeAt) - Date.now()
  if (wait > LONGEST_NAP) return false
  const nap = new AbortController()
  naps.set(host, nap)
  await pause(wait, nap.signal).catch(() => {}) // Woken before its time: the queue has changed.
  naps.delete(host)
  return true
}

/**
 * Sets the alarm while a host has work, and gives those hosts. One after another: a look from before a save was queued
 * must not clear the alarm that was set for it.
 */
async function settleAlarm(): Promise<string[]> {
  return navigator.locks.request('alarm of the saves', async () => {
    const hosts = await listBusyHosts(useArchive())
    if (hosts.length === 0) await browser.alarms.clear(SAVES_ALARM)
    else if (!(await browser.alarms.get(SAVES_ALARM)))
      await browser.alarms.create(SAVES_ALARM, { periodInMinutes: ALARM_MINUTES })
    return hosts
  })
}
