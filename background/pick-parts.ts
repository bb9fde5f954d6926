import { browser } from 'wxt/browser'
import { onOwnMessage, onPublicMessage, type Sender } from '../messages/messenger.ts'
import type { OwnSiteReply } from '../messages/protocol.ts'
import { storeDescription } from './own-sites.ts'

/** Tabs in which the reader was asked to click, remembered outside of the worker and forgotten with the browser. */
const PREFIX = 'picking:'

/** Lets the reader click the parts of a post, and keeps what that says of the site. */
export function handlePicking(): void {
  onOwnMessage('startPicking', ({ tabId }) => startPicking(tabId))
  onPublicMessage('partsPicked', (data, sender) => keepPicked(data, sender))
}

/** Puts the picker into the page of a tab, with the right that the click on the button gives. */
async function startPicking(tabId: number): Promise<boolean> {
  const target = { tabId }
  try {
    await browser.storage.session.set({ [PREFIX + tabId]: true })
    await browser.scripting.executeScript({ target, files: ['/picker.js'] })
    await browser.scripting.executeScript({
      target,
      // Runs in the page, where nothing of this file is known.
      func: () => (globalThis as unknown as { loulanPicker: () => void }).loulanPicker(),
    })
    return true
  } catch (error) {
    console.warn('[loulan] nothing can be picked on this page', error)
    await browser.storage.session.remove(PREFIX + tabId)
    return false
  }
}

/** A page's process may describe its own host only, and only in a tab where the reader began to pick. */
async function keepPicked(data: unknown, { tab, url }: Sender): Promise<OwnSiteReply> {
  const { description } = (data ?? {}) as { description?: { hosts?: unknown } }
  if (tab?.id === undefined || tab.incognito || url === undefined) return { added: 0 }
  const name = PREFIX + tab.id
  if (!(await browser.storage.session.get(name))[name]) return { added: 0 }
  const hosts = description?.hosts
  if (!Array.isArray(hosts) || hosts.length !== 1 || hosts[0] !== new URL(url).hostname) return { added: 0 }
  const reply = await storeDescription(description)
  if (reply.added > 0) await browser.storage.session.remove(name)
  return reply
}
