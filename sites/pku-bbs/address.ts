import type { PageAddresses } from '../../core/thread-page.ts'
import { isOnHosts } from '../define-site.ts'

/** The host that all mirrors share a thread's identity under. */
export const HOST = 'bbs.pku.edu.cn'

/** Hosts of the site itself; `www.bdwm.net` is the same site. */
export const HOSTS = [HOST, 'bdwm.net']

const ROOT = `https://${HOST}/v2/`

/** The university's WebVPN: the site's pages under another host, behind a path that hides the real one. */
const VPN_HOST = 'wpn.pku.edu.cn'
const VPN_PATH = /^\/https?(?:-\d{1,5})?\/[\w.-]+(?=\/)/

/** What a page's address says it is. */
export type PageKind = 'thread' | 'single-post' | 'phone'

const KINDS: Readonly<Record<string, PageKind>> = {
  '/v2/post-read.php': 'thread',
  '/v2/post-read-single.php': 'single-post',
  '/v2/mobile/post-read.php': 'phone',
  '/v2/mobile/post-read-single.php': 'phone',
}

/** Undefined for what is no page of posts of this site. */
export function pageKind(url: URL): PageKind | undefined {
  const path = sitePath(url)
  return path !== undefined && Object.hasOwn(KINDS, path) ? KINDS[path] : undefined
}

/** The path that the site itself knows the page by. */
function sitePath(url: URL): string | undefined {
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return undefined
  if (isOnHosts(url, HOSTS)) return url.pathname
  const prefix = vpnPrefix(url)
  return prefix === undefined ? undefined : url.pathname.slice(prefix.length)
}

function vpnPrefix(url: URL): string | undefined {
  return url.hostname === VPN_HOST ? VPN_PATH.exec(url.pathname)?.[0] : undefined
}

/** The same page's address on the site's own host: what relative links of the page are read against. */
export function canonicalAddress(url: URL): URL {
  return new URL(`https://${HOST}${sitePath(url) ?? url.pathname}${url.search}`)
}

/**
 * Maps addresses of the page's own WebVPN back to the site's; every other address stays. The part of the path that
 * stands for another host is enciphered, so only the page's own can be undone.
 */
export function addressMapper(url: URL): (address: string) => string {
  const prefix = vpnPrefix(url)
  if (prefix === undefined) return (address) => address
  return (address) => {
    const target = new URL(address)
    // Links that the VPN left without its prefix were read against the site's own host and are right already.
    if (target.hostname !== VPN_HOST && target.hostname !== HOST) return address
    if (!target.pathname.startsWith(`${prefix}/`)) return address
    return `https://${HOST}${target.pathname.slice(prefix.length)}${target.search}${target.hash}`
  }
}

/** Canonical address of a thread's first page. */
export function threadAddress(board: string | undefined, thread: string): string {
  return `${ROOT}post-read.php?${board === undefined ? '' : `bid=${board}&`}threadid=${thread}`
}

/**
 * Where the pages of a thread stand for a reader who reads at `url`: on the same mirror, or through the same VPN, for
 * that is where the reader is logged in.
 */
export function pageAddresses(url: URL, board: string | undefined, thread: string): PageAddresses {
  const { pathname, search } = new URL(threadAddress(board, thread))
  const first = `${url.origin}${vpnPrefix(url) ?? ''}${pathname}${search}`
  return { first, before: `${first}&page=`, after: '', start: 1, step: 1 }
}

/** A post's permalink: it leads to whichever page the post stands on by then. */
export function postAddress(board: string | undefined, thread: string, post: string): string {
  return `${threadAddress(board, thread)}&page=a&postid=${post}#${post}`
}

/** An id as the site writes it; undefined for anything else. */
export function parseId(value: string | null | undefined): string | undefined {
  return value && /^\d{1,18}$/.test(value.trim()) ? value.trim() : undefined
}

/** A query's id, read from an address or from a link as it stands in a page. */
export function idIn(address: URL | string | undefined, name: string): string | undefined {
  if (address === undefined) return undefined
  if (typeof address === 'string') {
    if (!URL.canParse(address, ROOT)) return undefined
    return parseId(new URL(address, ROOT).searchParams.get(name))
  }
  return parseId(address.searchParams.get(name))
}

/** The post that an address points to: its fragment (the id alone, or after a P), else `postid`. */
export function linkedPostId(url: URL): string | undefined {
  return /^#[Pp]?(\d{1,18})$/.exec(url.hash)?.[1] ?? idIn(url, 'postid')
}
