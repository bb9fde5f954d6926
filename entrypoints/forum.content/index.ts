import { defineContentScript } from 'wxt/utils/define-content-script'
import { onTabMessage, sendToBackground } from '../../messages/messenger.ts'
import { readStoredSites } from '../../settings/own-sites.ts'
import type { Site } from '../../sites/define-site.ts'
import { parseSiteDescription } from '../../sites/described/description.ts'
import { describedSite } from '../../sites/described/site.ts'
import { findSite } from '../../sites/light-sites.ts'
import { followThreads, type ScriptContext } from '../../visit/follow-threads.ts'
import { waitForThread } from '../../visit/wait-for-thread.ts'

/** The script that acts in this page, in the extension's own world of it. */
declare global {
  var loulanForum: ScriptContext | undefined
}

/**
 * Stands on the pages of sites that the reader granted, put there by background/site-scripts.ts. It knows every engine,
 * and does next to nothing until a thread of one of them is on the page.
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
    void findOwnSites().then((described) => {
      if (signal.aborted) return
      const find = () => findAnySite(new URL(location.href), described)
      waitForThread(document, find, (site) => follow(own, site, controller), signal)
    })
  },
})

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
