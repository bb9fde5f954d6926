import { readStoredSites } from '../settings/own-sites.ts'
import type { SiteDescription } from '../core/site-description.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import { parseSiteDescriptions } from '../sites/described/description.ts'
import { readThreadPage, type PageOptions } from '../sites/registry.ts'

/** The sites that the reader described, as they are stored now; what is no description is passed over. */
export async function readOwnSites(): Promise<SiteDescription[]> {
  return parseSiteDescriptions(await readStoredSites())
}

/** Reads a page as `readThreadPage` does, by the sites that the reader described too. */
export async function readPage(html: string, url: string, options: PageOptions = {}): Promise<ThreadPage | undefined> {
  return readThreadPage(html, url, { ...options, own: await readOwnSites() })
}
