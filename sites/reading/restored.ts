import type { Element, ElementContent } from 'hast'
import { attributeOf } from '../../dom/attributes.ts'

/**
 * What others than the engine do to posts on their way to the reader, taken back: proxies that hide mail addresses,
 * counters and banners that owners put between the words. The same on every forum.
 */

/** Pictures that advertisers have put into pages: host and beginning of the path. */
const BANNERS: readonly string[] = [
  'a.impactradius-go.com/display-ad/',
  'ad.doubleclick.net/',
  'pagead2.googlesyndication.com/',
  'ad.linksynergy.com/fs-bin/show',
  'www.awin1.com/cshow.php',
  'static.shareasale.com/image/',
]

const HIDING_LINK = '/cdn-cgi/l/email-protection'

/** What stands in an element's place; undefined where nothing was done to it. */
export function restore(found: Element): ElementContent[] | undefined {
  switch (found.tagName) {
    case 'img':
      return isCounter(found) || isBanner(found) ? [] : undefined
    case 'a':
      return restoreAddress(found) ?? restoreLink(found)
    case 'span':
      return restoreAddress(found)
    default:
      return undefined
  }
}

function restoreAddress(found: Element): ElementContent[] | undefined {
  const address = hiddenAddress(attributeOf(found, 'data-cfemail') ?? '')
  return address === undefined ? undefined : [{ type: 'text', value: address }]
}

/** A mail address as the proxy writes it: in hexadecimal digits, each byte mixed with the first. */
function hiddenAddress(hex: string): string | undefined {
  if (!/^(?:[\da-f]{2}){4,200}$/i.test(hex)) return undefined
  const [key = 0, ...rest] = hex.match(/../g)!.map((pair) => Number.parseInt(pair, 16))
  return new TextDecoder().decode(Uint8Array.from(rest, (byte) => byte ^ key))
}

/** Links to nowhere and to the proxy's own page are their words; around a banner, nothing. */
function restoreLink(found: Element): ElementContent[] | undefined {
  const href = attributeOf(found, 'href')?.trim()
  if (href === '' || href?.includes(HIDING_LINK)) return [{ ...found, properties: {} }]
  const seen = found.children.filter((child) => child.type !== 'text' || child.value.trim() !== '')
  const isEmpty = seen.length > 0 && seen.every((child) => child.type === 'element' && isBanner(child))
  return isEmpty ? [] : undefined
}

/** A picture that is nothing to see. A width alone is how some scripts mark pictures that they have yet to load. */
function isCounter(picture: Element): boolean {
  return /^[01]$/.test(attributeOf(picture, 'width') ?? '') && /^[01]$/.test(attributeOf(picture, 'height') ?? '')
}

function isBanner(found: Element): boolean {
  if (found.tagName !== 'img') return false
  const address =
    attributeOf(found, 'src')
      ?.trim()
      .replace(/^(?:https?:)?\/\//, '') ?? ''
  return BANNERS.some((banner) => address.startsWith(banner))
}
