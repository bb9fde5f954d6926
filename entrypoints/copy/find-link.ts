import { findContextTarget } from '../../dom/context-target.ts'
import type { CopyRequest } from '../../messages/protocol.ts'

export interface FoundLink {
  url: string
  /** The link's words, or the words for the picture in it; empty where it has neither. */
  text: string
}

/** The link that was clicked, or that has the focus. */
export function findLink({ by, linkUrl, linkText }: CopyRequest, document: Document): FoundLink | undefined {
  if (by === 'key') {
    const focused = closestLink(document.activeElement)
    return focused && { url: addressOf(focused), text: textOf(focused) }
  }
  if (linkUrl === undefined) return undefined
  // A browser that tells the words has read them off the very link; elsewhere the page is asked.
  return { url: linkUrl, text: linkText?.trim() || textOf(findClicked(document, linkUrl)) }
}

/** The link that was clicked, or else one that leads to the same address. */
function findClicked(document: Document, url: string): Element | undefined {
  const candidates = [closestLink(findContextTarget()), closestLink(document.activeElement), ...document.links]
  return (
    candidates.find((link) => link && addressOf(link) === url && textOf(link)) ??
    candidates.find((link) => link && addressOf(link) === url)
  )
}

function closestLink(element: Element | null | undefined): Element | undefined {
  return element?.closest('a[href], area[href]') ?? undefined
}

function addressOf(link: Element): string {
  const { href } = link as { href?: unknown }
  return typeof href === 'string' ? href : '' // A link in an SVG has an object there; the menu gives its address.
}

function textOf(link: Element | undefined): string {
  const text = link?.textContent?.trim()
  return text || link?.querySelector('img[alt]')?.getAttribute('alt')?.trim() || link?.getAttribute('alt')?.trim() || ''
}
