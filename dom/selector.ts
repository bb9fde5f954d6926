/** Any of these, for `a, b`. */
export type SelectorList = readonly Complex[]

/** `a > b c`: steps from the outermost to the element itself; `isChild` says that a step is right inside of the one before. */
export interface Complex {
  steps: readonly { compound: Compound; isChild: boolean }[]
}

/** `tag#id.class[name="value"]` */
export interface Compound {
  tag?: string
  id?: string
  classes: readonly string[]
  attributes: readonly { name: string; test: (value: string) => boolean }[]
  /** Its place among the elements that its parent holds, from 1. */
  place?: number
  /** What the element must not be. */
  not: readonly Compound[]
}

const parsed = new Map<string, SelectorList>()

/** Selectors remembered. Those of files and descriptions are few; the ones made from unknown pages are new on each. */
const MOST_REMEMBERED = 4000

/**
 * Parses a selector, once for all its uses.
 * @throws {SyntaxError} for what is not in the grammar that `Scope` names.
 */
export function parseSelector(selector: string): SelectorList {
  let list = parsed.get(selector)
  if (!list) {
    list = parseList(selector)
    if (parsed.size >= MOST_REMEMBERED) parsed.clear()
    parsed.set(selector, list)
  }
  return list
}

const NAME = String.raw`-?[a-zA-Z_][\w-]*`
const VALUE = `"([^"]*)"|'([^']*)'|(${NAME})`
const PIECE = new RegExp(
  String.raw`\s*(?:([>,])|(${NAME}|\*)|#(${NAME})|\.(${NAME})|\[\s*(${NAME})\s*(?:([~^$*]?=)\s*(?:${VALUE})\s*)?\]|:nth-child\((\d{1,3})\)|:not\(([^()]*)\))`,
  'y',
)

function parseList(selector: string): SelectorList {
  const text = selector.trim()
  const list: { steps: { compound: Mutable<Compound>; isChild: boolean }[] }[] = [{ steps: [] }]
  /** The combinator just read, until the compound that it needs. */
  let pending: string | undefined = ','
  PIECE.lastIndex = 0
  for (let at = 0; at < text.length; at = PIECE.lastIndex) {
    const [match, combinator, tag, id, className, name, operator, one, two, three, place, not] = PIECE.exec(text) ?? []
    if (match === undefined || (combinator && pending)) throw notUnderstood(selector)
    if (combinator === ',') list.push({ steps: [] })
    if (combinator) {
      pending = combinator
      continue
    }
    const { steps } = list.at(-1)!
    const isApart = /^\s/.test(match)
    if (pending || isApart) steps.push({ compound: { classes: [], attributes: [], not: [] }, isChild: pending === '>' })
    else if (tag) throw notUnderstood(selector)
    pending = undefined
    const { compound } = steps.at(-1)!
    if (tag && tag !== '*') compound.tag = tag.toLowerCase()
    if (id) compound.id = id
    if (className) compound.classes.push(className)
    if (name) compound.attributes.push({ name: name.toLowerCase(), test: attributeTest(operator, [one, two, three]) })
    if (place) compound.place = Number(place)
    if (not === undefined) continue
    const { lastIndex } = PIECE
    compound.not.push(singleCompound(not))
    PIECE.lastIndex = lastIndex
  }
  if (pending) throw notUnderstood(selector)
  return list
}

function singleCompound(selector: string): Compound {
  const [only, ...others] = parseList(selector)
  if (only?.steps.length !== 1 || others.length) throw notUnderstood(selector)
  return only.steps[0]!.compound
}

function notUnderstood(selector: string): SyntaxError {
  return new SyntaxError(`Selector not understood: ${selector}`)
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] extends readonly (infer Item)[] ? Item[] : T[K] }

function attributeTest(operator: string | undefined, values: (string | undefined)[]): (value: string) => boolean {
  const wanted = values.find((value) => value !== undefined) ?? ''
  if (operator === '=') return (value) => value === wanted
  if (operator === '^=') return (value) => wanted !== '' && value.startsWith(wanted)
  if (operator === '$=') return (value) => wanted !== '' && value.endsWith(wanted)
  if (operator === '*=') return (value) => wanted !== '' && value.includes(wanted)
  if (operator === '~=') return (value) => wanted !== '' && value.split(/\s+/).includes(wanted)
  return () => true
}
