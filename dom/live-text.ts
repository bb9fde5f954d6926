/**
 * The text below an element of a live page; blocks are parted by line ends, and what `isLeftOut` is passed over. Ends
 * after `most` characters or a little later. Not by recursion: a page may hold what is nested deeper than that can go.
 */
export function liveText(root: Node, isLeftOut: (element: Element) => boolean, most = Infinity): string {
  let text = ''
  let node = root
  let isEntered = true
  while (text.length < most && (isEntered || node !== root)) {
    const next: Node | null = isEntered ? node.firstChild : node.nextSibling
    node = next ?? (isEntered ? node : node.parentNode!)
    isEntered = false
    if (next?.nodeType === Node.TEXT_NODE) text += next.nodeValue
    else if (next?.nodeType === Node.ELEMENT_NODE && isLeftOut(next as Element)) continue
    else if (node !== root && PARTING.test(node.nodeName)) text += '\n'
    isEntered = next?.nodeType === Node.ELEMENT_NODE
  }
  return text
}

/** Elements that part words even where no white space stands between them. */
const PARTING =
  /^(?:P|BR|DIV|LI|[UO]L|D[LTD]|T[RDH]|TABLE|H[1-6]|BLOCKQUOTE|PRE|SECTION|ARTICLE|FIGURE|DETAILS|SUMMARY)$/
