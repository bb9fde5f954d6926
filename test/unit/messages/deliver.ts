import { fakeBrowser } from 'wxt/testing/fake-browser'
import type { Sender } from '../../../messages/messenger.ts'

/** The extension's id, as the fake browser has it, and the origin of its pages. */
export const OWN_ID = fakeBrowser.runtime.id
export const OWN_ORIGIN = fakeBrowser.runtime.getURL('/' as '/popup.html')

/** What the browser says of a content script that runs on a page. */
export function contentScriptOn(url: string, tab: { incognito?: boolean; id?: number } = {}): Sender {
  return { id: OWN_ID, url, tab: { id: 7, index: 3, incognito: false, ...tab } } as Sender
}

/** What the browser says of a page of the extension itself. */
export function ownPage(path: string): Sender {
  return { id: OWN_ID, url: OWN_ORIGIN + path } as Sender
}

/**
 * Delivers a message to whoever listens, as the browser does, with a sender that the browser vouches for. Resolves with
 * the reply; rejects with what the handler threw; undefined where nobody listens.
 */
export async function deliver(type: string, data: unknown, sender: Sender): Promise<unknown> {
  let reply: (value: unknown) => void = () => {}
  const answered = new Promise<unknown>((resolve) => (reply = resolve))
  const { onMessage } = fakeBrowser.runtime as unknown as {
    onMessage: { trigger: (...values: unknown[]) => Promise<unknown[]> }
  }
  // Messages are copied on their way from one process to another.
  const message = structuredClone({ id: 1, type, data, timestamp: 1 })
  const results = await onMessage.trigger(message, sender, reply)
  if (!results.includes(true)) return undefined
  const { res, err } = (await answered) as { res?: unknown; err?: { message?: string } }
  if (err) throw new Error(err.message)
  return res
}
