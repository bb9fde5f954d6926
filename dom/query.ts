import type { Element, Nodes } from 'hast'
import { attributeOf } from './attributes.ts'
import { parseSelector } from './selector.ts'
import type { Compound, Complex } from './selector.ts'
import { textOf } from './text-of.ts'

/**
 * What a site's `isThread` asks a page: a live `Document` is one as it stands, a parsed tree becomes one by `scopeOf`.
 * Kept this small so that detection cannot depend on anything that only one of the two has.
 */
export interface PageProbe {
  querySelector(selector: string): { getAttribute(name: string): string | null; textContent: string | null } | null
}

/**
 * A part of a parsed page in which elements are found by selector. The page is walked once; every part is a range of
 * that walk, so that asking a post for its fifteen fields costs fifteen short loops.
 *
 * Selectors: `tag`, `#id`, `.class`, `[name]`, `[name="value"]` with `=`, `^=`, `$=`, `*=`, `~=`, `:not(…)` of one of
 * these, `:nth-child(2)` with a plain number, joined without space, by space or by `>`, listed by `,`. Ancestors named in a selector may stand outside of the part.
 */
export interface Scope extends PageProbe {
  /** The element that the part is of; undefined for a whole page. */
  readonly element: Element | undefined
  /** The first match in page order. */
  first(selector: string): Element | undefined
  /** Every match in page order. */
  all(selector: string): Element[]
  /** Text of the first match as `textOf` gives it, on one line; empty where nothing matches. */
  text(selector: string): string
  /** Attribute of the first match. */
  attribute(selector: string, name: string): string | undefined
  /** The part inside of an element of this one; elements that `without` matches are not in it, nor what they hold. */
  within(element: Element, without?: string): Scope
  /** The nearest element around one, or itself, that matches. */
  closest(element: Element, selector: string): Element | undefined
}

/** Makes a tree searchable. The tree must not change afterwards. */
export function scopeOf(tree: Nodes): Scope {
  return new Part(new Walk(tree), undefined, 0, Infinity, [])
}

/** Positions in page order. */
type PositionIndex = Map<string, number[]>

const NO_POSITIONS: readonly number[] = []

function addPosition(index: PositionIndex, key: string, position: number): void {
  const positions = index.get(key)
  if (!positions) index.set(key, [position])
  else if (positions.at(-1) !== position) positions.push(position)
}

/** All elements of a tree in page order, with where each one's inside ends and which one is around it. */
class Walk {
  readonly elements: Element[] = []
  readonly ends: number[] = []
  readonly parents: number[] = []
  /** Each one's place among the elements of its parent, from 1. */
  readonly places: number[] = []
  /** Positions by what they have, so that a selector looks only at what can match it. */
  readonly #byId: PositionIndex = new Map()
  readonly #byClass: PositionIndex = new Map()
  #byTag: PositionIndex | undefined
  readonly #handedOut = new Map<Element, number>()
  #positions: Map<Element, number> | undefined

  constructor(tree: Nodes) {
    const { elements, ends, parents } = this
    // Of each level that is open: its nodes, the next of them, its elements so far, and the element around them.
    const lists: Nodes[][] = [tree.type === 'element' ? [tree] : 'children' in tree ? tree.children : []]
    const nexts = [0]
    const counts = [0]
    const around = [-1]
    for (let depth = 0; depth >= 0;) {
      const child = lists[depth]![nexts[depth]!++]
      if (!child) {
        if (depth > 0) ends[around[depth]!] = elements.length
        depth--
      } else if (child.type === 'element') {
        parents.push(around[depth]!)
        this.places.push(++counts[depth]!)
        const index = elements.push(child) - 1
        this.#addToIndex(child, index)
        if (child.children.length === 0) {
          ends[index] = index + 1
          continue
        }
        depth++
        lists[depth] = child.children
        nexts[depth] = 0
        counts[depth] = 0
        around[depth] = index
      }
    }
  }

