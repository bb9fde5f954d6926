import {
  AROUND,
  INSERTED,
  parseRecord,
  recordName,
  type ChangeableAttribute,
  type FormerAttributes,
} from './mark-names.ts'

/**
 * Every change an aid makes to a page is written down in the page itself, so that it can be undone from the page alone:
 * a site's pjax keeps clones of what we touched, and an updated extension meets what its predecessor left behind.
 *
 * - an element we put in carries `data-loulan="AID"`;
 * - an element whose attributes we changed carries `data-loulan-AID`, a JSON record of the former values;
 * - an element we put around nodes of the page carries `data-loulan-around="AID"`.
 */

/** Creates an element of ours; it does nothing for the page but carry the aid's mark (and its class for the style). */
export function createMark<Tag extends keyof HTMLElementTagNameMap>(
  document: Document,
  aid: string,
  tag: Tag,
  part?: string,
): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag)
  element.setAttribute(INSERTED, aid)
  element.className = part ? `loulan-${aid}-${part}` : `loulan-${aid}`
  return element
}

/** Marks an element that came with more of the page's own as put in by us; it goes when the aid does. */
export function markInserted(element: Element, aid: string): void {
  element.setAttribute(INSERTED, aid)
}

/**
 * Changes attributes (`null` removes one) and writes down what they were on the page itself, before any aid's change: two
 * aids may hide one element, and it is shown again when the last of them is undone.
 */
export function changeAttributes(aid: string, element: Element, values: FormerAttributes): void {
  const record = findRecord(aid, element) ?? {}
  const fresh = Object.keys(values).filter((name) => !(name in record)) as ChangeableAttribute[]
  for (const name of fresh) {
    record[name] = (otherRecord(aid, element, name) ?? { [name]: element.getAttribute(name) })[name]!
  }
  if (fresh.length > 0) element.setAttribute(recordName(aid), JSON.stringify(record))
  for (const [name, value] of Object.entries(values)) {
    if (value === null) element.removeAttribute(name)
    else element.setAttribute(name, value)
  }
}

/** Puts an element of ours around neighbouring nodes of the page, and returns it. */
export function wrapNodes(aid: string, nodes: readonly Node[], part: string): HTMLElement | undefined {
  const [first] = nodes
  if (!first?.parentNode || !first.ownerDocument) return undefined
  const wrapper = first.ownerDocument.createElement('div')
  wrapper.setAttribute(AROUND, aid)
  wrapper.className = `loulan-${aid}-${part}`
  first.parentNode.insertBefore(wrapper, first)
  wrapper.append(...nodes)
  return wrapper
}

/** Undoes all that one aid changed below (and at) `root`; the page's HTML is then what it was. */
export function undoMarks(root: ParentNode, aid: string): void {
  undo(root, `[${INSERTED}="${aid}"]`, `[${recordName(aid)}]`, `[${AROUND}="${aid}"]`, [aid])
}

/** Undoes what any of the aids left behind (a pjax clone, an earlier copy of the extension); false where there was nothing. */
export function undoAllMarks(root: ParentNode, aids: readonly string[]): boolean {
  const records = aids.map((aid) => `[${recordName(aid)}]`).join()
  return undo(root, ANY_MARK, records, `[${AROUND}]`, aids)
}

/** Finds every element that we put in. */
export const ANY_MARK = `[${INSERTED}]`

/** True for an element that we put in. */
export function isMark(element: Element): boolean {
  return element.hasAttribute(INSERTED)
}

function undo(root: ParentNode, inserted: string, changed: string, around: string, aids: readonly string[]): boolean {
  const all = (selector: string) => (selector ? [...root.querySelectorAll(selector)] : [])
  const put = all(inserted)
  for (const element of put) element.remove()
  const altered = all(changed)
  for (const element of altered) for (const aid of aids) restoreAttributes(aid, element)
  const wrappers = all(around)
  for (const element of wrappers) element.replaceWith(...element.childNodes)
  return put.length + altered.length + wrappers.length > 0
}

/** Undoes what one aid changed of an element's attributes; what another aid has changed too stays as it is. */
export function restoreAttributes(aid: string, element: Element): void {
  const record = findRecord(aid, element)
  if (!record) return
  for (const [name, former] of Object.entries(record)) {
    if (otherRecord(aid, element, name)) continue
    if (former === null) element.removeAttribute(name)
    else element.setAttribute(name, former)
  }
  element.removeAttribute(recordName(aid))
}

/** What another aid wrote down of the same attribute. */
function otherRecord(aid: string, element: Element, name: string): FormerAttributes | undefined {
  const own = recordName(aid)
  for (const other of element.getAttributeNames()) {
    const record = other.startsWith(recordName('')) && other !== own && parseRecord(element.getAttribute(other)!)
    if (record && name in record) return record
  }
  return undefined
}

function findRecord(aid: string, element: Element): FormerAttributes | undefined {
  const stored = element.getAttribute(recordName(aid))
  return stored === null ? undefined : parseRecord(stored)
}
