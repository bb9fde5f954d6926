import type { PublicProtocol } from './protocol.ts'

/**
 * Sends `threadAddressReached` to the background, in the envelope of `messenger.ts` but without it: the sentinel that
 * calls this stands on pages that are none of ours, where even touching the browser's API at the start would be felt.
 */
export function sendThreadAddressReached(): void {
  const type = 'threadAddressReached' satisfies keyof PublicProtocol
  void chrome.runtime.sendMessage({ id: 0, type, timestamp: Date.now() })
}

declare const chrome: { runtime: { sendMessage(message: unknown): Promise<unknown> } }
