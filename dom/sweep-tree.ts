import type { Element, ElementContent, Root, RootContent } from 'hast'
import { AROUND, HELD, INSERTED, OWN_ADDRESS, parseRecord } from './mark-names.ts'
import { attributeOf, propertyForm, setAttribute } from './attributes.ts'

/** As hast names attributes that begin with `data-loulan-`. */
const RECORD = /^dataLoulan[A-Z]/

/** As hast names the attributes of what we put in. */
const [INSERTED_NAME, AROUND_NAME, HELD_NAME] = [INSERTED, AROUND, HELD].map((name) => propertyForm(name).name) as [
  string,
  string,
  string,
]

/** True where a page's HTML may hold marks of ours; names of attributes are read in capitals, too. */
export function mayHoldMarks(html: string): boolean {
  return /data-loulan/i.test(html)
}

/**
 * Takes out of a parsed page what aids did to it while it was live, as `undoAllMarks` does there: a page is captured, or
 * saved by the reader, with the aids on. Changes the tree it is given and returns it. A page without marks is only
 * walked through.
 */
export function sweepTree(tree: Root): Root {
  const waiting: (Root | Element)[] = [tree]
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    if (parent.children.some(isOurs)) parent.children = sweepChildren(parent.children) as typeof parent.children
    for (const child of parent.children) {
      if (child.type !== 'element') continue
      restore(child)
      waiting.push(child)
    }
  }
  return tree
}

/**
 * The address that a page's own posts came from; `url` itself unless one of our marks names another of the same origin. To be
 * asked before the tree is swept.
 */
export function ownAddressOf(tree: Root, url: URL): URL {
  const waiting: (Root | Element)[] = [tree]
  for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
    for (const child of parent.children) {
      if (child.type !== 'element') continue
      const named = isOurs(child) ? attributeOf(child, OWN_ADDRESS) : undefined
      if (named && URL.canParse(named) && new URL(named).origin === url.origin) return new URL(named)
      waiting.push(child)
    }
  }
  return url
}

function isOurs(node: RootContent | ElementContent): boolean {
  return (
    node.type === 'element' &&
    (Object.hasOwn(node.properties, INSERTED_NAME) || Object.hasOwn(node.properties, AROUND_NAME))
  )
}

/** Leaves out what we put in; what we only put around the page's nodes gives them back, however often it is nested. */
function sweepChildren(children: readonly (RootContent | ElementContent)[]): (RootContent | ElementContent)[] {
  const kept: (RootContent | ElementContent)[] = []
  const waiting = children.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element' || !isOurs(node)) kept.push(node)
    else if (!Object.hasOwn(node.properties, INSERTED_NAME)) waiting.push(...node.children.toReversed())
  }
  return kept
}

function restore(element: Element): void {
  let isMarked = false
  for (const name in element.properties) isMarked ||= RECORD.test(name)
  if (!isMarked) return
  const records = Object.entries(element.properties).filter(([name]) => RECORD.test(name))
  const properties = Object.fromEntries(Object.entries(element.properties).filter(([name]) => !RECORD.test(name)))
  for (const [name, stored] of records) {
    if (name === HELD_NAME || typeof stored !== 'string') continue
    for (const [attribute, former] of Object.entries(parseRecord(stored))) {
      if (former === null) Reflect.deleteProperty(properties, propertyForm(attribute).name)
      else setAttribute(properties, attribute, former)
    }
  }
  element.properties = properties
}
