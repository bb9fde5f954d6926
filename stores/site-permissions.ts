import { defineStore } from 'pinia'
import { shallowRef } from 'vue'
import { browser } from 'wxt/browser'
import { isHomePattern, patternHost } from '../core/site-access.ts'
import { sendToBackground } from '../messages/messenger.ts'
import { noteSite, readSiteRecords, watchSiteRecords, type SiteRecord } from '../settings/site-records.ts'

/** A site that the reader granted. */
export interface GrantedSite extends SiteRecord {
  /** As the browser knows it. */
  pattern: string
  /** `*` for all sites, where the reader allowed that in the browser's own settings. */
  host: string
}

/** The sites that the reader granted, as the browser has them; asking for one more, and giving one back. */
export const useSitePermissionsStore = defineStore('site-permissions', () => {
  const sites = shallowRef<readonly GrantedSite[]>([])

  /** Reads the sites and follows them until `signal` aborts, wherever they are changed. */
  async function load(signal: AbortSignal): Promise<void> {
    const follow = () => void read()
    const { onAdded, onRemoved } = browser.permissions
    onAdded.addListener(follow)
    onRemoved.addListener(follow)
    signal.addEventListener('abort', () => {
      onAdded.removeListener(follow)
      onRemoved.removeListener(follow)
    })
    watchSiteRecords(follow, signal)
    await read()
  }

  async function read(): Promise<void> {
    const { origins = [] } = await browser.permissions.getAll()
    const patterns = origins.filter((pattern) => patternHost(pattern) !== undefined && !isHomePattern(pattern))
    const records = await readSiteRecords(patterns)
    sites.value = patterns
      .map((pattern) => ({ pattern, host: patternHost(pattern)!, ...records.get(pattern) }))
      .toSorted((a, b) => a.host.localeCompare(b.host))
  }

  /**
   * Has the browser ask the reader for a site. To be called right in a click: after anything awaited the browser refuses.
   * Resolves when the script stands in the site's open pages; with false when the reader said no. Firefox may close the
   * popup over its question: the background sees to the rest by itself then.
   */
  async function ask(pattern: string): Promise<boolean> {
    if (!(await browser.permissions.request({ origins: [pattern] }))) return false
    await sendToBackground('settleSite', { pattern })
    return true
  }

  /** Gives a site back; with false where the browser does not take it. Threads that were kept stay. */
  async function revoke(pattern: string): Promise<boolean> {
    // Sites that an administrator or the manifest granted cannot be given back: the browser throws.
    return browser.permissions.remove({ origins: [pattern] }).catch(() => false)
  }

  /** Asks once more for a site that was given back, and remembers what was known of it. To be called right in a click. */
  async function restore({ pattern, engine }: GrantedSite): Promise<boolean> {
    const isGranted = await ask(pattern)
    if (isGranted && engine !== undefined) await noteSite(pattern, { engine })
    return isGranted
  }

  return { sites, load, ask, revoke, restore }
})
