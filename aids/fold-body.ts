import { isElement, isHtmlElement } from '../dom/node-kinds.ts'
import { changeAttributes, createMark, isMark, wrapNodes } from '../dom/page-marks.ts'

/** Characters of a folded post that stay visible: about three lines on a wide screen, seven on a phone. */
const VISIBLE_CHARACTERS = 240

/** Where the first block alone is longer than what stays visible, this much of it is shown in its place. */
const EXCERPT_CHARACTERS = 160

/** A body parted into what stays visible and what is hidden until found. */
export interface Fold {
  /** The last visible node; a button belongs after it. */
  readonly start: ChildNode
  /** The last hidden node. */
  readonly end: ChildNode
  readonly visibleText: string
  setOpen(isOpen: boolean): void
}

/**
 * Folds a body: hides its own words after the first lines with `hidden="until-found"`, so that find-in-page still finds
 * them. Quotes and signatures (`notOwn`) stay. Blocks are hidden where they stand; only loose text is wrapped. Returns
 * undefined when there is nothing behind the first lines. All changes are undone by `undoMarks` for `aid`.
 */
export function foldBody(aid: string, body: HTMLElement, notOwn: string): Fold | undefined {
  const nodes = [...findContainer(body, notOwn).childNodes]
  const isOwn = (node: ChildNode) => !isElement(node) || !(node.matches(notOwn) || isMark(node))
  const firstHidden = findFirstHidden(nodes, isOwn)
  const rest = nodes.slice(firstHidden).filter(isOwn)
  if (!rest.some((node) => node.textContent?.trim())) return undefined

  const visible = nodes.slice(0, firstHidden).filter(isOwn)
  const visibleText = visible.map((node) => node.textContent).join('\n')
  const hidden = rest.some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim())
    ? wrapRuns(aid, rest)
    : rest.filter((node) => isHtmlElement(node))
  const [first] = hidden
  const end = hidden.at(-1)
  if (!first || !end) return undefined

  const excerpt = visibleText.trim() ? undefined : insertExcerpt(aid, first)
  const start = excerpt ?? insertStart(aid, first)
  const setOpen = (isOpen: boolean) => {
    for (const element of hidden) changeAttributes(aid, element, { hidden: isOpen ? null : 'until-found' })
    if (excerpt) excerpt.hidden = isOpen
  }
  setOpen(false)
  return { start, end, visibleText: excerpt?.textContent ?? visibleText, setOpen }
}

/** Descends through elements that hold all of the body's words, as some engines wrap a body several times. */
function findContainer(body: HTMLElement, notOwn: string): HTMLElement {
  let container = body
  for (;;) {
    const own = [...container.childNodes].filter(
      (node) => (isElement(node) ? !node.matches(notOwn) && !isMark(node) : true) && node.textContent?.trim(),
    )
    const [only] = own
    if (own.length !== 1 || !isHtmlElement(only) || only.childElementCount === 0) return container
    if (![...only.children].some((child) => child.textContent?.trim())) return container
    container = only
  }
}

/** Index of the first node that does not fit into the visible lines; blank lines before it are hidden with it. */
function findFirstHidden(nodes: readonly ChildNode[], isOwn: (node: ChildNode) => boolean): number {
  let characters = 0
  let first = nodes.length
  for (const [index, node] of nodes.entries()) {
    if (!isOwn(node)) continue
    characters += node.textContent?.trim().length ?? 0
    if (characters > VISIBLE_CHARACTERS) {
      first = index
      break
    }
  }
  while (
    first > 0 &&
    isOwn(nodes[first - 1]!) &&
    !nodes[first - 1]!.textContent?.trim() &&
    !hasPicture(nodes[first - 1]!)
  ) {
    first--
  }
  return first
}

function hasPicture(node: ChildNode): boolean {
  return isElement(node) && (node.matches('img, video') || node.querySelector('img, video') !== null)
}

/** Wraps each run of neighbouring nodes, because loose text cannot be hidden by itself. */
function wrapRuns(aid: string, nodes: readonly ChildNode[]): HTMLElement[] {
  const runs: ChildNode[][] = []
  for (const node of nodes) {
    const run = runs.at(-1)
    if (run && run.at(-1)?.nextSibling === node) run.push(node)
    else runs.push([node])
  }
  return runs.flatMap((run) => wrapNodes(aid, run, 'rest') ?? [])
}

/** The first words of a block that is too long to show whole; gone while the post is open. */
function insertExcerpt(aid: string, block: HTMLElement): HTMLElement {
  const excerpt = createMark(block.ownerDocument, aid, 'div', 'excerpt')
  const text = block.textContent?.trim() ?? ''
  excerpt.textContent = `${[...text.slice(0, EXCERPT_CHARACTERS * 2)].slice(0, EXCERPT_CHARACTERS).join('')}…`
  block.before(excerpt)
  return excerpt
}

/** An empty element of ours before the first hidden block: the button's place does not depend on the page's nodes. */
function insertStart(aid: string, block: HTMLElement): HTMLElement {
  const start = createMark(block.ownerDocument, aid, 'span', 'start')
  block.before(start)
  return start
}
