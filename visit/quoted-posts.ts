import type { AidContext } from '../aids/define-aid.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** Asks for quoted posts that stand on other pages: the background tells those that are kept of the thread. */
export function findQuotedFor({ own }: AidContext): AidContext['findQuoted'] {
  return async ({ username, nickname, excerpt, postId }, quotedIn) => {
    const key = (await own)?.key
    if (key === undefined) return undefined
    return sendToBackground('findQuotedPost', {
      ...{ key, username, excerpt, quotedIn },
      ...(nickname && { nickname }),
      ...(postId && { postId }),
    })
  }
}
