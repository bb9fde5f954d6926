import { browser } from 'wxt/browser'

/** What is remembered of a site that the reader granted; the grant itself is the browser's to remember. */
export interface SiteRecord {
  /** ISO 8601 in UTC. */
  grantedAt?: string
  /** Id of the site file that read a thread there. */
  engine?: string
}

const PREFIX = 'site:'

/** Reads what is remembered of the sites of these match patterns; what is no record is passed over. */
export async function readSiteRecords(patterns: readonly string[]): Promise<Map<string, SiteRecord>> {
  const stored = await browser.storage.local.get(patterns.map((pattern) => PREFIX + pattern))
  return new Map(patterns.map((pattern) => [pattern, parseRecord(stored[PREFIX + pattern])]))
}

/** Remembers more of a site; what was known stays. */
export async function noteSite(pattern: string, news: SiteRecord): Promise<void> {
  const known = (await readSiteRecords([pattern])).get(pattern)!
  const isKnown = Object.entries(news).every(([name, value]) => known[name as keyof SiteRecord] === value)
  if (!isKnown) await browser.storage.local.set({ [PREFIX + pattern]: { ...known, ...news } })
}

/** Forgets all sites but those of these patterns: where the reader may have been is no longer any business of ours. */
export async function forgetOtherSites(patterns: readonly string[]): Promise<void> {
  const kept = new Set(patterns.map((pattern) => PREFIX + pattern))
  const keys = Object.keys(await browser.storage.local.get(null))
  const lost = keys.filter((key) => key.startsWith(PREFIX) && !kept.has(key))
  if (lost.length > 0) await browser.storage.local.remove(lost)
}

/** Calls `listener` whenever what is remembered changes, until `signal` aborts. */
export function watchSiteRecords(listener: () => void, signal: AbortSignal): void {
  const onChanged = (changes: Record<string, unknown>, area: string) => {
    if (area === 'local' && Object.keys(changes).some((key) => key.startsWith(PREFIX))) listener()
  }
  browser.storage.onChanged.addListener(onChanged)
  signal.addEventListener('abort', () => browser.storage.onChanged.removeListener(onChanged))
}

function parseRecord(stored: unknown): SiteRecord {
  const { grantedAt, engine } = (stored ?? {}) as Record<string, unknown>
  return {
    ...(typeof grantedAt === 'string' && !Number.isNaN(Date.parse(grantedAt)) && { grantedAt }),
    ...(typeof engine === 'string' && /^[a-z\d-]{1,40}$/.test(engine) && { engine }),
  }
}
