import type { Quote } from '../core/thread.ts'
import { isElement } from '../dom/node-kinds.ts'
import { isMark } from '../dom/page-marks.ts'
import { liveText } from '../dom/live-text.ts'
import type { Site, TextPlace } from '../sites/define-site.ts'
import type { LivePost } from './live-page.ts'

/** A quote as it stands in a post of a page. */
export interface LiveQuote extends Quote {
  /** Where words about the quote stand, and a control belongs. */
  readonly head: HTMLElement
  /** All that the quote consists of. */
  readonly parts: readonly HTMLElement[]
  /** The nodes that hold another's words. */
  readonly words: readonly ChildNode[]
  /** The lines of those words. */
  readonly lines: readonly string[]
  /** True where the site folds it by itself. */
  readonly isFoldedBySite: boolean
  /** True where it is from another thread. */
  readonly isOfOtherThread: boolean
}

/** A quote, and the post that it is from as far as that is known. */
export interface PlacedQuote {
  readonly quote: LiveQuote
  /** The post that it stands in. */
  readonly post: LivePost
  source: LivePost | undefined
  /** True where the source was found by author and words, for want of an id. */
  isGuess: boolean
}

/** The longest head of a quote that is looked at. */
const HEAD_CHARACTERS = 200

/** Reads what a post quotes, in page order; nothing where the site has no form for quotes. Quotes in quotes are left out. */
export function readQuotes({ element }: LivePost, { selectors }: Site, url: URL): LiveQuote[] {
  const { quote } = selectors
  if (!quote) return []
  const boxes = [...element.querySelectorAll<HTMLElement>(quote.box)]
  return boxes.flatMap((box) => {
    const post = box.closest(selectors.post)
    // Where posts stand in each other, the inner one's quotes are its own; a quote in a quote is part of the outer one.
    if (post !== element || box.parentElement?.closest(quote.box)) return []
    const following = quote.lines === undefined ? [] : followingLines(box, quote.lines)
    const isNotWords = (node: Node) =>
      isElement(node) && (isMark(node) || (quote.head !== undefined && node.matches(quote.head)))
    const words = quote.lines === undefined ? [...box.childNodes].filter((node) => !isNotWords(node)) : following
    const lines = (quote.lines === undefined ? [box] : following).flatMap((part) => linesOf(part, isNotWords))
    const head = findHead(box, quote.head)
    const thread = quote.thread === undefined ? null : box.getAttribute(quote.thread)
    const isOfOtherThread = thread !== null && !url.pathname.split(/\D+/).includes(thread)
    const postId = isOfOtherThread ? '' : readText(box, quote.postId)
    const nickname = readText(box, quote.nickname)
    return {
      username: readText(box, quote.author),
      ...(nickname && { nickname }),
      excerpt: lines.join('\n'),
      ...(postId && { postId }),
      head,
      parts: [box, ...following],
      words,
      lines,
      isFoldedBySite:
        quote.folded !== undefined &&
        [box, ...following].some((part) => part.matches(quote.folded!) || part.querySelector(quote.folded!) !== null),
      isOfOtherThread,
    }
  })
}

function followingLines(head: Element, selector: string): HTMLElement[] {
  const lines: HTMLElement[] = []
  for (let next = head.nextElementSibling; next; next = next.nextElementSibling) {
    if (isMark(next)) continue
    if (!next.matches(selector)) break
    lines.push(next as HTMLElement)
  }
  return lines
}

function linesOf(part: Element, isNotWords: (element: Element) => boolean): string[] {
  return liveText(part, isNotWords)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
}

/**
 * A head that is a line of its own, in which a control can stand at the end; else the box. A control in a link would be a
 * control in a control.
 */
function findHead(box: HTMLElement, selector: string | undefined): HTMLElement {
  const head = selector === undefined ? null : box.querySelector<HTMLElement>(selector)
  return head && /^(?:DIV|P|HEADER)$/.test(head.nodeName) && !head.closest('a, button') ? head : box
}

function readText(box: Element, place: TextPlace | undefined): string {
  if (!place) return ''
  const holder = place.in === undefined ? box : box.querySelector(place.in)
  const text = place.attribute === undefined ? holder?.textContent : holder?.getAttribute(place.attribute)
  const line = (text ?? '').replace(/\s+/g, ' ').trim().slice(0, HEAD_CHARACTERS)
  return (place.pattern ? place.pattern.exec(line)?.[1] : line)?.trim() ?? ''
}
