import type { Comment, Doctype, Element, Properties, Root, RootContent, Text } from 'hast'
import { Parser, defaultTreeAdapter } from 'parse5'
import type { DefaultTreeAdapterMap, DefaultTreeAdapterTypes, Token } from 'parse5'
import { find, html as schema } from 'property-information'

/** Deepest nesting kept, the same figure as in browsers: below it start tags are ignored and their words stay. */
export const MAX_DEPTH = 512

/** Formatting elements (`b`, `font`, …) left open at once; each is opened anew in every later paragraph. */
const MAX_OPEN_FORMATTING = 16

/** Elements after which reading stops; a page of 1,000 posts has about 100,000. */
const MAX_ELEMENTS = 500_000

/**
 * Parses a whole HTML page as browsers do into a hast tree without positions. Never throws and never builds a tree
 * deeper than {@link MAX_DEPTH}, whatever the text: what is nested deeper stands side by side in the deepest element.
 */
export function parseHtml(html: string): Root {
  const parser = new BoundedParser({ treeAdapter: countingAdapter(), scriptingEnabled: false })
  writeBounded(parser, html)
  return toHast(parser.document.childNodes)
}

/** Parses a piece of HTML (a post's body, a nickname's markup) into a hast root, under the bounds of `parseHtml`. */
export function parseFragment(html: string): Root {
  const options = { treeAdapter: countingAdapter(), scriptingEnabled: false }
  const parser = BoundedParser.getFragmentParser<DefaultTreeAdapterMap>(null, options)
  writeBounded(parser, html)
  return toHast(parser.getFragment().childNodes)
}

/**
 * The standard's algorithm with bounds on what is open at once. Without them a text of a megabyte can cost the square
 * of its length, for each paragraph reopens every formatting element; and what walks the tree later may recurse.
 */
class BoundedParser extends Parser<DefaultTreeAdapterMap> {
  /** Start tags that were ignored, by name, so that their end tags do not close an outer element instead. */
  #ignored = new Map<string, number>()

  override onStartTag(token: Token.TagToken): void {
    const tooDeep = this.openElements.stackTop >= MAX_DEPTH && !VOID_ELEMENTS.has(token.tagName)
    const tooManyOpen = FORMATTING_ELEMENTS.has(token.tagName) && this.#hasManyFormattingElements()
    if (tooDeep || tooManyOpen) {
      if (!token.selfClosing) this.#ignored.set(token.tagName, (this.#ignored.get(token.tagName) ?? 0) + 1)
      token.ackSelfClosing = true
      return
    }
    super.onStartTag(token)
  }

  override onEndTag(token: Token.TagToken): void {
    const ignored = this.#ignored.get(token.tagName)
    if (!ignored) return super.onEndTag(token)
    this.#ignored.set(token.tagName, ignored - 1)
  }

  #hasManyFormattingElements(): boolean {
    let entry = this.activeFormattingElements.newest
    for (let count = 1; entry; count++, entry = entry.older) if (count >= MAX_OPEN_FORMATTING) return true
    return false
  }
}

const VOID_ELEMENTS = new Set('area base br col embed hr img input link meta source track wbr'.split(' '))
const FORMATTING_ELEMENTS = new Set('a b big code em font i nobr s small strike strong tt u'.split(' '))

class TooManyElements extends Error {}

/** The usual tree builder, made to give up at {@link MAX_ELEMENTS}; the tree read so far stays usable. */
function countingAdapter(): typeof defaultTreeAdapter {
  let count = 0
  return {
    ...defaultTreeAdapter,
    createElement(tagName, namespace, attributes) {
      if (++count > MAX_ELEMENTS) throw new TooManyElements()
      return defaultTreeAdapter.createElement(tagName, namespace, attributes)
    },
  }
}

function writeBounded(parser: Parser<DefaultTreeAdapterMap>, html: string): void {
  try {
    parser.tokenizer.write(html, true)
  } catch (error) {
    if (!(error instanceof TooManyElements)) throw error
  }
}

