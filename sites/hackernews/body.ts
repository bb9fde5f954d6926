import type { Element, ElementContent } from 'hast'
import type { Quote } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { hasClass, lineOf } from '../../dom/query.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import { element, joinBodies, linkBody, readBody } from '../reading/body.ts'
import type { Body, BodyRules } from '../reading/body.ts'

const BODY: BodyRules = { notOwn: '.reply', replace: wholeLink }

/**
 * Reads a comment's words and its quotes, which the site has no form for: by custom a paragraph that begins with `>` is
 * one. Paragraphs stand after the first words, which have no frame of their own.
 */
export function bodyOf(post: Scope, body: Element, options: AddressOptions): Body & { quotes: Quote[] } {
  const quotes: Quote[] = []
  const own: ElementContent[] = []
  for (const paragraph of paragraphsOf(body)) {
    const text = textOf(sanitizeTree(element('div', paragraph), options))
    if (text.startsWith('>')) quotes.push({ username: '', excerpt: withoutMarks(text) })
    else own.push(...paragraph)
  }
  return { ...readBody(post, element('div', own), BODY, options), quotes }
}

function paragraphsOf(body: Element): ElementContent[][] {
  const paragraphs: ElementContent[][] = [[]]
  for (const child of body.children) {
    if (child.type === 'element' && hasClass(child, 'reply')) continue
    const isBlock = child.type === 'element' && (child.tagName === 'p' || child.tagName === 'pre')
    // What is left where code begins a paragraph.
    if (isBlock && !child.children.length) continue
    if (isBlock) paragraphs.push([child], [])
    else paragraphs.at(-1)!.push(child)
  }
  return paragraphs.filter((paragraph) => paragraph.length > 0)
}

function withoutMarks(text: string): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^[>\s]{1,20}/, ''))
    .join('\n')
}

/** The site cuts long addresses where they are shown; the link holds the whole. */
function wholeLink(found: Element): ElementContent[] | undefined {
  if (found.tagName !== 'a') return undefined
  const [href, shown] = [attributeOf(found, 'href'), lineOf(found)]
  if (href === undefined || !shown.endsWith('...') || !href.startsWith(shown.slice(0, -3))) return undefined
  return [{ ...found, children: [{ type: 'text', value: href }] }]
}

/** The story's address and, below it, its own words. */
export function storyBody(
  story: Scope,
  link: string | undefined,
  words: Element | undefined,
  options: AddressOptions,
): Body {
  return joinBodies([linkBody(link, options), ...(words ? [readBody(story, words, BODY, options)] : [])])
}
