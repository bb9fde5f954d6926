/** The text below an element, and which of its nodes each part came from. */
export interface PlacedText {
  text: string
  /** In page order; `start` is where the node's text begins in `text`. */
  pieces: { node: Text; start: number }[]
}

/** Elements that part words even where no white space stands between them. */
const PARTING = new Set('P BR DIV LI TR TD TH H1 H2 H3 H4 H5 H6 BLOCKQUOTE PRE'.split(' '))

/** Reads the text below an element; what `isLeftOut` is passed over, blocks are parted by a line end. */
export function placedTextOf(root: Element, isLeftOut: (element: Element) => boolean): PlacedText {
  const pieces: PlacedText['pieces'] = []
  let text = ''
  const walker = root.ownerDocument.createTreeWalker(root, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, (node) =>
    node.nodeType === Node.ELEMENT_NODE && isLeftOut(node as Element)
      ? NodeFilter.FILTER_REJECT
      : NodeFilter.FILTER_ACCEPT,
  )
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === Node.TEXT_NODE) {
      pieces.push({ node: node as Text, start: text.length })
      text += (node as Text).data
    } else if (PARTING.has(node.nodeName)) text += '\n'
  }
  return { text, pieces }
}

/** The range of the page that a part of the text stands in; `end` is not included. */
export function rangeIn({ pieces }: PlacedText, start: number, end: number): Range {
  const first = pieces.findLast((piece) => piece.start <= start)!
  const last = pieces.findLast((piece) => piece.start < end)!
  const range = first.node.ownerDocument.createRange()
  range.setStart(first.node, Math.min(start - first.start, first.node.length))
  range.setEnd(last.node, Math.min(end - last.start, last.node.length))
  return range
}
