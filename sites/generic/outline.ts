import type { Element, Root } from 'hast'
import { attributeOf } from '../../dom/attributes.ts'
import { isPlainValue, isStableName, isTagName } from './names.ts'

/** Elements looked at; a page of 1,000 posts has about 100,000. */
const MOST_ELEMENTS = 120_000

/** Steps of a selector for what has no name of its own. */
const MOST_STEPS = 5

/** Places among its siblings by which an element may be told. */
const MOST_PLACES = 6

/** Selectors kept apart; a hostile page could give each element one of its own. */
const MOST_KEYS = 30_000

/**
 * A parsed page as lists by position, in page order: what finding needs of it is asked of these in constant time. An
 * element holds the positions after its own up to `ends`.
 */
export interface Outline {
  readonly elements: readonly Element[]
  readonly parents: readonly number[]
  readonly ends: readonly number[]
  /** For each element the keys of the selectors that may stand for it; see `selectors`. */
  readonly keys: readonly (readonly number[])[]
  /** The selector of each key, and how many elements have it. */
  readonly selectors: readonly string[]
  readonly counts: readonly number[]
  /** Characters to see inside of an element. */
  textIn(at: number): number
  /** Those of them that are links. */
  linkTextIn(at: number): number
}

const UNSEEN = new Set('head script style noscript template svg select option textarea iframe object math'.split(' '))

/** Kinds of elements that stand for themselves where they have no name. */
const TELLING = new Set('article li tr dd section time blockquote'.split(' '))

const ATTRIBUTES = ['itemprop', 'data-testid', 'data-role', 'role'] as const

/** Lists a page. Linear in its size, which is bounded. */
export function outlineOf(tree: Root): Outline {
  const walk = new OutlineWalk()
  walk.run(tree)
  return walk
}

class OutlineWalk implements Outline {
  readonly elements: Element[] = []
  readonly parents: number[] = []
  readonly ends: number[] = []
  readonly keys: number[][] = []
  readonly selectors: string[] = []
  readonly counts: number[] = []
  readonly #known = new Map<string, number>()
  /** For each element the selector that chains it to the nearest named one around it, and how many steps that has. */
  readonly #shapes: { selector: string; steps: number }[] = []
  /** Characters seen before an element, and at the end after all. */
  readonly #text: number[] = [0]
  readonly #linkText: number[] = [0]

  textIn(at: number): number {
    return this.#text[this.ends[at]!]! - this.#text[at]!
  }

  linkTextIn(at: number): number {
    return this.#linkText[this.ends[at]!]! - this.#linkText[at]!
  }

  run(tree: Root): void {
    interface Level {
      children: readonly Root['children'][number][]
      next: number
      /** Elements met among the children. */
      count: number
      at: number
      isLink: boolean
    }
    const open: Level[] = [{ children: tree.children, next: 0, count: 0, at: -1, isLink: false }]
    for (let level = open.at(-1); level; level = open.at(-1)) {
      const child = level.children[level.next++]
      if (!child || this.elements.length >= MOST_ELEMENTS) {
        open.pop()
        if (level.at >= 0) this.ends[level.at] = this.elements.length
      } else if (child.type === 'element' && UNSEEN.has(child.tagName)) {
        level.count++
      } else if (child.type === 'element') {
        const isLink = level.isLink || child.tagName === 'a'
        const at = this.#add(child, level.at, isLink, ++level.count)
        open.push({ children: child.children, next: 0, count: 0, at, isLink })
      }
    }
  }

  #add(element: Element, parent: number, isLink: boolean, place: number): number {
    const at = this.elements.push(element) - 1
    this.parents.push(parent)
    this.ends.push(at + 1)
    const own = ownLength(element)
    this.#text.push(this.#text[at]! + own)
    this.#linkText.push(this.#linkText[at]! + (isLink ? own : 0))
    this.keys.push(this.#keysOf(element, parent, place))
    return at
  }

  #keysOf(element: Element, parent: number, place: number): number[] {
    const tag = isTagName(element.tagName) ? element.tagName : '*'
    const { className } = element.properties
    const names = Array.isArray(className) ? className.filter((name) => isStableName(String(name))).slice(0, 5) : []
    const found = [...new Set(names)].map((name) => `.${name}`)
    if (tag === 'a') {
      found.push(...found.map((each) => `a${each}`))
      const around = this.#shapes[parent]
      if (around && names.length > 0 && around.steps < MOST_STEPS) found.push(`${around.selector} > a`)
    }
    const prefix = /^([a-z][a-z_-]*[_-])\d+$/i.exec(String(element.properties['id'] ?? ''))?.[1]
    if (prefix !== undefined && prefix.length < 40) found.push(`${tag}[id^="${prefix}"]`)
    for (const name of ATTRIBUTES) {
      const value = attributeOf(element, name)
      if (value !== undefined && isPlainValue(value)) found.push(`${tag}[${name}="${value}"]`)
    }
    if (found.length > 0) {
      this.#shapes.push({ selector: names.length > 0 ? `${tag}.${names.slice(0, 2).join('.')}` : found[0]!, steps: 1 })
    } else {
      const around = parent < 0 ? undefined : this.#shapes[parent]
      const isChained = around !== undefined && around.steps < MOST_STEPS && tag !== 'body'
      this.#shapes.push(
        isChained ? { selector: `${around.selector} > ${tag}`, steps: around.steps + 1 } : { selector: tag, steps: 1 },
      )
      const { selector } = this.#shapes.at(-1)!
      found.push(selector)
      // What has no name may be told by its place: the second cell of a row.
      if (isChained && place <= MOST_PLACES) found.push(`${selector}:nth-child(${place})`)
    }
    if (TELLING.has(tag)) found.push(tag)
    return [...new Set(found)].flatMap((selector) => this.#keyOf(selector) ?? [])
  }

  #keyOf(selector: string): number | undefined {
    let key = this.#known.get(selector)
    if (key === undefined) {
      if (this.selectors.length >= MOST_KEYS) return undefined
      key = this.selectors.push(selector) - 1
      this.counts.push(0)
      this.#known.set(selector, key)
    }
    this.counts[key]!++
    return key
  }
}

/** Characters that stand right in an element, white space apart. */
function ownLength({ children }: Element): number {
  let length = 0
  for (const child of children) if (child.type === 'text') length += child.value.trim().length
  return length
}

/** The words of an element on one line, no more than `most` characters of them. Cheap on large elements. */
export function wordsOf(element: Element, most: number): string {
  let words = ''
  const waiting: Element['children'] = [element]
  for (let next = waiting.pop(); next && words.length < most * 2; next = waiting.pop()) {
    if (next.type === 'text') words += next.value.slice(0, most * 2)
    if (next.type !== 'element' || UNSEEN.has(next.tagName)) continue
    if (words && next.tagName !== 'span') words += ' '
    for (let at = next.children.length - 1; at >= 0; at--) waiting.push(next.children[at]!)
  }
  return words.replace(/\s+/g, ' ').trim().slice(0, most)
}
