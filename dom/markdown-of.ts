import { destination, escapeMarkdown, linkMarkdown } from '../core/markdown-link.ts'

/** Elements in elements beyond this are written as their bare text: prefixes of quotes and lists would add up. */
const DEEPEST = 40

const BLOCKS = new Set(
  (
    'address article aside blockquote caption center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'h1 h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul'
  ).split(' '),
)

const EMPHASIS: Readonly<Record<string, string>> = { b: '**', strong: '**', i: '*', em: '*', del: '~~', s: '~~' }

/**
 * Writes nodes as Markdown (CommonMark, and `~~` for what is struck out). Addresses are written as they stand: make them
 * absolute before. What Markdown has no sign for (colours, tables) is written as text.
 */
export function markdownOf(root: Node): string {
  return blocksOf(root, 0).join('\n\n')
}

/** The blocks below a node; runs of text and inline elements between them are paragraphs of their own. */
function blocksOf(node: Node, depth: number): string[] {
  if (depth > DEEPEST) return paragraph(escapeMarkdown(node.textContent ?? ''))
  const blocks: string[] = []
  let line = ''
  for (const child of node.childNodes) {
    if (!holdsBlock(child)) {
      line += inlineOf(child, depth + 1)
      continue
    }
    blocks.push(...paragraph(line), ...blockOf(child as Element, depth + 1))
    line = ''
  }
  return [...blocks, ...paragraph(line)]
}

const holdsBlock = (node: Node) =>
  node.nodeType === Node.ELEMENT_NODE &&
  (BLOCKS.has((node as Element).localName) || (node as Element).querySelector(BLOCK_SELECTOR) !== null)
const BLOCK_SELECTOR = [...BLOCKS].join()

function blockOf(element: Element, depth: number): string[] {
  const tag = element.localName
  if (/^h[1-6]$/.test(tag)) return blocksOf(element, depth).map((text) => `${'#'.repeat(Number(tag[1]))} ${text}`)
  switch (tag) {
    case 'hr':
      return ['---']
    case 'pre':
      return [fenced(element.textContent ?? '')]
    case 'blockquote':
      return indented(blocksOf(element, depth).join('\n\n'), '> ', '> ')
    case 'ul':
    case 'ol':
      return list(element, depth)
    case 'tr':
      return paragraph([...element.children].map((cell) => blocksOf(cell, depth).join(' ')).join(' | '))
    default:
      return blocksOf(element, depth)
  }
}

function list(element: Element, depth: number): string[] {
  const items = [...element.children].map((item, index) => {
    const sign = element.localName === 'ol' ? `${index + 1}. ` : '- '
    return indented(blocksOf(item, depth).join('\n\n'), sign, ' '.repeat(sign.length))
  })
  return items.length === 0 ? [] : [items.flat().join('\n')]
}

function indented(text: string, first: string, others: string): string[] {
  const blank = others.trimEnd() // A line of nothing but white space would be read as a line break by some.
  return text === ''
    ? []
    : [first + text.replace(/\n(\n?)/g, (_, second) => `\n${second ? `${blank}\n` : ''}${others}`)]
}

function longestRun(text: string): number {
  let longest = 0
  for (const [run] of text.matchAll(/`+/g)) longest = Math.max(longest, run.length)
  return longest
}

/** A fence longer than any run of its sign in the text. */
function fenced(text: string): string {
  const fence = '`'.repeat(Math.max(3, longestRun(text) + 1))
  return `${fence}\n${text.replace(/\n$/, '')}\n${fence}`
}

/** A run of inline text as a block, none when it is blank; a line must not begin like a heading, a list or a quote. */
function paragraph(text: string): string[] {
  const lines = text.split('\n').map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
  const shown = lines.join('  \n').trim()
  if (shown === '') return []
  return [shown.replace(/^(\d{1,9})([.)])(?= |$)/gm, '$1\\$2').replace(/^(?:[#>+]|-(?=[ -]|$)|=(?==*$))/gm, '\\$&')]
}

function inlineOf(node: Node, depth: number): string {
  if (node.nodeType === Node.TEXT_NODE) return escapeMarkdown((node.nodeValue ?? '').replace(/[\s\u00a0]+/g, ' '))
  if (node.nodeType !== Node.ELEMENT_NODE) return ''
  const element = node as Element
  const tag = element.localName
  if (tag === 'br') return '\n'
  if (tag === 'img') return image(element)
  if (tag === 'code') return codeSpan(element.textContent ?? '')
  const inside =
    depth > DEEPEST
      ? escapeMarkdown((element.textContent ?? '').replace(/\s+/g, ' '))
      : [...element.childNodes].map((child) => inlineOf(child, depth + 1)).join('')
  if (tag === 'a') return link(element, inside)
  const sign = Object.hasOwn(EMPHASIS, tag) ? EMPHASIS[tag]! : ''
  return sign === '' ? inside : surround(inside, sign)
}

function link(element: Element, inside: string): string {
  const url = element.getAttribute('href')
  if (!url) return inside
  const label = inside.replace(/\s+/g, ' ')
  return `${/^ /.test(label) ? ' ' : ''}${linkMarkdown(label.trim(), url)}${/ $/.test(label) ? ' ' : ''}`
}

function image(element: Element): string {
  const source = element.getAttribute('src') ?? ''
  const words = escapeMarkdown(element.getAttribute('alt') ?? '')
  // A picture held in its address would bury the text.
  return /^https?:/i.test(source) ? `![${words}](${destination(source)})` : words
}

function codeSpan(text: string): string {
  const fence = '`'.repeat(longestRun(text) + 1)
  const pad = /^`|`$/.test(text) ? ' ' : ''
  return text.trim() === '' ? text : fence + pad + text.replace(/\s+/g, ' ') + pad + fence
}

/** Emphasis must touch its words: white space goes outside, and each line gets signs of its own. */
function surround(text: string, sign: string): string {
  return text
    .split('\n')
    .map((line) => {
      const words = line.trim()
      if (words === '') return line
      const start = line.indexOf(words)
      return line.slice(0, start) + sign + words + sign + line.slice(start + words.length)
    })
    .join('\n')
}
