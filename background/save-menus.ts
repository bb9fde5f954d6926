import { i18n } from '#i18n'
import { browser, type Browser } from 'wxt/browser'
import { ArchiveError } from '../archive/archive-error.ts'
import { findThreadRecord } from '../archive/read-thread.ts'
import { parseReaderHash } from '../core/reader-address.ts'
import type { SaveReport } from '../core/save-report.ts'
import { useArchive } from './archive.ts'
import { saveAddress } from './saving/handle-saves.ts'
import { PageError } from './saving/page-error.ts'
import { FetchError } from './saving/polite-fetch.ts'
import { showWords } from './show-words.ts'

/** The keyboard command is declared, with its key, in wxt.config.ts. */
const COMMAND = 'save-thread'
const PAGE = 'save-page'
const LINK = 'save-link'

/** Addresses of threads on PKU BBS and its mirror; on other forums the address alone does not tell a thread. */
const THREADS = ['*://bbs.pku.edu.cn/v2/post-read*', '*://www.bdwm.net/v2/post-read*', '*://bdwm.net/v2/post-read*']

/** Saves whole threads that a menu item or the keyboard names: the one on the page, or the one that a link leads to. */
export function handleSaveMenus(): void {
  browser.contextMenus.onClicked.addListener(({ menuItemId, linkUrl, pageUrl }, tab) => {
    if (menuItemId === PAGE) void saveAndSay(tab, tab?.url ?? pageUrl)
    if (menuItemId === LINK) void saveAndSay(tab, linkUrl)
  })
  browser.commands.onCommand.addListener((name, tab) => {
    if (name === COMMAND) void saveByKey(tab)
  })
}

/**
 * Creates the menu items; to be called where all items of an earlier time have been removed.
 *
 * @param sites match patterns of the sites that the reader granted
 */
export function createSaveMenus(sites: readonly string[]): void {
  for (const item of itemsFor(sites)) browser.contextMenus.create(item)
}

/** Shows the items on these sites too, and on no others. */
export async function updateSaveMenus(sites: readonly string[]): Promise<void> {
  for (const { id, ...patterns } of itemsFor(sites)) {
    // It may not have been created yet: whoever does knows the sites.
    await browser.contextMenus.update(id, patterns).catch(() => undefined)
  }
}

function itemsFor(sites: readonly string[]): (Browser.contextMenus.CreateProperties & { id: string })[] {
  const threads = [...THREADS, ...sites]
  return [
    { id: PAGE, title: i18n.t('saving.menuPage'), contexts: ['page'], documentUrlPatterns: threads },
    { id: LINK, title: i18n.t('saving.menuLink'), contexts: ['link'], targetUrlPatterns: threads },
  ]
}

async function saveByKey(given: Browser.tabs.Tab | undefined): Promise<void> {
  const tab = given ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]
  await saveAndSay(tab, tab?.url)
}

async function saveAndSay(tab: Browser.tabs.Tab | undefined, address: string | undefined): Promise<void> {
  if (tab?.id === undefined) return
  if (tab.incognito) return showWords(tab.id, i18n.t('saving.privateWindow'))
  try {
    const url = address && (await threadAddress(address))
    const report = url ? await saveAddress(url) : undefined
    await showWords(tab.id, report ? outcome(report) : i18n.t('saving.commandNoThread'), report?.title)
  } catch (error) {
    console.warn('[loulan] a thread could not be saved', error)
    await showWords(tab.id, i18n.t('saving.commandFailed', [reasonOf(error)]))
  }
}

/** In the reader's words: why the forum gave no thread, or that the disk is full, with what to do about it. */
function reasonOf(error: unknown): string {
  if (error instanceof FetchError || error instanceof PageError) {
    const name = error.reason.replace(/-([a-z])/g, (_, letter: string) => letter.toUpperCase())
    return i18n.t(`saving.reasons.${name}` as 'saving.reasons.network')
  }
  if (error instanceof ArchiveError && error.code === 'quota-exceeded') return i18n.t('archiveFailure.quotaExceeded')
  return error instanceof Error ? error.message : String(error)
}

function outcome({ state, pagesDone }: SaveReport): string {
  const isUnderWay = state === 'running' || (state === 'queued' && pagesDone > 0)
  return i18n.t(isUnderWay ? 'saving.commandGoing' : 'saving.commandStarted')
}

/** Of the reader page the address of the thread that it shows; undefined where that is not in the archive. */
async function threadAddress(address: string): Promise<string | undefined> {
  if (!address.startsWith(browser.runtime.getURL('/reader.html'))) return address
  const key = parseReaderHash(new URL(address).hash)?.key
  return key === undefined ? undefined : (await findThreadRecord(useArchive(), key))?.url
}
