import type { ProblemCode, ThreadPage } from '../core/thread-page.ts'
import type { SiteDescription } from '../core/site-description.ts'
import { parseHtml } from '../dom/parse-html.ts'
import { scopeOf } from '../dom/query.ts'
import { OWN_ADDRESS } from '../dom/mark-names.ts'
import { mayHoldMarks, ownAddressOf, sweepTree } from '../dom/sweep-tree.ts'
import type { PageProbe } from '../dom/query.ts'
import type { Examples, ReadOptions, ReadThreadPage, Site } from './define-site.ts'
import { readDescribed } from './described/read.ts'
import { describedSite } from './described/site.ts'
import * as discourse from './discourse.ts'
import * as discuz from './discuz.ts'
import * as flarum from './flarum.ts'
import * as fluxbb from './fluxbb.ts'
import * as hackernews from './hackernews.ts'
import * as invision4 from './invision4.ts'
import * as lemmy from './lemmy.ts'
import * as lobsters from './lobsters.ts'
import * as mybb from './mybb.ts'
import * as newsmth from './newsmth.ts'
import * as nga from './nga.ts'
import * as nodebb from './nodebb.ts'
import * as oldreddit from './oldreddit.ts'
import * as phpbb3 from './phpbb3.ts'
import * as phpwind from './phpwind.ts'
import * as pkuBbs from './pku-bbs.ts'
import * as smf2 from './smf2.ts'
import * as stackexchange from './stackexchange.ts'
import * as tieba from './tieba.ts'
import * as v2ex from './v2ex.ts'
import * as vanilla from './vanilla.ts'
import * as vbulletin3 from './vbulletin3.ts'
import * as vbulletin4 from './vbulletin4.ts'
import * as vbulletin5 from './vbulletin5.ts'
import * as xenforo1 from './xenforo1.ts'
import * as xenforo2 from './xenforo2.ts'
import { homeSites } from './home-sites.ts'

/** A site with both halves and its examples. */
export interface SiteModule {
  site: Site
  read: ReadThreadPage
  examples?: Examples
  /**
   * Why a page with a thread's address is none that `isThread` accepts: a login wall, an error, a phone version.
   * Undefined where there is nothing to say. Pure and cheap.
   */
  findProblem?: (url: URL, page: PageProbe) => ProblemCode | undefined
  /**
   * True for a page as its server sends it whose posts the page's own script has yet to draw: `read` has them from the
   * data that came with it. Apart from `isThread`, for on a live page there is nothing yet to attach aids to.
   */
  isUndrawn?: (url: URL, page: PageProbe) => boolean
}

/** Every site with both halves, for the background. */
export const sites: readonly SiteModule[] = [
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

/** What reading a page of any site needs besides the page. */
export interface PageOptions extends ReadOptions {
  /** Sites that the reader described; those that say `first` come right after the home sites, the others last. */
  own?: readonly SiteDescription[]
}

function withOwn(own: readonly SiteDescription[]): readonly SiteModule[] {
  if (own.length === 0) return sites
  const module = (each: SiteDescription): SiteModule => ({ site: describedSite(each), read: readDescribed(each) })
  const described = (isFirst: boolean) => own.filter(({ first = false }) => first === isFirst).map(module)
  const isHome = ({ site }: SiteModule) => homeSites.includes(site)
  return [...sites.filter(isHome), ...described(true), ...sites.filter((each) => !isHome(each)), ...described(false)]
}

/**
 * Reads the HTML of a page into a page of a thread, whichever known site it is of; `url` is the page's address, `readAt`
 * the moment from which the page's `yesterday` is counted (now, where it is left out).
 * What our own aids did to the page is taken out first, in whatever state they were when it was captured or saved.
 * Undefined for what is no thread page of a known site. A refused page (login wall, error) and one in an unknown dress
 * come back with a typed `problem`. Never throws: a site that fails on a page is reported to the console and passed over.
 */
export function readThreadPage(
  html: string,
  url: string,
  { readAt = new Date(), own = [] }: PageOptions = {},
): ThreadPage | undefined {
  if (!URL.canParse(url)) return undefined
  const tree = parseHtml(html)
  const address = html.includes(OWN_ADDRESS) ? ownAddressOf(tree, new URL(url)) : new URL(url)
  const page = scopeOf(mayHoldMarks(html) ? sweepTree(tree) : tree)
  for (const { site, read, findProblem, isUndrawn } of withOwn(own)) {
    try {
      const isMet = site.isThread(address, page) || findProblem?.(address, page) || isUndrawn?.(address, page)
      if (!isMet) continue
      const found = read(page, address, { readAt })
      if (found) return found
    } catch (error) {
      console.error(`The site ${site.id} could not read ${url}:`, error)
    }
  }
  return undefined
}
