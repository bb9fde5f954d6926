import type { Element, ElementContent, Nodes } from 'hast'
import type { Quote } from '../../core/thread.ts'
import { cleanAddress } from '../../dom/allow-list.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import type { SanitizeOptions } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import { writeHtml } from '../../dom/write-html.ts'
import { restore } from './restored.ts'

/** What an engine puts into bodies, by selectors in the grammar of `Scope`. */
export interface BodyRules {
  /** Not the post's own words: quotes, signatures, edit notes, controls. */
  notOwn: string
  /** Pictures that stand for characters; their text takes their place. */
  emoji?: string
  /** Attributes that hold a picture's real address while `src` holds a placeholder or a proxy, best first. */
  pictureAddress?: readonly string[]
  /** What hides its content until it is asked for; becomes `<details>`. */
  spoiler?: { box: string; label?: string; content?: string }
  /** Code among numbered lines or controls; `content` alone is kept, as `<pre>`. */
  code?: { box: string; content: string }
  /** What else stands for something that HTML has a form for. */
  replace?: (element: Element) => ElementContent[] | undefined
}

const LAZY_ADDRESS = ['data-original', 'data-src', 'data-lazy-src', 'data-lazy']

/** A post's own words, as sanitised HTML and as text. */
export interface Body {
  html: string
  text: string
}

/** Reads the own words below an element of a post. */
export function readBody(post: Scope, body: Element, rules: BodyRules, options: AddressOptions): Body {
  const own = sanitizeTree(body, cleaning(post.within(body), rules, rules.notOwn, options))
  while (isBlank(own.children.at(-1))) own.children.pop()
  own.children.splice(
    0,
    Math.max(
      0,
      own.children.findIndex((child) => !isBlank(child)),
    ),
  )
  return { html: writeHtml(own).trim(), text: textOf(own) }
}

/** An address as a post's words, for what was posted as a link; nothing without one that leads to the web. */
export function linkBody(address: string | undefined, options: AddressOptions): Body {
  const url = address === undefined ? undefined : cleanAddress(address, options)
  if (url === undefined) return { html: '', text: '' }
  const link: Element = { ...element('a', [text(url)]), properties: { href: url } }
  return { html: writeHtml({ type: 'root', children: [element('p', [link])] }), text: url }
}

/** Bodies one below the other as one. */
export function joinBodies(bodies: readonly Body[]): Body {
  const kept = bodies.filter(({ html }) => html)
  return { html: kept.map(({ html }) => html).join(''), text: kept.map((body) => body.text).join('\n') }
}

/** Elements that are something to see without holding text. */
const SEEN = new Set(['img', 'hr', 'td', 'th', 'details'])

/** True for what a quote or a signature leaves behind at an end of a body: line ends and empty frames. */
function isBlank(node: Nodes | undefined): boolean {
  if (!node) return false
  const waiting: Nodes[] = [node]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'text' ? next.value.trim() : next.type === 'element' && SEEN.has(next.tagName)) return false
    if ('children' in next) for (const child of next.children) waiting.push(child)
  }
  return true
}

/** How an engine writes quotes. */
export interface QuoteRules {
  /** The whole quote, head and all; quotes in quotes belong to the outer one and are left out of its words. */
  box: string
  /** Inside of a box: words about the quote, not of it. */
  head?: string
  /** Inside of a box: the quoted words, where they have an element of their own. */
  content?: string
  username: (quote: Scope) => string | undefined
  postId?: (quote: Scope) => string | undefined
}

/** Reads what a post quotes, in page order; quotes in quotes are not the post's own answer and are left out. */
export function readQuotes(
  post: Scope,
  body: Element,
  quotes: QuoteRules,
  rules: BodyRules,
  options: AddressOptions,
): Quote[] {
  const parts = post.within(body)
  const boxes = parts.all(quotes.box)
  const nested = new Set<Element>()
  const found: Quote[] = []
  for (const box of boxes) {
    if (nested.has(box)) continue
    const inside = parts.within(box)
    for (const inner of inside.all(quotes.box)) nested.add(inner)
    const quote = parts.within(box, quotes.box)
    // What is none of a post's own words (labels of code, edit notes) is none of a quote's either.
    const dropped = [quotes.box, quotes.head, rules.notOwn].filter(Boolean).join(', ')
    const content = (quotes.content !== undefined && quote.first(quotes.content)) || box
    const excerpt = textOf(sanitizeTree(content, cleaning(inside, rules, dropped, options)))
    const postId = quotes.postId?.(quote)
    found.push({ username: quotes.username(quote) ?? '', excerpt, ...(postId !== undefined && { postId }) })
  }
  return found
}

function cleaning(parts: Scope, rules: BodyRules, notOwn: string, options: AddressOptions): SanitizeOptions {
  const dropped = new Set(parts.all(notOwn))
  const emoji = new Set(rules.emoji === undefined ? [] : parts.all(rules.emoji))
  const spoilers = new Set(rules.spoiler === undefined ? [] : parts.all(rules.spoiler.box))
  const codes = new Set(rules.code === undefined ? [] : parts.all(rules.code.box))
  const addresses = [...(rules.pictureAddress ?? []), ...LAZY_ADDRESS]
  return {
    ...options,
    isDropped: (element) => dropped.has(element),
    replace: (element) => {
      if (emoji.has(element)) {
        const own = emojiText(element)
        if (own) return [text(own)] // One without a name stays a picture.
      }
      if (spoilers.has(element)) return [asDetails(parts.within(element), element, rules.spoiler!)]
      if (codes.has(element)) return [asCode(parts.within(element), element, rules.code!)]
      return (
        restore(element) ??
        (element.tagName === 'img' ? realPicture(element, addresses) : undefined) ??
        rules.replace?.(element)
      )
    },
  }
}

function text(value: string): ElementContent {
  return { type: 'text', value }
}

/** `:)` as the picture's own text says, else its name in brackets; some engines write the name (`Smile`) as both. */
function emojiText(picture: Element): string {
  const own = attributeOf(picture, 'alt')?.trim() || attributeOf(picture, 'data-shortname')?.trim()
  const name = attributeOf(picture, 'title')?.trim()
  if (own && !(own === name && /^\p{L}/u.test(own))) return own
  return name ? `[${name}]` : ''
}

function asDetails(parts: Scope, box: Element, { label, content }: NonNullable<BodyRules['spoiler']>): Element {
  const head = label === undefined ? undefined : parts.first(label)
  const inside = content === undefined ? undefined : parts.first(content)
  const children = inside ? inside.children : box.children.filter((child) => child !== head)
  const summary = element('summary', [text((head && lineOf(head)) || 'Spoiler')])
  return element('details', [summary, ...children])
}

function asCode(parts: Scope, box: Element, { content }: NonNullable<BodyRules['code']>): Element {
  const lines = parts.all(content)
  if (!lines.length) return element('pre', box.children)
  const joined = lines.map((line) => textOf(element('pre', line.children)))
  return element('pre', [text(joined.join('\n'))])
}

/** The picture with its real address, when it waits for a script to set it. */
function realPicture(picture: Element, attributes: readonly string[]): ElementContent[] | undefined {
  for (const name of attributes) {
    const address = attributeOf(picture, name)?.trim()
    if (!address || address.startsWith('data:')) continue
    return [{ ...picture, properties: { ...picture.properties, src: address } }]
  }
  return undefined
}

/** An element without attributes. */
export function element(tagName: string, children: ElementContent[]): Element {
  return { type: 'element', tagName, properties: {}, children }
}
