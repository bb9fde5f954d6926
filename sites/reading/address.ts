/** Addresses of forum pages: what light halves ask of them, and what heavy halves make of them. No DOM, no trees. */

import type { PageProbe } from '../../dom/query.ts'

/** True for the addresses that a page can have been read from. */
export function isWebAddress({ protocol }: URL): boolean {
  return protocol === 'https:' || protocol === 'http:'
}

/** A numeric id as forums write it; undefined for anything else. */
export function parseId(value: string | null | undefined): string | undefined {
  return value && /^\d{1,18}$/.test(value.trim()) ? value.trim() : undefined
}

/** A numeric id in a query (`?t=123`), of an address or of a link as it stands in a page. */
export function idIn(address: URL | string | null | undefined, name: string): string | undefined {
  if (typeof address === 'string') {
    return URL.canParse(address, 'https://forum.invalid/')
      ? idIn(new URL(address, 'https://forum.invalid/'), name)
      : undefined
  }
  return parseId(address?.searchParams.get(name))
}

/** True when a number stands in the address by itself, not as a part of a longer one. */
export function hasNumber({ pathname, search }: URL, number: string): boolean {
  return `${pathname}${search}`.split(/\D+/).includes(number)
}

/** The host that a forum's identity is made of: mirrors with and without `www.` are one. */
export function canonicalHost({ host }: URL): string {
  return host.toLowerCase().replace(/^www\./, '')
}

/** Address against which a page's relative ones are read: its `<base>`, where that is the web's, else its own. */
export function baseIn(page: PageProbe, url: URL): string {
  const href = page.querySelector('base[href]')?.getAttribute('href')
  if (!href || !URL.canParse(href, url)) return url.href
  const base = new URL(href, url)
  return isWebAddress(base) ? base.href : url.href
}

/** An address without its session: a parameter of this name with 32 hexadecimal digits. */
export function withoutSession(address: string, name: string): string {
  if (!address.includes(`${name}=`) || !URL.canParse(address)) return address
  const url = new URL(address)
  if (!/^[\da-f]{32}$/i.test(url.searchParams.get(name) ?? '')) return address
  // Edited as text: going through URLSearchParams would spell the other parameters anew.
  url.search = url.search
    .slice(1)
    .split('&')
    .filter((part) => !part.startsWith(`${name}=`))
    .join('&')
  return url.href
}

/** A whole number from 1 to a million, as it stands alone in a text; undefined for anything else. */
export function pageNumber(text: string | null | undefined): number | undefined {
  const digits = /^\D{0,6}?(\d{1,6})\D{0,6}$/.exec(text?.replace(/[,\s]/g, '') ?? '')?.[1]
  return digits === undefined || Number(digits) === 0 ? undefined : Number(digits)
}

/** The two numbers of `Page 34 of 40`, `Seite 34 von 40`, `第 3 / 12 页`. */
export function pageOf(text: string | undefined): { page: number; pageCount: number } | undefined {
  const match = /(?<!\d)(\d{1,6})\D{1,12}(\d{1,6})(?!\d)/.exec(text?.slice(0, 200) ?? '')
  const [page, pageCount] = [Number(match?.[1]), Number(match?.[2])]
  return page >= 1 && pageCount >= page ? { page, pageCount } : undefined
}
