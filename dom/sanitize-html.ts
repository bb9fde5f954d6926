import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast'
import { judgeElement } from './allow-list.ts'
import type { AddressOptions } from './allow-list.ts'
import { attributeOf, setAttribute } from './attributes.ts'
import { MAX_DEPTH, parseFragment } from './parse-html.ts'
import { writeHtml } from './write-html.ts'

export interface SanitizeOptions extends AddressOptions {
  /** Leaves out an element with its content, before it is judged: quotes, signatures, what the site put into a body. */
  isDropped?: (element: Element) => boolean
  /**
   * Gives what stands in an element's place, before it is judged: a lazy picture with its real address, a spoiler as
   * HTML knows it. Undefined keeps the element. What is given is judged like the page's own, but not replaced again.
   */
  replace?: (element: Element) => ElementContent[] | undefined
}

/**
 * Cleans untrusted HTML by the allow-list. Addresses come back absolute; without `base` relative ones are dropped, as
 * there is nothing to read them against. Cleaning clean HTML changes nothing but what parsing it moves, such as a heading
 * that stood in a heading. Never throws.
 */
export function sanitizeHtml(html: string, options: SanitizeOptions = {}): string {
  return writeHtml(sanitizeTree(parseFragment(html), options))
}

/**
 * Cleans the children of a node by the allow-list into a new tree of its own; the node itself is neither judged nor
 * changed. Linear in the size of the tree, and safe for trees of any depth.
 */
export function sanitizeTree(node: Root | Element, options: SanitizeOptions = {}): Root {
  const root: Root = { type: 'root', children: [] }
  const levels: Level[] = [{ from: node.children, next: 0, to: root.children, depth: 0, isInLink: false }]
  for (let level = levels.at(-1); level; level = levels.at(-1)) {
    const child = level.from[level.next++]
    if (!child) levels.pop()
    else if (child.type === 'text') appendText(level.to, child.value)
    else if (child.type === 'element') enter(child, level, levels, options)
  }
  return root
}

interface Level {
  from: Nodes[]
  next: number
  to: (RootContent | ElementContent)[]
  /** Of the cleaned tree: unwrapped elements do not count. */
  depth: number
  isInLink: boolean
  /** Stands in the place of an element; else a replacement that holds its own kind would never end. */
  isReplacement?: boolean
}

function enter(element: Element, level: Level, levels: Level[], options: SanitizeOptions): void {
  const { to, depth, isInLink } = level
  if (options.isDropped?.(element)) return
  const replacement = level.isReplacement ? undefined : options.replace?.(element)
  if (replacement) {
    levels.push({ from: replacement, next: 0, to, depth, isInLink, isReplacement: true })
    return
  }
  const hasAttributes = Object.keys(element.properties).length > 0
  const attribute = hasAttributes ? (name: string) => attributeOf(element, name) : undefined
  const verdict = judgeElement(element.tagName, attribute, options)
  if (verdict === 'drop') return
  const isLink = verdict !== 'unwrap' && verdict.tag === 'a'
  // A link in a link cannot be written: read back, the outer one would end there and come again around what follows.
  if (verdict === 'unwrap' || depth >= MAX_DEPTH || (isInLink && isLink)) {
    levels.push({ from: element.children, next: 0, to, depth, isInLink })
    return
  }
  const clean: Element = { type: 'element', tagName: verdict.tag, properties: {}, children: [] }
  for (const [name, value] of verdict.attributes) setAttribute(clean.properties, name, value)
  to.push(clean)
  levels.push({
    ...{ from: element.children, next: 0, to: clean.children },
    ...{ depth: depth + 1, isInLink: isInLink || isLink },
  })
}

function appendText(to: Level['to'], value: string): void {
  const last = to.at(-1)
  if (last?.type === 'text') last.value += value
  else if (value) to.push({ type: 'text', value })
}
