import { browser } from 'wxt/browser'
import { parseMuted, type Muted } from '../core/muted.ts'
import { readStored } from './stored.ts'

/** Key of the storage. */
export const MUTED = 'muted'

/** Whether anybody or anything is muted, told without a look at each. */
export async function isAnythingMuted(): Promise<boolean> {
  const { authors, words } = ((await readStored([MUTED]))[MUTED] ?? {}) as Partial<Muted>
  return Boolean(authors?.length || words?.length)
}

/** Reads whom and what the reader muted. */
export async function readMuted(): Promise<Muted> {
  return parseMuted((await readStored([MUTED]))[MUTED])
}

/** Changes what is stored now, not what was read before: another tab may have muted somebody since. */
export async function changeMuted(change: (muted: Muted) => Muted): Promise<Muted> {
  const muted = parseMuted(change(await readMuted()))
  await browser.storage.local.set({ [MUTED]: muted })
  return muted
}

/** Calls `listener` with what is muted whenever that changes, in whatever context, until `signal` aborts. */
export function watchMuted(listener: (muted: Muted) => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, { newValue?: unknown }>, area: string) => {
    if (area === 'local' && changes[MUTED]) listener(parseMuted(changes[MUTED].newValue))
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}
