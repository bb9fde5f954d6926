import { i18n } from '#i18n'
import { browser, type Browser } from 'wxt/browser'
import { sendToTab } from '../messages/messenger.ts'
import type { CopyOutcome, CopyRequest } from '../messages/protocol.ts'
import { readLinkWishes } from '../settings/link-rules.ts'
import { findCopyKind } from './copy-menus.ts'
import { showOnButton } from './show-words.ts'

/** Copies links, permalinks and selections from pages, by context menu and by keyboard command. */
export function handleCopying(): void {
  browser.contextMenus.onClicked.addListener((info, tab) => {
    const kind = findCopyKind(info.menuItemId)
    if (kind && tab?.id !== undefined)
      void copyInTab({ ...kind, by: 'menu', ...said(info) }, tab, frameOf(kind.what, info))
  })
  browser.commands.onCommand.addListener((name, tab) => {
    const kind = findCopyKind(name)
    if (kind) void copyByKey({ ...kind, by: 'key' }, tab)
  })
}

type Asked = Omit<CopyRequest, 'links'>
type MenuInfo = Browser.contextMenus.OnClickData

/** What the menu knows of that which was clicked; only Firefox tells a link's words. */
function said(info: MenuInfo): Partial<Asked> {
  const { linkUrl, selectionText, linkText } = info as MenuInfo & { linkText?: string }
  return {
    ...(linkUrl !== undefined && { linkUrl }),
    ...(linkText !== undefined && { linkText }),
    ...(selectionText !== undefined && { selectionText }),
  }
}

/** A page within a page knows its own links and selections; the address is the whole page's. */
function frameOf(what: CopyRequest['what'], info: MenuInfo): number {
  return what === 'page' ? 0 : (info.frameId ?? 0)
}

async function copyByKey(asked: Asked, given: Browser.tabs.Tab | undefined): Promise<void> {
  const tab = given ?? (await browser.tabs.query({ active: true, lastFocusedWindow: true }))[0]
  if (tab) await copyInTab(asked, tab, 0)
}

async function copyInTab(asked: Asked, { id, url }: Browser.tabs.Tab, frameId: number): Promise<void> {
  if (id === undefined) return
  const request: CopyRequest = { ...asked, links: await readLinkWishes() }
  try {
    const isOwn = url?.startsWith(browser.runtime.getURL('/')) ?? false
    if (isOwn) await sendToTab('copy', request, id)
    else await callInto(id, frameId, request)
  } catch (error) {
    console.warn('[loulan] nothing could be copied', error)
    await showOnButton(id, i18n.t('copy.unreachable'))
  }
}

/**
 * A service worker cannot write to the clipboard, and a page's own script should not hear of it: the script that copies is
 * called into the extension's world of the page. Asking for a menu or key grants the right to (`activeTab`).
 */
async function callInto(tabId: number, frameId: number, request: CopyRequest): Promise<CopyOutcome | undefined> {
  const target = { tabId, frameIds: [frameId] }
  await browser.scripting.executeScript({ target, files: ['/copy.js'] })
  const [result] = await browser.scripting.executeScript({
    target,
    // Runs in the page, where nothing of this file is known.
    func: (asked: CopyRequest) =>
      (globalThis as unknown as { loulanCopy: (request: CopyRequest) => Promise<CopyOutcome> }).loulanCopy(asked),
    args: [request],
  })
  return result?.result as CopyOutcome | undefined
}
