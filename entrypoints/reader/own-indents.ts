/** White space that a line of text begins with where its writer indented it: one of the width of a character, or two. */
const OWN_INDENT = /^[ \t\n]*(?:\u3000|[\u00a0\u2002\u2003]{2})/

/** Marks the blocks whose writer indented lines by hand: they are not indented twice (see looks.css). */
export function markOwnIndent(text: Text, body: HTMLElement): void {
  if (!OWN_INDENT.test(text.data) || !isAtLineStart(text, body)) return
  const block = text.parentElement?.closest<HTMLElement>('p, div, li, td, blockquote') ?? body
  block.dataset.ownIndent = ''
}

function isAtLineStart(text: Text, body: HTMLElement): boolean {
  let node: Node = text
  while (!node.previousSibling && node.parentNode !== body && isInline(node.parentNode)) node = node.parentNode
  return !node.previousSibling || !isInline(node.previousSibling)
}

function isInline(node: Node | null): node is Node {
  return node !== null && !/^(?:P|DIV|BR|LI|UL|OL|TD|TABLE|BLOCKQUOTE|PRE|HR|H[1-6])$/.test(node.nodeName)
}
