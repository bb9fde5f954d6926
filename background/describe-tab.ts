import { browser } from 'wxt/browser'
import { describeThread } from '../archive/describe-thread.ts'
import { findSave } from '../archive/saves.ts'
import { findThreadRecord } from '../archive/read-thread.ts'
import { sitePattern } from '../core/site-access.ts'
import type { SiteDescription } from '../core/site-description.ts'
import type { ThreadPage } from '../core/thread-page.ts'
import { onOwnMessage, sendToTab } from '../messages/messenger.ts'
import type { PageCapture, SiteAccess, TabReport } from '../messages/protocol.ts'
import { readLinkCleaner } from '../settings/link-rules.ts'
import { describedSiteId } from '../sites/described/description.ts'
import { sites } from '../sites/registry.ts'
import { useArchive } from './archive.ts'
import { describeGuess, guessPage } from './guess-page.ts'
import { lookAtTab } from './look-at-tab.ts'
import { readOwnSites, readPage } from './read-page.ts'
import { isSiteGranted } from './site-access.ts'

/** Says what stands in a tab, for the popup: on sites that were not granted, by one look at the page. */
export function handleTabDescriptions(): void {
  onOwnMessage('describeTab', async ({ tabId }) => {
    const look = await lookAtTab(tabId)
    if (look.kind === 'silent') return { kind: 'silent' }
    if (look.kind === 'nothing') return { kind: 'other' }
    const page = await readPage(look.capture.html, look.capture.url)
    if (!page) return describeOther(look.capture)
    return page.thread.posts.length === 0 && page.problem
      ? { kind: 'problem', problem: page.problem, key: page.thread.key }
      : describePage(page, look.capture, tabId)
  })
}

/** A page that nothing here knows: what it looks like, and whether the reader can show its posts. */
function describeOther(capture: PageCapture): TabReport {
  const finding = guessPage(capture)
  const canPick = sitePattern(capture.url) !== undefined
  return { kind: 'other', canPick, ...(finding && { guess: describeGuess(finding) }) }
}

/** Describes the page as it stands in the tab, and says how much of the thread is kept. */
async function describePage({ thread, page }: ThreadPage, { url }: PageCapture, tabId: number): Promise<TabReport> {
  const archive = useArchive()
  const [record, save, aids, access, { incognito }, cleanLink] = await Promise.all([
    // What stands on the page is told also where the archive cannot be read; the library says why it cannot.
    findThreadRecord(archive, thread.key).catch(() => undefined),
    findSave(archive, thread.key).catch(() => undefined),
    // Undefined where the script stands in the page but has met no thread.
    sendToTab('getAidStates', undefined, tabId).catch(() => undefined),
    findAccess(url, thread.site),
    browser.tabs.get(tabId),
    readLinkCleaner((host) => host === new URL(thread.url).hostname),
  ])
  const cachedPosts = record?.postCount ?? 0
  const overview = describeThread(thread, cleanLink)
  return {
    kind: 'thread',
    page,
    overview,
    cachedPosts,
    cached: record !== undefined,
    ...(record && { kept: record }),
    ...(save && { save }),
    isPrivate: incognito,
    aids: aids ?? [],
    access,
  }
}

async function findAccess(url: string, siteId: string): Promise<SiteAccess> {
  const { hostname: host } = new URL(url)
  const isGranted = await isSiteGranted(url)
  const pattern = isGranted ? undefined : sitePattern(url)
  const engineName = await nameOf(siteId, host)
  return { host, engineName, isGranted, ...(pattern !== undefined && { pattern }) }
}

/** A site of the reader's own has the name that it was given. */
async function nameOf(siteId: string, host: string): Promise<string> {
  const known = sites.find(({ site }) => site.id === siteId)?.site.name
  if (known !== undefined) return known
  const isIt = (own: SiteDescription) => describedSiteId(own) === siteId && own.hosts.includes(host)
  return (await readOwnSites()).find(isIt)?.name ?? siteId
}
