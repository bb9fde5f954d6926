import type { PublicProtocol } from './protocol.ts'

type Question = Parameters<PublicProtocol['forumScriptWanted']>[0]

/**
 * Sends `forumScriptWanted` to the background, in the envelope of `messenger.ts` but without it, as the sentinel that calls
 * this is to cost nothing. False where nobody answers: the extension was updated, or the site revoked.
 */
export async function askForForumScript(data: Question): Promise<boolean> {
  const type = 'forumScriptWanted' satisfies keyof PublicProtocol
  try {
    const answer = await chrome.runtime.sendMessage({ id: 0, type, data, timestamp: Date.now() })
    return answer?.res === true
  } catch {
    return false
  }
}

declare const chrome: { runtime: { sendMessage(message: unknown): Promise<{ res?: unknown } | undefined> } }
