import type { Site } from './define-site.ts'
import { site as discourse } from './discourse.ts'
import { site as discuz } from './discuz.ts'
import { site as flarum } from './flarum.ts'
import { site as fluxbb } from './fluxbb.ts'
import { site as hackernews } from './hackernews.ts'
import { site as invision4 } from './invision4.ts'
import { site as lemmy } from './lemmy.ts'
import { site as lobsters } from './lobsters.ts'
import { site as mybb } from './mybb.ts'
import { site as newsmth } from './newsmth.ts'
import { site as nga } from './nga.ts'
import { site as nodebb } from './nodebb.ts'
import { site as oldreddit } from './oldreddit.ts'
import { site as phpbb3 } from './phpbb3.ts'
import { site as phpwind } from './phpwind.ts'
import { site as pkuBbs } from './pku-bbs.ts'
import { site as smf2 } from './smf2.ts'
import { site as stackexchange } from './stackexchange.ts'
import { site as tieba } from './tieba.ts'
import { site as v2ex } from './v2ex.ts'
import { site as vanilla } from './vanilla.ts'
import { site as vbulletin3 } from './vbulletin3.ts'
import { site as vbulletin4 } from './vbulletin4.ts'
import { site as vbulletin5 } from './vbulletin5.ts'
import { site as xenforo1 } from './xenforo1.ts'
import { site as xenforo2 } from './xenforo2.ts'

/**
 * Every site's light half, for the content script. In a file of its own, so that what a page loads holds none of the
 * heavy halves that `registry.ts` lists; a test checks that both lists name every file of this folder.
 */
export const lightSites: readonly Site[] = [
  pkuBbs,
  discuz,
  nga,
  tieba,
  v2ex,
  newsmth,
  phpwind,
  phpbb3,
  vbulletin3,
  vbulletin4,
  vbulletin5,
  xenforo1,
  xenforo2,
  discourse,
  hackernews,
  oldreddit,
  smf2,
  mybb,
  stackexchange,
  lobsters,
  flarum,
  nodebb,
  fluxbb,
  invision4,
  vanilla,
  lemmy,
]

/** The site whose thread page this document is; undefined for every other page. Cheap enough for all pages. */
export function findSite(url: URL, document: Document): Site | undefined {
  return lightSites.find((site) => site.isThread(url, document))
}
