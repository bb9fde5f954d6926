import { judgeElement } from './allow-list.ts'
import type { AddressOptions, Verdict } from './allow-list.ts'

/**
 * Renders HTML into nodes for the reader page. The text is parsed inertly (nothing loads, no script runs), walked by
 * the same allow-list as everywhere, and each node is made anew: no HTML is ever assigned to the live document.
 * Links open apart and tell the site nothing; pictures load when near, without a referrer. Never throws.
 */
export function renderHtml(html: string, document: Document, options: AddressOptions = {}): DocumentFragment {
  const parsed = new DOMParser().parseFromString(html, 'text/html')
  const fragment = document.createDocumentFragment()
  const waiting: { from: Node; to: Node }[] = [{ from: parsed.body, to: fragment }]
  for (let level = waiting.pop(); level; level = waiting.pop()) renderChildren(level, waiting, document, options)
  return fragment
}

/**
 * Appends copies of a node's children. Elements that are unwrapped are walked through in place; those that are kept
 * wait for a turn of their own, so that nothing recurses: a hostile text may nest as deep as it likes.
 */
function renderChildren(
  { from, to }: { from: Node; to: Node },
  waiting: { from: Node; to: Node }[],
  document: Document,
  options: AddressOptions,
): void {
  let node: Node | null = from.firstChild
  while (node) {
    let inside: Node | null = null
    if (node.nodeType === Node.TEXT_NODE) to.appendChild(document.createTextNode(node.nodeValue ?? ''))
    else if (node.nodeType === Node.ELEMENT_NODE) {
      const element = node as Element
      const verdict = judgeElement(element.localName, (name) => element.getAttribute(name) ?? undefined, options)
      if (verdict === 'unwrap') inside = element.firstChild
      else if (verdict !== 'drop') {
        const copy = createElement(verdict, document)
        to.appendChild(copy)
        if (element.firstChild) waiting.push({ from: element, to: copy })
      }
    }
    node = inside ?? nextAfter(node, from)
  }
}

/** The next node after one, out of unwrapped elements but not out of `top`. */
function nextAfter(node: Node, top: Node): Node | null {
  for (let above: Node | null = node; above && above !== top; above = above.parentNode) {
    if (above.nextSibling) return above.nextSibling
  }
  return null
}

function createElement({ tag, attributes }: Exclude<Verdict, string>, document: Document): HTMLElement {
  const element = document.createElement(tag)
  for (const [name, value] of attributes) element.setAttribute(name, value)
  if (tag === 'a') {
    element.setAttribute('rel', 'noopener noreferrer')
    element.setAttribute('target', '_blank')
    element.setAttribute('referrerpolicy', 'no-referrer')
  }
  if (tag === 'img') {
    element.setAttribute('loading', 'lazy')
    element.setAttribute('decoding', 'async')
    element.setAttribute('referrerpolicy', 'no-referrer')
  }
  return element
}
