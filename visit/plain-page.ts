import type { JoinedPage } from '../aids/define-aid.ts'
import type { JoinReply } from '../messages/protocol.ts'

/** What the background says of a page. Only pages of the same origin are fetched, whatever the page's markup says. */
export function plainPage({
  key,
  page,
  next,
  problem,
}: JoinReply): Pick<JoinedPage, 'key' | 'page' | 'next' | 'problem'> {
  return { key, page, problem, next: next !== undefined && new URL(next).origin === location.origin ? next : undefined }
}
