import type { Site } from '../../sites/define-site.ts'
import { findSite } from '../../sites/light-sites.ts'
import type { CopyPlace } from './copy-from-page.ts'

/** What is known of a page of the web: its posts and its real address, where it is a thread of a known forum. */
export function forumPlace(document: Document): CopyPlace {
  const url = new URL(document.URL)
  const site = findSite(url, document)
  const hosts = site ? [url.hostname, ...site.hosts] : []
  const mapAddress = site?.addressMapper?.(url) ?? ((address: string) => address)
  return {
    address: mapAddress(url.href),
    mapAddress,
    forumHosts: (host) => hosts.some((known) => host === known || host.endsWith(`.${known}`)),
    post: site?.selectors.post,
    permalink: (post) => site && permalinkOf(post, site, url, document),
  }
}

function permalinkOf(post: Element, { selectors, permalink }: Site, url: URL, document: Document): string | undefined {
  const { attribute, in: holder, pattern } = selectors.postId
  const value = (holder ? post.querySelector(holder) : post)?.getAttribute(attribute) ?? ''
  const id = pattern ? pattern.exec(value)?.[1] : value
  if (!id) return undefined
  return permalink ? permalink(id, url, document) : anchorOf(post, url)
}

/** Where the site's file does not know better: the post's place on this page. */
function anchorOf(post: Element, { origin, pathname, search }: URL): string | undefined {
  return post.id ? `${origin}${pathname}${search}#${encodeURIComponent(post.id)}` : undefined
}
