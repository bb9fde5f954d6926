import type { Aid, AidContext } from '../aids/define-aid.ts'
import { sendToBackground } from '../messages/messenger.ts'

/** Lets the aids ask for quoted posts that stand on other pages: the background tells those that are kept of the thread. */
export function withQuotedPosts(aids: readonly Aid[]): readonly Aid[] {
  return aids.map((aid) => ({
    ...aid,
    start: (context, signal) => aid.start({ ...context, findQuoted: findQuotedFor(context) }, signal),
  }))
}

function findQuotedFor({ own }: AidContext): AidContext['findQuoted'] {
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
