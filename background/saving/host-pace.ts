import { browser } from 'wxt/browser'
import { readSettings } from '../../settings/settings.ts'
import { pause } from './pause.ts'

/**
 * What is remembered of a host lies outside of the worker, so that one that was stopped does not ask again at once: when
 * the last request began or was answered, and, apart from it so that neither overwrites the other, until when the host
 * wants to be left alone. Epoch milliseconds.
 */
type HostNote = 'asked' | 'closed'

const keyOf = (note: HostNote, host: string) => `pace:${note}:${host}`

async function readNote(note: HostNote, host: string): Promise<number | undefined> {
  const key = keyOf(note, host)
  return (await browser.storage.session.get(key))[key] as number | undefined
}

async function writeNote(note: HostNote, host: string, time: number): Promise<void> {
  await browser.storage.session.set({ [keyOf(note, host)]: time })
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
    const askedAt = (await readNote('asked', host)) ?? -Infinity
    // A clock that was set back must not make it wait for hours.
    await pause(Math.min(spacing, askedAt + spacing - Date.now()), signal)
    await writeNote('asked', host, Date.now())
    // Of a worker that is stopped now, the next one knows when it began. A slow forum gets its pause after its answer.
    return request().finally(() => writeNote('asked', host, Date.now()))
  })
}

/** Notes that a host wants to be left alone for some milliseconds. */
export async function closeHost(host: string, wait: number): Promise<void> {
  await writeNote('closed', host, Date.now() + wait)
}

/** For how many milliseconds a host still wants to be left alone; 0 when it does not. */
export async function closedFor(host: string): Promise<number> {
  return Math.max(0, ((await readNote('closed', host)) ?? 0) - Date.now())
}
