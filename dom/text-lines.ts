import type { TextLine } from '../core/headings.ts'

/** A line of a body as it is shown, and where its words begin. */
export interface PlacedLine extends TextLine {
  node: Text
  /** Offset of the line's first word in `node`. */
  offset: number
}

const BLOCKS = new Set(
  (
    'P DIV LI UL OL TABLE TBODY TR TD TH H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE SECTION ARTICLE FIGURE DETAILS SUMMARY ' +
    'DL DT DD HEADER FOOTER'
  ).split(' '),
)
const BOLD = 'b, strong, h1, h2, h3, h4, h5, h6'

/**
 * The lines of text below an element in page order: a block begins and ends lines, and so does `<br>`. Leaves out what
 * `isLeftOut`, and lines without words. Linear in the number of nodes below, times their depth.
 */
export function textLinesOf(root: Element, isLeftOut: (element: Element) => boolean): PlacedLine[] {
  const lines: PlacedLine[] = []
  let block: Element = root
  let isOpen = false
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && isLeftOut(node as Element)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  )
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeName === 'BR') isOpen = false
    if (node.nodeType !== Node.TEXT_NODE) continue
    const around = blockAround(node, root)
    if (around !== block) isOpen = false
    block = around
    const line = lines.at(-1)
    if (isOpen && line) extendLine(line, node as Text, root)
    else {
      const begun = beginLine(node as Text, root)
      isOpen = begun !== undefined
      if (begun) lines.push(begun)
    }
  }
  return lines
}

function beginLine(node: Text, root: Element): PlacedLine | undefined {
  const offset = node.data.search(/\S/)
  if (offset < 0) return undefined
  const heading = closest(node, root, 'h1, h2, h3, h4, h5, h6')
  return {
    text: node.data,
    node,
    offset,
    ...(closest(node, root, BOLD) && { isBold: true }),
    ...(heading && { markedLevel: Number(heading.nodeName[1]) }),
  }
}

function extendLine(line: PlacedLine, node: Text, root: Element): void {
  line.text += node.data
  if (line.isBold && node.data.trim() && !closest(node, root, BOLD)) delete line.isBold
}

function blockAround(node: Node, root: Element): Element {
  let element = node.parentElement
  while (element && element !== root && !BLOCKS.has(element.nodeName)) element = element.parentElement
  return element ?? root
}

function closest(node: Node, root: Element, selector: string): Element | undefined {
  const found = node.parentElement?.closest(selector)
  return found && found !== root && root.contains(found) ? found : undefined
}
