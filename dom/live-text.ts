/**
 * The text below an element of a live page; blocks are parted by line ends, and what `isLeftOut` is passed over. Not by
 * recursion: a page may hold what is nested deeper than that can go.
 */
export function liveText(root: Node, isLeftOut: (element: Element) => boolean): string {
  const texts: string[] = []
  let node = root
  let isEntered = true
  while (isEntered || node !== root) {
    const next: Node | null = isEntered ? node.firstChild : node.nextSibling
    node = next ?? (isEntered ? node : node.parentNode!)
    isEntered = false
    if (next?.nodeType === Node.TEXT_NODE) texts.push(next.nodeValue!)
    else if (next?.nodeType === Node.ELEMENT_NODE && isLeftOut(next as Element)) continue
    else if (node !== root && PARTING.test(node.nodeName)) texts.push('\n')
    isEntered = next?.nodeType === Node.ELEMENT_NODE
  }
  return texts.join('')
}

/** Elements that part words even where no white space stands between them. */
const PARTING =
  /^(?:P|BR|DIV|LI|[UO]L|D[LTD]|T[RDH]|TABLE|H[1-6]|BLOCKQUOTE|PRE|SECTION|ARTICLE|FIGURE|DETAILS|SUMMARY)$/
