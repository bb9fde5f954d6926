import { defineContentScript } from 'wxt/utils/define-content-script'
import { earlyAids } from '../../aids/early-aids.ts'
import { onTabMessage, sendToBackground } from '../../messages/messenger.ts'
import { readAidWishes } from '../../settings/aid-wishes.ts'
import { readStoredSites, watchStoredSites } from '../../settings/own-sites.ts'
import type { Site } from '../../sites/define-site.ts'
import { parseSiteDescription } from '../../sites/described/description.ts'
import { describedSite } from '../../sites/described/site.ts'
import { findSite } from '../../sites/light-sites.ts'
import { holdFirstPaint } from '../../visit/first-paint.ts'
import { followThreads, type ScriptContext } from '../../visit/follow-threads.ts'
import { waitForThread } from '../../visit/wait-for-thread.ts'

/** The script that acts in this page, in the extension's own world of it. */
declare global {
  var loulanForum: ScriptContext | undefined
}

/**
 * Stands on threads' pages of sites that the reader granted, put there by background/site-scripts.ts or at the wish of the
 * sentinel (`forum-sentinel.content`). It knows every engine, and does next to nothing until a thread of one is there.
 */
export default defineContentScript({
  registration: 'runtime',
  runAt: 'document_start',
  main(context) {
    // A page that is loaded while its site is granted gets the script twice.
    if (globalThis.loulanForum?.isValid) return
    const controller = new AbortController()
    const { signal } = controller
    context.signal.addEventListener('abort', () => controller.abort())
    const own: ScriptContext = {
      signal,
      get isValid() {
        return context.isValid && !signal.aborted
      },
    }
    globalThis.loulanForum = own
    waitForAnySite(own, (site) => follow(own, site, controller))
  },
})

/** Calls `onFound` once, when a thread of an engine, or of a site that the reader described, stands on the page. */
function waitForAnySite({ signal }: ScriptContext, onFound: (site: Site) => void): void {
  const isFound = new AbortController()
  signal.addEventListener('abort', () => isFound.abort())
  let waiting: AbortController | undefined
  const wait = (described: readonly DescribedSite[], onMet: (site: Site) => void) => {
    waiting?.abort()
    waiting = new AbortController()
    isFound.signal.addEventListener('abort', () => waiting?.abort())
    waitForThread(document, () => findAnySite(new URL(location.href), described), onMet, waiting.signal)
  }
  const start = () => {
    const own = findOwnSites()
    // Which site it is hangs on what is described; that a thread stands there does not, and the paint can wait for it.
    wait([], () => holdFirstPaint(document, own))
    void own.then((described) => {
      if (isFound.signal.aborted) return
      wait(described, (site) => {
        isFound.abort()
        onFound(site)
      })
    })
  }
  // A site that the reader describes while its page stands is met without a reload.
  watchStoredSites(start, isFound.signal)
  start()
}

function follow(own: ScriptContext, site: Site, controller: AbortController): void {
  if (!own.isValid) return
  // A site that was revoked meanwhile keeps what it had until its tabs are told, and gets nothing new.
  const endIfRevoked = async () => {
    if (!(await sendToBackground('isSiteGranted'))) controller.abort()
  }
  const end = onTabMessage('siteAccessChanged', endIfRevoked)
  own.signal.addEventListener('abort', end)
  void endIfRevoked()
  followThreads(own, [site])
  // The thread stands already: until the aids have what they have just asked the storage for, nothing is painted.
  holdFirstPaint(document, readAidWishes(earlyAids))
}

interface DescribedSite {
  site: Site
  isFirst: boolean
}

/** The sites that the reader described for this host: stored by the background, which judged them. */
async function findOwnSites(): Promise<DescribedSite[]> {
  return (await readStoredSites()).flatMap((stored) => {
    const parsed = parseSiteDescription(stored)
    if (!('description' in parsed) || !parsed.description.hosts.includes(location.hostname)) return []
    return [{ site: describedSite(parsed.description), isFirst: parsed.description.first === true }]
  })
}

function findAnySite(url: URL, described: readonly DescribedSite[]): Site | undefined {
  const find = (isFirst: boolean) =>
    described.find((each) => each.isFirst === isFirst && each.site.isThread(url, document))?.site
  return find(true) ?? findSite(url, document) ?? find(false)
}
