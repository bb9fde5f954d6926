import { browser } from 'wxt/browser'

/** Of this machine: no backup holds it. */
const KEY = 'last-backup'

/** When the last backup was written to its end, ISO 8601; undefined when none was. */
export async function readLastBackup(): Promise<string | undefined> {
  const stored = (await browser.storage.local.get(KEY))[KEY]
  return typeof stored === 'string' && !Number.isNaN(Date.parse(stored)) ? stored : undefined
}

/** Notes when a backup was made, ISO 8601. */
export async function writeLastBackup(at: string): Promise<void> {
  await browser.storage.local.set({ [KEY]: at })
}