  #addToIndex({ properties: { id, className } }: Element, index: number): void {
    if (typeof id === 'string') addPosition(this.#byId, id, index)
    if (Array.isArray(className)) for (const name of className) addPosition(this.#byClass, String(name), index)
  }

  /** Positions of what may match the last compound of a selector, in page order; undefined where all may. */
  candidates({ steps }: Complex): readonly number[] | undefined {
    const { id, classes, tag } = steps.at(-1)!.compound
    if (id !== undefined) return this.#byId.get(id) ?? NO_POSITIONS
    if (classes.length) return this.#byClass.get(classes[0]!) ?? NO_POSITIONS
    return tag === undefined ? undefined : (this.#tags().get(tag) ?? NO_POSITIONS)
  }

  #tags(): PositionIndex {
    if (this.#byTag) return this.#byTag
    const byTag: PositionIndex = (this.#byTag = new Map())
    for (let index = 0; index < this.elements.length; index++) addPosition(byTag, this.elements[index]!.tagName, index)
    return byTag
  }

  /** An element that is handed out; asked about again it is found at once. */
  handOut(index: number): Element {
    const element = this.elements[index]!
    this.#handedOut.set(element, index)
    return element
  }

  positionOf(element: Element): number {
    const known = this.#handedOut.get(element)
    if (known !== undefined) return known
    if (!this.#positions) {
      this.#positions = new Map()
      for (let index = 0; index < this.elements.length; index++) this.#positions.set(this.elements[index]!, index)
    }
    return this.#positions.get(element) ?? -1
  }

  /** Reads a selector from its right end towards the root, as browsers do. */
  isMatch(index: number, { steps }: Complex): boolean {
    const last = steps.length - 1
    if (!this.#isCompoundMatch(index, steps[last]!.compound)) return false
    return last === 0 || this.#matchAbove(index, steps, last) === 'match'
  }

  /**
   * Matches the steps before `step` around the element at `index`. Where an ancestor was looked for up to the root in
   * vain ('never'), no other choice further up can help: without telling that apart from a parent that does not fit
   * ('not here'), hostile nesting would cost a power of its depth.
   */
  #matchAbove(index: number, steps: Complex['steps'], step: number): 'match' | 'not here' | 'never' {
    if (step === 0) return 'match'
    const { isChild } = steps[step]!
    const { compound } = steps[step - 1]!
    for (let above = this.parents[index]!; above >= 0; above = this.parents[above]!) {
      if (this.#isCompoundMatch(above, compound)) {
        const result = this.#matchAbove(above, steps, step - 1)
        if (result !== 'not here' || isChild) return result
      }
      if (isChild) return 'not here'
    }
    return 'never'
  }

  #isCompoundMatch(index: number, compound: Compound): boolean {
    return isCompoundMatch(this.elements[index]!, this.places[index]!, compound)
  }
}

class Part implements Scope {
  readonly element: Element | undefined
  readonly #walk: Walk
  readonly #start: number
  readonly #end: number
  /** Positions of elements inside of this part that are not looked into, nor found themselves. */
  readonly #holes: readonly number[]

  constructor(walk: Walk, element: Element | undefined, start: number, end: number, holes: readonly number[]) {
    this.#walk = walk
    this.element = element
    this.#start = start
    this.#end = Math.min(end, walk.elements.length)
    this.#holes = holes
  }

  first(selector: string): Element | undefined {
    const [index] = this.#positions(selector, 1)
    return index === undefined ? undefined : this.#walk.handOut(index)
  }

  all(selector: string): Element[] {
    const found = this.#positions(selector, Infinity)
    return found.length === 0 ? [] : found.map((index) => this.#walk.handOut(index))
  }

  text(selector: string): string {
    const found = this.first(selector)
    return found ? lineOf(found) : ''
  }

  attribute(selector: string, name: string): string | undefined {
    const found = this.first(selector)
    return found && attributeOf(found, name)
  }

  within(element: Element, without?: string): Scope {
    const index = this.#walk.positionOf(element)
    if (index < 0) return new Part(this.#walk, element, 0, 0, this.#holes)
    const inside = new Part(this.#walk, element, index + 1, this.#walk.ends[index]!, this.#holes)
    if (without === undefined) return inside
    const holes: number[] = []
    let end = 0
    for (const hole of inside.#positions(without, Infinity)) {
      if (hole < end) continue
      holes.push(hole)
      end = this.#walk.ends[hole]!
    }
    return holes.length ? new Part(this.#walk, element, inside.#start, inside.#end, [...this.#holes, ...holes]) : inside
  }

  closest(element: Element, selector: string): Element | undefined {
    const list = parseSelector(selector)
    for (let index = this.#walk.positionOf(element); index >= 0; index = this.#walk.parents[index]!) {
      if (list.some((complex) => this.#walk.isMatch(index, complex))) return this.#walk.handOut(index)
    }
    return undefined
  }

  querySelector(selector: string): ReturnType<PageProbe['querySelector']> {
    const found = this.first(selector)
    if (!found) return null
    return {
      getAttribute: (name) => attributeOf(found, name) ?? null,
      // Detection mostly asks whether there is one; its text may be that of the whole page.
      get textContent() {
        return textOf(found)
      },
    }
  }

  #positions(selector: string, limit: number): number[] {
    const list = parseSelector(selector)
    if (list.length === 1) return this.#matches(list[0]!, limit)
    // Of the ways that a list names most find nothing.
    const found = list.map((complex) => this.#matches(complex, limit)).filter((each) => each.length > 0)
    if (found.length < 2) return found[0] ?? []
    return [...new Set(found.flat())].sort((a, b) => a - b).slice(0, limit)
  }

  #matches(complex: Complex, limit: number): number[] {
    const found: number[] = []
    const candidates = this.#walk.candidates(complex)
    const count = candidates?.length ?? this.#end
    for (let at = candidates ? firstFrom(candidates, this.#start) : this.#start; at < count; at++) {
      const index = candidates ? candidates[at]! : at
      if (index >= this.#end) break
      if (!this.#walk.isMatch(index, complex) || this.#isInHole(index)) continue
      found.push(index)
      if (found.length >= limit) break
    }
    return found
  }

  #isInHole(index: number): boolean {
    return this.#holes.some((hole) => index >= hole && index < this.#walk.ends[hole]!)
  }
}

/** Place of the first value that is not below `least` in a sorted list. */
function firstFrom(sorted: readonly number[], least: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Text of a node on one line. */
export function lineOf(node: Nodes): string {
  const [only, more] = 'children' in node ? node.children : []
  const text = only?.type === 'text' && !more ? only.value : textOf(node)
  return text.replace(/\s+/g, ' ').trim()
}

/** True when an element has this class. */
export function hasClass(element: Element, name: string): boolean {
  const { className } = element.properties
  return Array.isArray(className) && className.includes(name)
}

function isCompoundMatch(element: Element, at: number, compound: Compound): boolean {
  const { tag, id, classes, attributes, place, not } = compound
  if (tag !== undefined && element.tagName !== tag) return false
  if (id !== undefined && element.properties['id'] !== id) return false
  for (const name of classes) if (!hasClass(element, name)) return false
  for (const { name, test } of attributes) {
    const value = attributeOf(element, name)
    if (value === undefined || !test(value)) return false
  }
  if (place !== undefined && place !== at) return false
  return !not.some((each) => isCompoundMatch(element, at, each))
}
