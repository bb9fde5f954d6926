import { isPlainValue, isStableName, isTagName } from './names.ts'

/** Selectors, in the grammar of descriptions, that may stand for an element of a live page. */

/** Selectors that find an element and its like anywhere on the page, the plainest first. */
export function selectorsOf(element: Element): string[] {
  const own = ownSelectors(element)
  const parent = element.parentElement
  const scoped = parent
    ? ownSelectors(parent)
        .slice(0, 2)
        .map((around) => `${around} > ${own[0]}`)
    : []
  const holder = parent?.closest('[id]')?.id
  const within = holder !== undefined && isStableName(holder) ? [`#${holder} ${own[0]}`] : []
  return [...own, ...scoped, ...within]
}

/** Selectors that find a part inside of a post, the plainest first. */
export function selectorsIn(part: Element, post: Element): string[] {
  const own = ownSelectors(part)
  const found = [...own]
  // A chain from the nearest named element within the post, with places where nothing else tells siblings apart.
  let chain = own[0]!
  let places = withPlace(part, own)
  for (let around = part.parentElement, steps = 0; around && steps < 4; around = around.parentElement, steps++) {
    const names = ownSelectors(around)
    for (const name of names.slice(0, 2)) found.push(`${name} > ${chain}`, `${name} > ${places}`)
    if (around === post) break
    chain = `${names[0]} > ${chain}`
    places = `${withPlace(around, names)} > ${places}`
  }
  return [...new Set(found)].filter((selector) => selector.length <= 200)
}

function withPlace(element: Element, own: readonly string[]): string {
  const place = element.parentElement ? [...element.parentElement.children].indexOf(element) + 1 : 0
  return place > 0 && place < 100 && own[0] === tagOf(element) ? `${own[0]}:nth-child(${place})` : own[0]!
}

/** By class, by telling attributes, by the beginning of its id, and by its kind last. */
function ownSelectors(element: Element): string[] {
  const tag = tagOf(element)
  const names = [...element.classList].filter(isStableName).slice(0, 4)
  const found = names.flatMap((name) => [`.${name}`, `${tag}.${name}`])
  if (names.length > 1) found.push(`.${names[0]}.${names[1]}`)
  for (const name of ['itemprop', 'data-testid', 'data-role', 'role']) {
    const value = element.getAttribute(name)
    if (value !== null && isPlainValue(value)) found.push(`${tag}[${name}="${value}"]`)
  }
  const prefix = /^([a-z][a-z_-]*[_-]?)\d+$/i.exec(element.id)?.[1]
  if (prefix !== undefined && prefix.length < 40) found.push(`${tag}[id^="${prefix}"]`)
  return [...found, tag]
}

function tagOf(element: Element): string {
  const name = element.localName
  return isTagName(name) ? name : '*'
}
