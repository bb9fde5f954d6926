/** Names by which what aids did to a page is found again, in the live page and in its HTML: see page-marks.ts. */
export const INSERTED = 'data-loulan'
export const AROUND = 'data-loulan-around'

/** On an element of ours, where the page's address may have become another page's: the address that its posts came from. */
export const OWN_ADDRESS = 'data-loulan-address'

/** On the document's element while its first paint is held back for the reader's settings. */
export const HELD = 'data-loulan-loading'

/** Name of the attribute that holds the former values of what an aid changed. */
export function recordName(aid: string): string {
  return `data-loulan-${aid}`
}

/** The only attributes that aids change; a page that forges a record can make us restore no other. */
const CHANGEABLE = ['href', 'rel', 'title', 'hidden', 'tabindex'] as const
export type ChangeableAttribute = (typeof CHANGEABLE)[number]
export type FormerAttributes = Partial<Record<ChangeableAttribute, string | null>>

/**
 * Reads such a record. The page can write anything into it: only strings and nulls under names that aids change, and no
 * address that is not of the web, as aids change no other. A forged one would make a link run a script.
 */
export function parseRecord(stored: string): FormerAttributes {
  try {
    const parsed = JSON.parse(stored) as Record<string, unknown> | null
    const entries = CHANGEABLE.map((name) => [name, parsed?.[name]] as const)
    return Object.fromEntries(entries.filter(([name, value]) => value === null || isFormer(name, value)))
  } catch {
    return {} // Not written by us: there is nothing to restore, and the attribute is removed with the rest.
  }
}

function isFormer(name: ChangeableAttribute, value: unknown): value is string {
  return typeof value === 'string' && (name !== 'href' || isWebAddress(value))
}

/** Whatever the page's own address is, a relative address on it is one of the web. */
function isWebAddress(href: string): boolean {
  try {
    return /^https?:$/.test(new URL(href, 'https://page.invalid/').protocol)
  } catch {
    return true // No address at all, such as `http://`: it leads nowhere.
  }
}
