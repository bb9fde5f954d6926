import { browser } from 'wxt/browser'

/** What is asked of the storage in one turn of the script. */
let asked: { keys: Set<string>; values: Promise<Record<string, unknown>> } | undefined

/**
 * Reads values from the storage by their keys. All that is asked for in one turn is asked of the browser at once: a page
 * of a thread waits for its settings before it is painted, and each question costs it as much as all together.
 */
export function readStored(keys: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  asked ??= { keys: new Set(), values: Promise.resolve().then(ask) }
  for (const key of keys) asked.keys.add(key)
  return asked.values
}

function ask(): Promise<Record<string, unknown>> {
  const keys = [...asked!.keys]
  asked = undefined
  return browser.storage.local.get(keys)
}
