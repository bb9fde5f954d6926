import type { Element, Root, RootContent } from 'hast'
import type { Quote } from '../../core/thread.ts'
import type { Scope } from '../../dom/query.ts'
import { hasClass, lineOf } from '../../dom/query.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { SanitizeOptions } from '../../dom/sanitize-html.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import { writeHtml } from '../../dom/write-html.ts'

/** What of a body another wrote, and what stands below it where one of its tags was never closed. */
const NOT_OWN = '.quotehead, .blockquote, .quote-expand, .signature, .attachment, .post-vote-line, .operations'

/** A post's own words, as sanitised HTML and as text, apart from what it quotes. */
export interface Body {
  html: string
  text: string
  quotes: Quote[]
}

/**
 * Splits a post's body. A quote is a head (`p.quotehead`) and the lines that follow it (`p.blockquote`), before, after
 * or between own words; quotes in quotes come flat, as lines of the outer one.
 */
export function readBody(post: Scope, body: Element, options: SanitizeOptions): Body {
  const parts = post.within(body)
  const notOwn = new Set(parts.all(NOT_OWN))
  const own = sanitizeTree(body, { ...options, isDropped: (element) => notOwn.has(element) || isCard(element) })
  trimEnd(own)
  return { html: writeHtml(own).trim(), text: textOf(own), quotes: readQuotes(parts) }
}

/** The next post, where a tag of this one was never closed. */
function isCard(element: Element): boolean {
  return hasClass(element, 'post-card')
}

function readQuotes(parts: Scope): Quote[] {
  const quotes: Quote[] = []
  let lines: string[] = []
  const finish = () => {
    const quote = quotes.at(-1)
    if (quote) quote.excerpt = lines.join('\n').replace(/^\n+/, '').trimEnd()
    lines = []
  }
  for (const element of parts.all('.quotehead, .blockquote, .quote-expand')) {
    if (isInQuote(parts, element)) continue
    if (hasClass(element, 'quotehead')) {
      finish()
      quotes.push(readQuoteHead(element))
    } else if (!isExpandButton(element) && !parts.within(element).first('.quotehead, .blockquote')) {
      // Lines without a head are still another's words: a quote whose author is not told.
      if (!quotes.length) quotes.push({ username: '', excerpt: '' })
      lines.push(textOf(withoutButtons(parts, element)))
    }
  }
  finish()
  return quotes
}

/** True within a line that is read as a whole already. */
function isInQuote(parts: Scope, element: Element): boolean {
  if (!hasClass(element, 'quote-expand') || hasClass(element, 'blockquote')) return false
  return parts.closest(element, '.blockquote') !== undefined
}

/** The control that unfolds a long quote, not one of its lines. */
function isExpandButton(element: Element): boolean {
  if (!hasClass(element, 'quote-expand')) return false
  if (element.tagName === 'a' || element.tagName === 'button') return true
  const label = lineOf(element)
  return label.length <= 20 && /^[\s.…[(（【>»]*(?:点击|展开|收起|显示|查看|更多|$)/.test(label)
}

function withoutButtons(parts: Scope, element: Element): Root {
  const buttons = new Set(parts.within(element).all('.quote-expand'))
  return sanitizeTree(element, { isDropped: (inner) => buttons.has(inner) })
}

/** `USER (nickname) 在 ta 的帖子中提到：`, for heads that lost their attributes. */
const HEAD_TEXT = /^(\S{1,40})(?: \((.*)\))? ?在 ?(?:ta|他|她) ?的/

function readQuoteHead(head: Element): Quote {
  const told = attributeOf(head, 'data-username')?.trim()
  const shown = told ? undefined : HEAD_TEXT.exec(lineOf(head).slice(0, 200))
  const nickname = plainText(attributeOf(head, 'data-nickname') ?? shown?.[2] ?? '')
  return { username: told || (shown?.[1] ?? ''), ...(nickname && { nickname }), excerpt: '' }
}

/** Text of an attribute that may hold markup as text: nicknames are coloured by their owners. */
export function plainText(value: string): string {
  const isMarkup = /<\/?[a-z]|&[a-z#]/i.test(value)
  const text = (isMarkup && textOf(value)) || value
  return text.replace(/\s+/g, ' ').trim()
}

/** Takes away the empty paragraphs at the end, which stood between the own words and the quote. */
function trimEnd(tree: Root): void {
  for (let last = tree.children.at(-1); last && isBlank(last); last = tree.children.at(-1)) tree.children.pop()
}

function isBlank(node: RootContent): boolean {
  if (node.type === 'text') return !node.value.trim()
  if (node.type !== 'element') return true
  if (node.tagName === 'br') return true
  return (
    node.tagName === 'p' &&
    node.children.every((child) => (child.type !== 'element' ? isBlank(child) : child.tagName === 'br'))
  )
}
