/** What a node is, told without the classes of a window: a document in a frame has others than the script that looks at it. */

export function isElement(node: EventTarget | null | undefined): node is Element {
  return (node as Partial<Node> | null | undefined)?.nodeType === 1
}

/** Of HTML, not of a drawing or formula in it: it can be hidden and focused. */
export function isHtmlElement(node: EventTarget | null | undefined): node is HTMLElement {
  return isElement(node) && 'hidden' in node
}
