import { browser } from 'wxt/browser'

/** What the browser said when it was asked to keep the extension's data even when the disk is nearly full. */
export type Lasting = 'granted' | 'refused'

/** That the browser was asked: some ask the reader in turn, who is to be bothered once. */
const ASKED = 'asked:lasting-storage'

/**
 * Asks the browser to keep the library for good, once an installation; only a window can ask, the background cannot.
 * Resolves with the answer; undefined when it was asked before, or has nothing to answer with.
 */
export async function askForLastingStorage(): Promise<Lasting | undefined> {
  try {
    if ((await browser.storage.local.get(ASKED))[ASKED]) return undefined
    const isGranted = await navigator.storage.persist()
    await browser.storage.local.set({ [ASKED]: true })
    return isGranted ? 'granted' : 'refused'
  } catch {
    return undefined // A browser without storage management: there is nothing to tell.
  }
}

/** Whether the browser keeps the library for good; undefined where it does not say. */
export async function findLasting(): Promise<Lasting | undefined> {
  try {
    return (await navigator.storage.persisted()) ? 'granted' : 'refused'
  } catch {
    return undefined
  }
}
