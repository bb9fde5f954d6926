import { browser } from 'wxt/browser'
import { onOwnMessage, onPublicMessage, sendToTab } from '../messages/messenger.ts'
import { watchStoredSites } from '../settings/own-sites.ts'
import { forgetOtherSites, noteSite, readSiteRecords, watchSiteRecords } from '../settings/site-records.ts'
import { updateThreadMenus } from './copy-menus.ts'
import { findDescribedPages, registerForumScripts } from './forum-scripts.ts'
import { injectContentScript } from './inject-content-script.ts'
import { updateSaveMenus } from './save-menus.ts'
import { findGrantedSites, isSiteGranted } from './site-access.ts'

/** One after another: two grants at a time would each register what the other does not know of. */
let settling: Promise<unknown> = Promise.resolve()

/**
 * Keeps the content scripts on the sites that the reader granted, and on no others. The browser says when that changes,
 * also where the reader did it in the browser's own settings, or where the popup closed over its question.
 */
export function handleSites(): void {
  browser.permissions.onAdded.addListener(({ origins = [] }) => void settleUnasked(origins))
  browser.permissions.onRemoved.addListener(() => void settleUnasked([]).then(tellTabs))
  // The browser drops what was registered when the extension is updated.
  browser.runtime.onInstalled.addListener(() => void settleUnasked([]))
  browser.runtime.onStartup.addListener(() => void settleUnasked([]))
  const always = new AbortController().signal
  // Which engine a site has is known once a thread was read there.
  watchSiteRecords(() => void inTurn(async () => registerForumScripts(await findGrantedSites())), always)
  watchStoredSites(() => void inTurn(meetDescribedSites), always)
  onOwnMessage('settleSite', ({ pattern }) => settle([pattern]))
  onPublicMessage('isSiteGranted', (_data, { url }) => isSiteGranted(url))
}

/** Puts scripts, menus and records in order; pages of the sites `added` that stand open get the script at once. */
function settle(added: readonly string[]): Promise<void> {
  return inTurn(async () => {
    const sites = await findGrantedSites()
    await registerForumScripts(sites)
    await updateThreadMenus(sites)
    await updateSaveMenus(sites)
    await forgetOtherSites(sites)
    const news = added.filter((pattern) => sites.includes(pattern))
    await noteGrants(news)
    if (news.length > 0) await injectInto(news)
  })
}

/** What is next waits for what was asked before; that one failed is in the log, and no reason for the next to. */
function inTurn(work: () => Promise<void>): Promise<void> {
  const next = settling.then(work)
  settling = next.catch((error: unknown) => console.error('[loulan] the sites could not be put in order', error))
  return next
}

/** A granted site that the reader has just described is met without a reload: the script goes into its open threads. */
async function meetDescribedSites(): Promise<void> {
  const sites = await findGrantedSites()
  await registerForumScripts(sites)
  const pages = await findDescribedPages(sites)
  if (pages.length > 0) await injectInto(pages)
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

/** The script knows by itself that it stands in a page already. */
async function injectInto(patterns: readonly string[]): Promise<void> {
  const tabs = await browser.tabs.query({ url: [...patterns], discarded: false })
  // A tab that shows an error page, or was closed meanwhile, takes none; it is no reason to leave the others out.
  await Promise.all(
    tabs.map(({ id }) => id !== undefined && injectContentScript({ tabId: id }, 'forum').catch(() => undefined)),
  )
}

/** Which tabs show pages of a site that was revoked can no longer be asked: each script asks for itself. */
async function tellTabs(): Promise<void> {
  const tabs = await browser.tabs.query({ discarded: false })
  const told = tabs.map(({ id }) => id !== undefined && sendToTab('siteAccessChanged', undefined, id))
  await Promise.allSettled(told)
}
