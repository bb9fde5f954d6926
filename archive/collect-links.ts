import type { Nodes } from 'hast'
import type { LinkCleaner } from '../core/links.ts'
import { parseUrl } from '../core/links/address.ts'
import { findHostMismatch } from '../core/links/host-warning.ts'
import type { ThreadLink } from '../core/thread-overview.ts'
import type { Post } from '../core/thread.ts'
import { attributeOf } from '../dom/attributes.ts'
import { parseFragment } from '../dom/parse-html.ts'
import { textOf } from '../dom/text-of.ts'

/** Collects the links in posts' own words, in page order: each clean address once, with every post it stands in. */
export class LinkCollector {
  #links = new Map<string, ThreadLink>()
  #base: string
  #clean: LinkCleaner

  /** @param base the thread's address, which relative links are read against */
  constructor(base: string, cleaner: LinkCleaner) {
    this.#base = base
    this.#clean = cleaner
  }

  get links(): ThreadLink[] {
    return [...this.#links.values()]
  }

  /** Never throws; links to anything but `http(s)` addresses are passed over. */
  add({ id, floor, html }: Pick<Post, 'id' | 'floor' | 'html'>): void {
    // Most posts have none, and parsing is what costs.
    if (!/<a\s/i.test(html)) return
    const place = { postId: id, ...(floor === undefined ? {} : { floor }) }
    for (const { href, text } of findAnchors(parseFragment(html))) {
      const { url, original, warning } = this.#clean(href, this.#base)
      if (!isWebAddress(url)) continue
      const known = this.#links.get(url)
      // Posts come one after another: only the last can be this one.
      if (known) {
        if (known.places.at(-1)!.postId !== id) known.places.push(place)
        continue
      }
      const doubt = warning ?? (findHostMismatch(text, url) && 'host-mismatch')
      this.#links.set(url, { postId: id, places: [place], text, original, url, ...(doubt && { warning: doubt }) })
    }
  }
}

function isWebAddress(url: string): boolean {
  const protocol = parseUrl(url)?.protocol
  return protocol === 'http:' || protocol === 'https:'
}

/** The links of a tree in document order, with a stack of its own: posts nest as deep as their authors like. */
function* findAnchors(tree: Nodes): Generator<{ href: string; text: string }> {
  const waiting: Nodes[] = [tree]
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'element' && node.tagName === 'a') {
      const href = attributeOf(node, 'href')
      if (href) yield { href, text: textOf(node).replace(/\s+/g, ' ').trim() }
    }
    if ('children' in node) waiting.push(...node.children.toReversed())
  }
}
