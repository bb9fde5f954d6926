import type { PageAddresses } from '../../core/thread-page.ts'
import { hasNumber } from '../reading/address.ts'

/** Addresses of XenForo 1 and 2: `threads/TITLE.ID/page-N`, below `index.php?` where the server cannot rewrite. */
const THREAD =
  /(?:^|[/?])threads\/(?:[^/?&]{0,300}\.)?(\d{1,18})(?:\/(?:page-(\d{1,6})|post-\d{1,18}|latest|unread)?)?(?:[?&]|$)/

/** Thread and page that an address names. */
export function threadAt(url: URL): { id: string; page: number } | undefined {
  const [, id, page] = THREAD.exec(`${url.pathname}${url.search}`) ?? []
  return id === undefined ? undefined : { id, page: Number(page ?? 1) }
}

/** The post that an address points to. */
export function linkedPostIdAt({ hash, pathname, search }: URL): string | undefined {
  return /^#(?:js-)?post-(\d{1,18})$/.exec(hash)?.[1] ?? /\/post-(\d{1,18})\/?$/.exec(`${pathname}${search}`)?.[1]
}

/** The post of a quote's link: `goto/post?id=N`, `posts/N/`, `…#post-N`. */
export function postIdIn(href: string | undefined): string | undefined {
  return /(?:post\?id=|posts\/|#post-)(\d{1,18})/.exec(href ?? '')?.[1]
}

/** Addresses of a thread's pages, from what the page calls itself, else from where it was read. */
export function addressesOf(canonical: string | undefined, url: URL, id: string): PageAddresses {
  const told = canonical !== undefined && URL.canParse(canonical, url) ? new URL(canonical, url) : undefined
  const own = told && told.host === url.host && hasNumber(told, id) ? told : url
  const whole = `${own.origin}${own.pathname}${/^\?threads\//.test(own.search) ? own.search : ''}`
  const first = whole.replace(/\/(?:page-\d+|post-\d+|latest|unread)?\/?$/, '').replace(/&.*$/, '')
  return { first: `${first}/`, before: `${first}/page-`, after: '', start: 1, step: 1 }
}
