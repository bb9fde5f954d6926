import { browser } from 'wxt/browser'
import { readSettings } from '../../settings/settings.ts'
import { pause } from './pause.ts'

/** What is remembered of a host, so that a worker that was stopped does not ask again at once. Epoch milliseconds. */
interface HostPace {
  /** When the last request began, or was answered. */
  askedAt: number
  /** The host wants to be left alone until then. */
  closedUntil?: number
}

const keyOf = (host: string) => `pace:${host}`

async function readPace(host: string): Promise<HostPace | undefined> {
  const key = keyOf(host)
  return (await browser.storage.session.get(key))[key] as HostPace | undefined
}

/** The time between two requests to a host, by the reader's setting. In milliseconds. */
export async function readSpacing(): Promise<number> {
  return 1000 * (await readSettings()).saveSecondsBetweenRequests
}

/**
 * Runs one request to a host: never two at once, whoever in the extension asks, and each the set time after the one before
 * it was answered, `milliseconds` where another is given. Rejects with the signal's reason when it is aborted.
 */
export async function inTurn<T>(
  host: string,
  signal: AbortSignal,
  request: () => Promise<T>,
  milliseconds?: number,
): Promise<T> {
  return navigator.locks.request(`request to ${host}`, { signal }, async () => {
    const spacing = milliseconds ?? (await readSpacing())
    const askedAt = (await readPace(host))?.askedAt ?? -Infinity
    // A clock that was set back must not make it wait for hours.
    await pause(Math.min(spacing, askedAt + spacing - Date.now()), signal)
    await noteRequest(host)
    // Of a worker that is stopped now, the next one knows when it began. A slow forum gets its pause after its answer.
    return request().finally(() => noteRequest(host))
  })
}

async function noteRequest(host: string): Promise<void> {
  await browser.storage.session.set({ [keyOf(host)]: { ...(await readPace(host)), askedAt: Date.now() } })
}

/** Notes that a host wants to be left alone for some milliseconds. */
export async function closeHost(host: string, wait: number): Promise<void> {
  const pace = (await readPace(host)) ?? { askedAt: Date.now() }
  await browser.storage.session.set({ [keyOf(host)]: { ...pace, closedUntil: Date.now() + wait } })
}

/** For how many milliseconds a host still wants to be left alone; 0 when it does not. */
export async function closedFor(host: string): Promise<number> {
  return Math.max(0, ((await readPace(host))?.closedUntil ?? 0) - Date.now())
}
