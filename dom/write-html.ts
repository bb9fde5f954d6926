import type { Element, Nodes, Root } from 'hast'
import { propertyForm } from './attributes.ts'

/**
 * Writes a *cleaned* tree (see `sanitizeTree`) as HTML that parses back to the same tree. Only for cleaned trees: what
 * the allow-list drops (script, style, comments) has rules of its own for escaping, which are not needed here.
 */
export function writeHtml(root: Root): string {
  const pieces: string[] = []
  const waiting: (Nodes | string)[] = root.children.toReversed()
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === 'string') pieces.push(next)
    else if (next.type === 'text') pieces.push(escapeText(next.value))
    else if (next.type === 'element') {
      pieces.push(startTag(next))
      if (VOID_ELEMENTS.has(next.tagName)) continue
      waiting.push(`</${next.tagName}>`)
      for (let index = next.children.length - 1; index >= 0; index--) waiting.push(next.children[index]!)
    }
  }
  return pieces.join('')
}

const VOID_ELEMENTS = new Set(['br', 'col', 'hr', 'img', 'wbr'])

function startTag(element: Element): string {
  let tag = `<${element.tagName}`
  for (const [property, value] of Object.entries(element.properties)) {
    const text = value === true ? '' : Array.isArray(value) ? value.join(' ') : String(value)
    tag += ` ${attributeName(property)}="${escapeAttribute(text)}"`
  }
  // A parser takes away one line end right after <pre>.
  const first = element.children[0]
  return element.tagName === 'pre' && first?.type === 'text' && first.value.startsWith('\n') ? `${tag}>\n` : `${tag}>`
}

/** hast's `className` is `class`; every other attribute of the allow-list is its property's name in lower case. */
function attributeName(property: string): string {
  return property === propertyForm('class').name ? 'class' : property.toLowerCase()
}

function escapeText(text: string): string {
  return text.replace(/[&<>\u00a0]/g, (character) => ESCAPES[character]!)
}

function escapeAttribute(text: string): string {
  return text.replace(/[&<>"\u00a0]/g, (character) => ESCAPES[character]!)
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\u00a0': '&nbsp;',
}
