/**
 * A post that came from a page has its links and images only in its HTML. Written to a dump they become inline markup
 * in the text, so that nothing of the post is lost; the text keeps its own lines.
 */
import type { Element, Nodes } from 'hast'
import type { Post } from '../../core/thread.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { parseFragment } from '../../dom/parse-html.ts'
import { bodyHtml, findWebTarget } from './body-html.ts'

/** Where a link opens or closes or an image stands: after so many characters other than white space. */
type Mark = OpenMark | CloseMark | { kind: 'image'; count: number; target: string; alt: string }

interface OpenMark {
  kind: 'open'
  count: number
  /** Index of its closing mark. */
  closing: number
}

interface CloseMark {
  kind: 'close'
  count: number
  target: string
  /** Index of its opening mark. */
  opening: number
}

const WHITE_SPACE = /\s/

/**
 * The text to write for a post: its own, with the links and images of its HTML as markup if it came from a page. A text
 * read from a dump has them already; its HTML then says something else than the text, and the text is taken as it is.
 */
export function bodyWithLinks({ html, text }: Post): string {
  if (!/<(?:a|img)\s/i.test(html) || html === bodyHtml(text)) return text
  const { characters, marks } = readMarks(parseFragment(html))
  return marks.length > 0 && characters === text.replace(/\s+/g, '') ? insertMarks(text, marks) : text
}

/** The characters of a tree without white space, and its links and images with http(s) targets, in its order. */
function readMarks(tree: Nodes): { characters: string; marks: Mark[] } {
  const parts: string[] = []
  const marks: Mark[] = []
  let count = 0
  const waiting: (Nodes | CloseMark)[] = [tree]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if ('kind' in next) {
      next.count = count
      ;(marks[next.opening] as OpenMark).closing = marks.length
      marks.push(next)
    } else if (next.type === 'text') {
      const characters = next.value.replace(/\s+/g, '')
      count += characters.length
      parts.push(characters)
    } else if ('children' in next) {
      const close = next.type === 'element' ? markElement(next, marks, count) : undefined
      if (close) waiting.push(close)
      for (let index = next.children.length - 1; index >= 0; index--) waiting.push(next.children[index]!)
    }
  }
  return { characters: parts.join(''), marks }
}

/** Adds the mark of an image or of a link's opening; returns the mark of the link's closing. */
function markElement(element: Element, marks: Mark[], count: number): CloseMark | undefined {
  const isImage = element.tagName === 'img'
  if (!isImage && element.tagName !== 'a') return undefined
  const target = findWritableTarget(attributeOf(element, isImage ? 'src' : 'href') ?? '')
  if (target === undefined) return undefined
  if (isImage) {
    const alt = (attributeOf(element, 'alt') ?? '').replace(/[[\]\s]+/g, ' ').trim()
    marks.push({ kind: 'image', count, target, alt })
    return undefined
  }
  const close: CloseMark = { kind: 'close', count, target, opening: marks.length }
  marks.push({ kind: 'open', count, closing: marks.length })
  return close
}

function findWritableTarget(address: string): string | undefined {
  const target = findWebTarget(address)
  return target === undefined || isBalanced(target, '(', ')')
    ? target
    : target.replaceAll('(', '%28').replaceAll(')', '%29')
}

/** The text with the marks as inline markup. */
function insertMarks(text: string, marks: Mark[]): string {
  const places = placesOf(text, marks)
  const parts: string[] = []
  let done = 0
  for (const [index, mark] of marks.entries()) {
    const place = places[index]!
    parts.push(text.slice(done, place))
    done = place
    if (mark.kind === 'image') parts.push(`![${mark.alt}](${mark.target})`)
    else if (mark.kind === 'close') {
      const isEmpty = places[mark.opening] === place && mark.opening === index - 1
      const isLabel = isLinkText(text.slice(places[mark.opening], place))
      // A text that markup cannot hold stands before its link, which then shows its address.
      if (!isEmpty) parts.push(isLabel ? `](${mark.target})` : `[](${mark.target})`)
    } else {
      const end = places[mark.closing]!
      const isEmpty = end === place && mark.closing === index + 1
      if (!isEmpty && isLinkText(text.slice(place, end))) parts.push('[')
    }
  }
  parts.push(text.slice(done))
  return parts.join('')
}

/** Where in the text each mark stands, in ascending order: a link begins and ends at a character, not at a space. */
function placesOf(text: string, marks: Mark[]): number[] {
  let place = 0
  let count = 0
  return marks.map((mark) => {
    for (; count < mark.count; place++) if (!WHITE_SPACE.test(text.charAt(place))) count++
    const hasText = mark.kind === 'open' && marks[mark.closing]!.count > mark.count
    while (hasText && WHITE_SPACE.test(text.charAt(place))) place++
    return place
  })
}

/** True for text that may stand in the brackets of a link. */
function isLinkText(text: string): boolean {
  return !text.includes('\n') && !text.includes('\r') && isBalanced(text, '[', ']')
}

function isBalanced(text: string, open: string, close: string): boolean {
  let depth = 0
  for (const character of text) {
    if (character === open) depth++
    else if (character === close && --depth < 0) return false
  }
  return depth === 0
}
