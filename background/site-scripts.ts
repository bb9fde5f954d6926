import { browser } from 'wxt/browser'
import { HOME_PAGES } from '../core/site-access.ts'
import { onOwnMessage, onPublicMessage, sendToTab } from '../messages/messenger.ts'
import { forgetOtherSites, noteSite, readSiteRecords } from '../settings/site-records.ts'
import { updateThreadMenus } from './copy-menus.ts'
import { updateSaveMenus } from './save-menus.ts'
import { findGrantedSites, isSiteGranted } from './site-access.ts'

const ID = 'forum'
const SCRIPT = '/content-scripts/forum.js'
const STYLE = '/content-scripts/forum.css'

/** One after another: two grants at a time would each register what the other does not know of. */
let settling: Promise<unknown> = Promise.resolve()

/**
 * Keeps the content script for all engines on the sites that the reader granted, and on no others. The browser says when
 * that changes, also where the reader did it in the browser's own settings, or where the popup closed over its question.
 */
export function handleSites(): void {
  browser.permissions.onAdded.addListener(({ origins = [] }) => void settleUnasked(origins))
  browser.permissions.onRemoved.addListener(() => void settleUnasked([]).then(tellTabs))
  // The browser drops what was registered when the extension is updated.
  browser.runtime.onInstalled.addListener(() => void settleUnasked([]))
  browser.runtime.onStartup.addListener(() => void settleUnasked([]))
  onOwnMessage('settleSite', ({ pattern }) => settle([pattern]))
  onPublicMessage('isSiteGranted', (_data, { url }) => isSiteGranted(url))
}

/** Puts scripts, menus and records in order; pages of the sites `added` that stand open get the script at once. */
function settle(added: readonly string[]): Promise<void> {
  const next = settling.then(async () => {
    const sites = await findGrantedSites()
    await registerScript(sites)
    await updateThreadMenus(sites)
    await updateSaveMenus(sites)
    await forgetOtherSites(sites)
    const news = added.filter((pattern) => sites.includes(pattern))
    await noteGrants(news)
    if (news.length > 0) await injectInto(news)
  })
  settling = next.catch((error: unknown) => console.error('[loulan] the sites could not be put in order', error))
  return next
}

/** The same where nobody waits for the outcome: a failure is in the log already, and nothing that follows hangs on it. */
async function settleUnasked(added: readonly string[]): Promise<void> {
  await settle(added).catch(() => undefined)
}

/** A grant is told twice, by the browser and by the popup: the first is the one that is remembered. */
async function noteGrants(patterns: readonly string[]): Promise<void> {
  const records = await readSiteRecords(patterns)
  const grantedAt = new Date().toISOString()
  for (const pattern of patterns) if (!records.get(pattern)?.grantedAt) await noteSite(pattern, { grantedAt })
}

async function registerScript(sites: readonly string[]): Promise<void> {
  const known = await browser.scripting.getRegisteredContentScripts({ ids: [ID] })
  if (sites.length === 0) {
    if (known.length > 0) await browser.scripting.unregisterContentScripts({ ids: [ID] })
    return
  }
  const script = {
    id: ID,
    js: [SCRIPT],
    css: [STYLE],
    matches: [...sites],
    excludeMatches: [...HOME_PAGES],
    runAt: 'document_start' as const,
    persistAcrossSessions: true,
  }
  if (known.length > 0) await browser.scripting.updateContentScripts([script])
  else await browser.scripting.registerContentScripts([script])
}

/** The script knows by itself that it stands in a page already. */
async function injectInto(patterns: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...patterns], discarded: false })
  // A tab that shows an error page, or was closed meanwhile, takes none; it is no reason to leave the others out.
  await Promise.all(tabs.map(({ id }) => injectForumScript(id).catch(() => undefined)))
}

/** Puts the script into the page of a tab that it may be put into; rejects where it may not. */
async function injectForumScript(tabId: number | undefined): Promise<void> {
  if (tabId === undefined) return
  const target = { tabId }
  await Promise.all([
    browser.scripting.insertCSS({ target, files: [STYLE] }),
    browser.scripting.executeScript({ target, files: [SCRIPT], injectImmediately: true }),
  ])
}

/** Which tabs show pages of a site that was revoked can no longer be asked: each script asks for itself. */
async function tellTabs(): Promise<void> {
  const tabs = await browser.tabs.query({ discarded: false })
  const told = tabs.map(({ id }) => id !== undefined && sendToTab('siteAccessChanged', undefined, id))
  await Promise.allSettled(told)
}
