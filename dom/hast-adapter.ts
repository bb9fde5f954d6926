import type { Comment, Doctype, Element, ElementContent, Properties, Root, RootContent, Text } from 'hast'
import { html } from 'parse5'
import type { Token, TreeAdapter, TreeAdapterTypeMap } from 'parse5'
import { setAttribute } from './attributes.ts'

/** Types of the nodes that the parser makes: hast's, and what the parser alone asks of them where nobody else sees it. */
export type HastTypes = TreeAdapterTypeMap<
  Parent | Child,
  Parent,
  Child,
  RootNode,
  RootNode,
  ElementNode,
  CommentNode,
  TextNode,
  ElementNode,
  DoctypeNode
>

type Parent = RootNode | ElementNode
type Child = ElementNode | TextNode | CommentNode | DoctypeNode

const { DOCUMENT_MODE } = html

class RootNode implements Root {
  readonly type = 'root'
  children: RootContent[] = []
}

/** What can stand in a parent. Private fields are neither written as JSON nor copied, so the tree stays plain hast. */
class ChildNode {
  #parent: Parent | null = null
  static parentOf(node: Parent | Child): Parent | null {
    return #parent in node ? node.#parent : null
  }
  static setParent(node: ChildNode, parent: Parent | null): void {
    node.#parent = parent
  }
}

class ElementNode extends ChildNode implements Element {
  readonly type = 'element'
  tagName: string
  properties: Properties = {}
  children: ElementContent[] = []
  declare content?: Root
  #namespace: html.NS
  #attributes: Token.Attribute[]
  constructor(tagName: string, namespace: html.NS, attributes: Token.Attribute[]) {
    super()
    this.tagName = tagName
    this.#namespace = namespace
    this.#attributes = attributes
    for (const { name, value } of attributes) setAttribute(this.properties, name, value)
  }
  static namespaceOf(element: ElementNode): html.NS {
    return element.#namespace
  }
  static attributesOf(element: ElementNode): Token.Attribute[] {
    return element.#attributes
  }
}

class TextNode extends ChildNode implements Text {
  readonly type = 'text'
  value: string
  constructor(value: string) {
    super()
    this.value = value
  }
}

class CommentNode extends ChildNode implements Comment {
  readonly type = 'comment'
  value: string
  constructor(value: string) {
    super()
    this.value = value
  }
}

class DoctypeNode extends ChildNode implements Doctype {
  readonly type = 'doctype'
}

function childrenOf(parent: Parent): Child[] {
  return parent.children as Child[]
}

/** Where a child stands; looked for from the end, where the parser works. */
function placeOf(children: readonly Child[], child: Child): number {
  return children.at(-1) === child ? children.length - 1 : children.indexOf(child)
}

function insertAt(parent: Parent, place: number, child: Child): void {
  childrenOf(parent).splice(place, 0, child)
  ChildNode.setParent(child, parent)
}

/** Builds hast right from what parse5 reads. `onElement` is called before each element is made, and may throw. */
export function createHastAdapter(onElement: () => void): TreeAdapter<HastTypes> {
  // Of the one text that an adapter is made for; a piece's document is an element, and has none of its own.
  let documentMode: html.DOCUMENT_MODE = DOCUMENT_MODE.NO_QUIRKS
  return {
    createDocument: () => new RootNode(),
    createDocumentFragment: () => new RootNode(),
    createElement(tagName, namespace, attributes) {
      onElement()
      return new ElementNode(tagName, namespace, attributes)
    },
    createCommentNode: (value) => new CommentNode(value),
    createTextNode: (value) => new TextNode(value),
    appendChild,
    insertBefore: (parent, child, next) => insertAt(parent, placeOf(childrenOf(parent), next), child),
    insertText(parent, value) {
      const last = childrenOf(parent).at(-1)
      if (last instanceof TextNode) last.value += value
      else appendChild(parent, new TextNode(value))
    },
    insertTextBefore(parent, value, next) {
      const place = placeOf(childrenOf(parent), next)
      const before = childrenOf(parent)[place - 1]
      if (before instanceof TextNode) before.value += value
      else insertAt(parent, place, new TextNode(value))
    },
    detachNode(node) {
      const parent = ChildNode.parentOf(node)
      if (!parent) return
      childrenOf(parent).splice(placeOf(childrenOf(parent), node), 1)
      ChildNode.setParent(node, null)
    },
    adoptAttributes(element, attributes) {
      const own = ElementNode.attributesOf(element)
      const names = new Set(own.map(({ name }) => name))
      for (const attribute of attributes) {
        if (names.has(attribute.name)) continue
        own.push(attribute)
        setAttribute(element.properties, attribute.name, attribute.value)
      }
    },
    setTemplateContent(template, content) {
      template.content = content
    },
    getTemplateContent: (template) => template.content as RootNode,
    setDocumentType(document) {
      if (!document.children.some(({ type }) => type === 'doctype')) appendChild(document, new DoctypeNode())
    },
    setDocumentMode(_, mode) {
      documentMode = mode
    },
    getDocumentMode: () => documentMode,
    getFirstChild: (parent) => childrenOf(parent)[0] ?? null,
    getChildNodes: childrenOf,
    getParentNode: ChildNode.parentOf,
    getAttrList: ElementNode.attributesOf,
    getTagName: ({ tagName }) => tagName,
    getNamespaceURI: ElementNode.namespaceOf,
    getTextNodeContent: ({ value }) => value,
    getCommentNodeContent: ({ value }) => value,
    getDocumentTypeNodeName: () => 'html',
    getDocumentTypeNodePublicId: () => '',
    getDocumentTypeNodeSystemId: () => '',
    isTextNode: (node): node is TextNode => node instanceof TextNode,
    isCommentNode: (node): node is CommentNode => node instanceof CommentNode,
    isDocumentTypeNode: (node): node is DoctypeNode => node instanceof DoctypeNode,
    isElementNode: (node): node is ElementNode => node instanceof ElementNode,
    // Positions are not read.
    setNodeSourceCodeLocation() {},
    getNodeSourceCodeLocation: () => undefined,
    updateNodeSourceCodeLocation() {},
  }
}

function appendChild(parent: Parent, child: Child): void {
  childrenOf(parent).push(child)
  ChildNode.setParent(child, parent)
}
