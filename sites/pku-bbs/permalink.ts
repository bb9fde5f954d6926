import type { PageProbe } from '../../dom/query.ts'
import { idIn, parseId, postAddress } from './address.ts'

/** Permalink of a post that stands on a page; undefined where the page does not tell which thread it is of. */
export function findPermalink(postId: string, url: URL, page: PageProbe): string | undefined {
  const attribute = (selector: string, name: string) => page.querySelector(selector)?.getAttribute(name) ?? undefined
  const thread =
    parseId(attribute('.post-card[data-threadid]', 'data-threadid')) ??
    idIn(url, 'threadid') ??
    idIn(attribute('.view-full-post[href]', 'href'), 'threadid')
  const board = parseId(attribute('.post-card[data-bid]', 'data-bid')) ?? idIn(url, 'bid')
  const post = parseId(postId)
  return thread && post && postAddress(board, thread, post)
}
