import { i18n } from '#i18n'
import { browser } from 'wxt/browser'
import { importProblemAddress } from '../core/import-problem-address.ts'
import { createCopyMenus } from './copy-menus.ts'
import { createSaveMenus } from './save-menus.ts'
import { findGrantedSites } from './site-access.ts'
import { openDump } from './open-dump.ts'
import { openPage } from './open-page.ts'

const OPEN_SELECTION = 'open-selection'

/** Offers, on selected text of any page, to open it as a thread; sets up the menus of background/copy-menus.ts too. */
export function handleContextMenu(): void {
  // Menus outlive the service worker: created again at each start they would clash, so once an installation.
  browser.runtime.onInstalled.addListener(() => void createMenu())
  browser.contextMenus.onClicked.addListener((info, tab) => {
    if (info.menuItemId === OPEN_SELECTION && tab?.id !== undefined) {
      void openSelection(tab.id, info.frameId ?? 0, info.selectionText ?? '', tab.index)
    }
  })
}

async function createMenu(): Promise<void> {
  await browser.contextMenus.removeAll()
  browser.contextMenus.create({ id: OPEN_SELECTION, title: i18n.t('menu.openSelection'), contexts: ['selection'] })
  const sites = await findGrantedSites()
  createCopyMenus(sites)
  createSaveMenus(sites)
}

async function openSelection(tabId: number, frameId: number, offered: string, index: number): Promise<void> {
  const reply = await openDump((await findSelection(tabId, frameId)) ?? offered, index)
  if (reply.threads.length > 0) return
  const [problem] = reply.diagnostics
  await openPage(importProblemAddress({ code: reply.failure?.code ?? 'not-a-dump', line: problem?.line ?? 1 }), index)
}

/** The menu gives the selected text without its line ends, which a dump cannot do without: ask the page itself. */
async function findSelection(tabId: number, frameId: number): Promise<string | undefined> {
  try {
    const results = await browser.scripting.executeScript({
      target: { tabId, frameIds: [frameId] },
      func: () => getSelection()?.toString(),
    })
    const selection: unknown = results[0]?.result
    return typeof selection === 'string' && selection ? selection : undefined
  } catch {
    return undefined // Pages that no extension may touch, such as the browser's own: what the menu offers must do.
  }
}
