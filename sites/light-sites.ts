import type { Site } from './define-site.ts'
import { site as pkuBbs } from './pku-bbs.ts'

/**
 * Every site's light half, for the content script. In a file of its own, so that what a page loads holds none of the
 * heavy halves that `registry.ts` lists; a test checks that both lists name every file of this folder.
 */
export const lightSites: readonly Site[] = [pkuBbs]

/** The site whose thread page this document is; undefined for every other page. Cheap enough for all pages. */
export function findSite(url: URL, document: Document): Site | undefined {
  return lightSites.find((site) => site.isThread(url, document))
}
