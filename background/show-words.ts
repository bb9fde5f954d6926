import { i18n } from '#i18n'
import { browser } from 'wxt/browser'

/** How long the toolbar button says what could not be said in a page. In milliseconds. */
const SAID_FOR = 4000

/**
 * Says a few words on the page of a tab, in answer to a menu or a key, which give the right to (`activeTab`). Where no
 * script may run (the browser's own pages, its shop), the toolbar button's own hint says them, and a mark that it does.
 */
export async function showWords(tabId: number, words: string, detail = ''): Promise<void> {
  const target = { tabId }
  try {
    await browser.scripting.executeScript({ target, files: ['/notice.js'] })
    await browser.scripting.executeScript({
      target,
      // Runs in the page, where nothing of this file is known.
      func: (said: string, more: string) =>
        (globalThis as unknown as { loulanNotice: (words: string, detail: string) => void }).loulanNotice(said, more),
      args: [words, detail],
    })
  } catch {
    await showOnButton(tabId, detail ? i18n.t('saving.state', [words, detail]) : words)
  }
}

/** Has the toolbar button say something for a while, where a page cannot be reached. */
export async function showOnButton(tabId: number, title: string): Promise<void> {
  try {
    await browser.action.setBadgeText({ tabId, text: '!' })
    await browser.action.setTitle({ tabId, title })
    await new Promise((resolve) => setTimeout(resolve, SAID_FOR))
    // Null, not empty: what the button shows of a save in every tab is to be seen in this one again.
    await browser.action.setBadgeText({ tabId, text: null as unknown as string })
    await browser.action.setTitle({ tabId, title: '' })
  } catch {
    // The tab was closed meanwhile: there is nobody to tell.
  }
}
