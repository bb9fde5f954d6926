import type { Site } from './define-site.ts'
import { site as pkuBbs } from './pku-bbs.ts'

/**
 * The sites that the extension is at home on: their content script stands in the manifest and loads these light halves
 * only, so that a reader of PKU BBS does not load what twenty other engines would need.
 */
export const homeSites: readonly Site[] = [pkuBbs]
