import type { Element, ElementContent, Root, RootContent } from 'hast'
import { AROUND, HELD, INSERTED, OWN_ADDRESS, parseRecord } from './mark-names.ts'
import { attributeOf, propertyForm, setAttribute } from './parse-html.ts'

/** As hast names attributes that begin with `data-loulan-`. */
const RECORD = /^dataLoulan[A-Z]/

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
    node.type === 'element' && (attributeOf(node, INSERTED) !== undefined || attributeOf(node, AROUND) !== undefined)
  )
}

/** Leaves out what we put in; what we only put around the page's nodes gives them back, however often it is nested. */
function sweepChildren(children: readonly (RootContent | ElementContent)[]): (RootContent | ElementContent)[] {
  const kept: (RootContent | ElementContent)[] = []
  const waiting = children.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type !== 'element' || !isOurs(node)) kept.push(node)
    else if (attributeOf(node, INSERTED) === undefined) waiting.push(...node.children.toReversed())
  }
  return kept
}

function restore(element: Element): void {
  const records = Object.entries(element.properties).filter(([name]) => RECORD.test(name))
  if (records.length === 0) return
  const properties = Object.fromEntries(Object.entries(element.properties).filter(([name]) => !RECORD.test(name)))
  for (const [name, stored] of records) {
    if (name === propertyForm(HELD).name || typeof stored !== 'string') continue
    for (const [attribute, former] of Object.entries(parseRecord(stored))) {
      if (former === null) Reflect.deleteProperty(properties, propertyForm(attribute).name)
      else setAttribute(properties, attribute, former)
    }
  }
  element.properties = properties
}
