import type { MdastInline } from './to-mdast.ts'

type Wrapper = Extract<MdastInline, { type: 'strong' | 'emphasis' | 'delete' }>

/** What keeps Markdown from reading emphasis when a letter follows outside: `**注意：**请` shows its asterisks. */
const IN_EDGE = /[\s\p{P}\p{S}]/u

/**
 * Makes emphasis such that Markdown reads it wherever it stands: white space and punctuation at its edges move out, it
 * goes into links, code at its edges stays outside; emphasis in or right beside other emphasis gives way to it. Code spans
 * beside each other become one.
 */
export function loosenEdges(inlines: MdastInline[]): MdastInline[] {
  const made: MdastInline[] = []
  for (const inline of inlines) {
    for (const each of isWrapper(inline) ? loosen(inline) : [inline]) {
      const last = made.at(-1)
      if (isWrapper(each) && last && isWrapper(last)) for (const child of each.children) made.push(child)
      // Two code spans side by side would read as one with ticks in it.
      else if (each.type === 'inlineCode' && last?.type === 'inlineCode') last.value += each.value
      else made.push(each)
    }
  }
  return made
}

function isWrapper(inline: MdastInline): inline is Wrapper {
  return inline.type === 'strong' || inline.type === 'emphasis' || inline.type === 'delete'
}

function loosen(wrapper: Wrapper): MdastInline[] {
  const inside = wrapper.children.flatMap((child) => (isWrapper(child) ? child.children : [child]))
  const before: MdastInline[] = []
  const after: MdastInline[] = []
  for (let edge = takeEdge(inside, 0); edge; edge = takeEdge(inside, 0)) before.push(edge)
  for (let edge = takeEdge(inside, -1); edge; edge = takeEdge(inside, -1)) after.unshift(edge)
  const around = (inline: MdastInline): MdastInline =>
    inline.type === 'link'
      ? { ...inline, children: loosen({ ...wrapper, children: inline.children }) as never }
      : inline
  const core: MdastInline[] = inside.length > 0 ? [{ ...wrapper, children: inside }] : []
  return [...before.map(around), ...core, ...after.map(around)]
}

/** Takes what cannot stand at the edge off it: a whole child, or the edge of a text. Undefined when nothing is left to take. */
function takeEdge(inside: MdastInline[], at: 0 | -1): MdastInline | undefined {
  const inline = inside.at(at)
  if (!inline) return undefined
  const takeWhole = () => (at === 0 ? inside.shift() : inside.pop())
  if (inline.type !== 'text') return takeWhole()
  const { value } = inline
  const length = at === 0 ? edgeAtStart(value) : edgeAtEnd(value)
  if (length === value.length) return takeWhole()
  if (length === 0) return undefined
  const cut = at === 0 ? length : value.length - length
  const [head, tail] = [value.slice(0, cut), value.slice(cut)]
  inside[at === 0 ? 0 : inside.length - 1] = { type: 'text', value: at === 0 ? tail : head }
  return { type: 'text', value: at === 0 ? head : tail }
}

/** Length of the edge in UTF-16 units. */
function edgeAtStart(text: string): number {
  let length = 0
  for (const character of text) {
    if (!IN_EDGE.test(character)) break
    length += character.length
  }
  return length
}

function edgeAtEnd(text: string): number {
  let at = text.length
  while (at > 0) {
    const start = at > 1 && text.codePointAt(at - 2)! > 0xffff ? at - 2 : at - 1
    if (!IN_EDGE.test(text.slice(start, at))) break
    at = start
  }
  return text.length - at
}
