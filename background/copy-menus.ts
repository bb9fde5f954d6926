import { i18n } from '#i18n'
import { browser, type Browser } from 'wxt/browser'
import type { CopyRequest } from '../messages/protocol.ts'

/** What a menu item or a key copies. */
export type CopyKind = Pick<CopyRequest, 'what' | 'form'>

/** Menu items and keyboard commands by their ids; the commands are declared, with their keys, in wxt.config.ts. */
const KINDS: Readonly<Record<string, CopyKind>> = {
  'copy-link': { what: 'link', form: 'address' },
  'copy-link-markdown': { what: 'link', form: 'markdown' },
  'copy-page': { what: 'page', form: 'address' },
  'copy-page-markdown': { what: 'page', form: 'markdown' },
  'copy-post': { what: 'post', form: 'address' },
  'copy-selection': { what: 'selection', form: 'markdown' },
}

/** What a menu item or command of that id copies; undefined for those of others. */
export function findCopyKind(id: unknown): CopyKind | undefined {
  return typeof id === 'string' && Object.hasOwn(KINDS, id) ? KINDS[id] : undefined
}

/** Pages that a script can be called into. */
const PAGES = ['http://*/*', 'https://*/*', 'file:///*']

/** Pages with posts that have a permalink: those of PKU BBS, its mirror and the university's WebVPN. */
const THREADS = [
  '*://bbs.pku.edu.cn/v2/post-read*',
  '*://www.bdwm.net/v2/post-read*',
  '*://bdwm.net/v2/post-read*',
  'https://wpn.pku.edu.cn/*/v2/post-read*',
]

type Menu = Browser.contextMenus.CreateProperties

/**
 * Creates the menu items; to be called where all items of an earlier time have been removed.
 *
 * @param sites match patterns of the sites that the reader granted
 */
export function createCopyMenus(sites: readonly string[]): void {
  const reader = `${browser.runtime.getURL('/reader.html')}*`
  const pages = [...PAGES, reader]
  const threads = [...THREADS, ...sites, reader]
  create({ id: 'copy-link', title: i18n.t('menu.copyLink'), contexts: ['link'], documentUrlPatterns: pages })
  create({
    id: 'copy-link-markdown',
    title: i18n.t('menu.copyLinkMarkdown'),
    contexts: ['link'],
    documentUrlPatterns: pages,
  })
  create({ id: 'copy-page', title: i18n.t('menu.copyPage'), contexts: ['page'], documentUrlPatterns: pages })
  create({
    id: 'copy-selection',
    title: i18n.t('menu.copySelection'),
    contexts: ['selection'],
    documentUrlPatterns: pages,
  })
  create({
    id: 'copy-post',
    title: i18n.t('menu.copyPost'),
    contexts: ['page', 'selection', 'link', 'image'],
    documentUrlPatterns: threads,
  })
}

/** Shows the item for posts on the pages of these sites too, and on those of no others. */
export async function updateThreadMenus(sites: readonly string[]): Promise<void> {
  const documentUrlPatterns = [...THREADS, ...sites]
  const reader = `${browser.runtime.getURL('/reader.html')}*`
  const update = (patterns: string[]) => browser.contextMenus.update('copy-post', { documentUrlPatterns: patterns })
  await update([...documentUrlPatterns, reader])
    .catch(() => update(documentUrlPatterns))
    .catch(() => undefined) // It has not been created yet: whoever does knows the sites.
}

/** Creates one item; a browser that takes no patterns for an extension's own pages gets it without those. */
function create(menu: Menu & { documentUrlPatterns: string[] }): void {
  try {
    browser.contextMenus.create(menu)
  } catch {
    const documentUrlPatterns = menu.documentUrlPatterns.filter((pattern) => !pattern.includes('-extension://'))
    browser.contextMenus.create({ ...menu, documentUrlPatterns })
  }
}
