import { renderHtml } from '../../dom/render-html.ts'
import { createElement } from './create-element.ts'
import { markOwnIndent } from './own-indents.ts'
import { createPicture } from './picture-parts.ts'
import type { FindAddress } from './picture-parts.ts'
import { boxTables } from './wide-boxes.ts'

/** Nothing that is made in here loads: a picture made in the page itself would be fetched at once. */
const inert = document.implementation.createHTMLDocument()

/**
 * Builds the element of a post's own words, `.post-body`. Kept pictures come from the archive; those of the web become buttons that show them: the
 * reader page asks no server for anything by itself, and a dump from a stranger cannot find out that it was opened.
 */
export function buildBody(html: string, find: FindAddress, document: Document): HTMLElement {
  const fragment = renderHtml(html, inert)
  for (const picture of fragment.querySelectorAll('img')) {
    if (picture.src.startsWith('data:')) continue
    const [width, height] = ['width', 'height'].map((name) => picture.getAttribute(name) ?? undefined)
    picture.replaceWith(createPicture({ src: picture.src, alt: picture.alt, width, height }, find, inert))
  }
  trimBlank(fragment)
  boxTables(fragment)
  markBareLinks(fragment)
  for (const styled of fragment.querySelectorAll<HTMLElement>('[style]')) markColours(styled)
  const body = createElement(document, 'div', 'post-body', fragment)
  for (const text of textsOf(body)) {
    text.data = loosenSpaces(text.data)
    markOwnIndent(text, body)
  }
  return body
}

/** Takes away blank lines before the first words and after the last: they parted the post from the forum's own lines. */
function trimBlank(fragment: DocumentFragment): void {
  while (fragment.firstChild && isBlank(fragment.firstChild)) fragment.firstChild.remove()
  while (fragment.lastChild && isBlank(fragment.lastChild)) fragment.lastChild.remove()
}

function isBlank(node: Node): boolean {
  if (node.textContent?.trim()) return false
  return !(node instanceof Element) || !(node.matches('img, hr, button') || node.querySelector('img, hr, button'))
}

/** Forums write every space so that no line breaks at it: whole phrases would then hang together in one line. */
function loosenSpaces(text: string): string {
  return text.replace(/(?<=\S)\u00a0(?=\S)/g, ' ')
}

function textsOf(body: Element): Text[] {
  const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  while (walker.nextNode()) texts.push(walker.currentNode as Text)
  return texts
}

/**
 * The forum's colours were chosen for its own white page. They are kept as variables, from which the style sheet makes
 * colours that can be read on the theme's paper.
 */
function markColours(element: HTMLElement): void {
  const { color, backgroundColor } = element.style
  if (color) {
    element.style.removeProperty('color')
    element.style.setProperty('--ink-of-post', color)
    element.dataset.ink = ''
  }
  if (backgroundColor) {
    element.style.removeProperty('background-color')
    element.style.setProperty('--paper-of-post', backgroundColor)
    element.dataset.paper = ''
  }
}

/** Marks links whose words are their address: printed, they need not say it twice. */
function markBareLinks(fragment: DocumentFragment): void {
  for (const link of fragment.querySelectorAll('a')) {
    if (/^(?:https?:\/\/|www\.)\S+[^….\s]$/i.test(link.textContent.trim())) link.dataset.bare = ''
  }
}
