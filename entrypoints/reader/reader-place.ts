import type { CopyPlace } from '../copy/copy-from-page.ts'
import { readerSite } from './reader-site.ts'

/** What copying needs to know of the reader page: its thread's own address and its posts' permalinks, not the page's. */
export function readerPlace(document: Document): CopyPlace {
  const address = document.querySelector<HTMLAnchorElement>('.reader-original')?.href ?? ''
  return {
    address,
    mapAddress: (href) => href,
    forumHosts: (host) => URL.canParse(address) && new URL(address).hostname === host,
    post: readerSite.selectors.post,
    permalink: (post) => post.querySelector<HTMLAnchorElement>('.post-head .post-permalink')?.href,
  }
}