/** Copies the parser's nodes into hast, with a stack of its own instead of recursion. */
function toHast(nodes: DefaultTreeAdapterTypes.ChildNode[]): Root {
  const root: Root = { type: 'root', children: [] }
  const waiting: { from: DefaultTreeAdapterTypes.ChildNode[]; to: RootContent[] }[] = [
    { from: nodes, to: root.children },
  ]
  for (let level = waiting.pop(); level; level = waiting.pop()) {
    for (const node of level.from) {
      const copy = copyOf(node)
      level.to.push(copy)
      if (copy.type !== 'element') continue
      const element = node as DefaultTreeAdapterTypes.Element
      if (element.childNodes.length) waiting.push({ from: element.childNodes, to: copy.children as RootContent[] })
      if (copy.tagName === 'template' && 'content' in element) {
        copy.content = { type: 'root', children: [] }
        const { content } = element as DefaultTreeAdapterTypes.Template
        waiting.push({ from: content.childNodes, to: copy.content.children })
      }
    }
  }
  return root
}

function copyOf(node: DefaultTreeAdapterTypes.ChildNode): Text | Comment | Doctype | Element {
  if (node.nodeName === '#text') return { type: 'text', value: (node as DefaultTreeAdapterTypes.TextNode).value }
  if (node.nodeName === '#comment') {
    return { type: 'comment', value: (node as DefaultTreeAdapterTypes.CommentNode).data }
  }
  if (node.nodeName === '#documentType') return { type: 'doctype' }
  const element = node as DefaultTreeAdapterTypes.Element
  const properties: Properties = {}
  for (const { name, value } of element.attrs) setAttribute(properties, name, value)
  return { type: 'element', tagName: element.tagName, properties, children: [] }
}

interface PropertyForm {
  name: string
  kind: 'text' | 'list' | 'number' | 'flag'
}

/** How hast spells the attributes met so far. Bounded, for the names come from pages. */
const propertyForms = new Map<string, PropertyForm>()
const MAX_PROPERTY_FORMS = 2000

/** How hast spells an HTML attribute: `class` is the list `className`, `data-postid` is `dataPostid`. */
export function propertyForm(attribute: string): PropertyForm {
  let form = propertyForms.get(attribute)
  if (form) return form
  // The look-up takes what every object has for an entry of its table.
  if (attribute in Object.prototype) return { name: attribute, kind: 'text' }
  const info = find(schema, attribute)
  const isFlag = info.boolean || info.overloadedBoolean
  form = {
    name: info.property,
    kind: info.spaceSeparated ? 'list' : isFlag ? 'flag' : info.number ? 'number' : 'text',
  }
  if (propertyForms.size < MAX_PROPERTY_FORMS) propertyForms.set(attribute, form)
  return form
}

/** Sets an attribute by its HTML name and value, in the form that hast keeps it in. */
export function setAttribute(properties: Properties, attribute: string, value: string): void {
  const { name, kind } = propertyForm(attribute)
  if (name === '__proto__') return // Assigning it would not make a property.
  if (kind === 'list') properties[name] = value.split(/[ \t\n\f\r]+/).filter(Boolean)
  else if (kind === 'flag' && (value === '' || value.toLowerCase() === attribute)) properties[name] = true
  else if (kind === 'number' && value.trim() && Number.isFinite(Number(value))) properties[name] = Number(value)
  else properties[name] = value
}

/** An element's attribute by its HTML name, as text; undefined where it has none. */
export function attributeOf(element: Element, attribute: string): string | undefined {
  const { name } = propertyForm(attribute)
  if (!Object.hasOwn(element.properties, name)) return undefined
  const value = element.properties[name]
  if (value === undefined || value === null || value === false) return undefined
  if (value === true) return ''
  return Array.isArray(value) ? value.join(' ') : String(value)
}
