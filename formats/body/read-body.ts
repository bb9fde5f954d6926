import type { Element, Nodes } from 'hast'
import { cleanLink } from '../../core/links.ts'
import type { Post } from '../../core/thread.ts'
import { attributeOf } from '../../dom/attributes.ts'
import { parseFragment } from '../../dom/parse-html.ts'
import { hasClass } from '../../dom/query.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import { BlockBuilder } from './block-builder.ts'
import type { Block, Mark } from './blocks.ts'

/**
 * Reads a post's body into blocks, cleaned anew by the allow-list, links cleaned with the original kept. A post without
 * HTML gives its text. Never throws; linear in the length of the body.
 *
 * @param base the thread's address, which relative links are read against
 */
export function readBody({ html, text }: Pick<Post, 'html' | 'text'>, base: string): Block[] {
  const builder = new BlockBuilder()
  if (html.trim() === '') readText(text, builder)
  else readTree(sanitizeTree(parseFragment(html), URL.canParse(base) ? { base } : {}), builder, base)
  return builder.finish()
}

function readText(text: string, builder: BlockBuilder): void {
  for (const line of text.split(/\r\n|\r|\n/)) {
    builder.addText(line)
    builder.endBlock()
  }
}

/** Walks with a stack of its own: what is left to read, and what to do when an element ends. */
function readTree(tree: Nodes, builder: BlockBuilder, base: string): void {
  const waiting: (Nodes | (() => void))[] = [tree]
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (typeof next === 'function') next()
    else if (next.type === 'text') builder.addText(next.value)
    else if (next.type === 'root') push(waiting, next.children)
    else if (next.type === 'element') {
      const end = openElement(next, builder, base)
      if (end === 'skip') continue
      if (end) waiting.push(end)
      push(waiting, next.children)
    }
  }
}

function push(waiting: (Nodes | (() => void))[], children: readonly Nodes[]): void {
  for (let index = children.length - 1; index >= 0; index--) waiting.push(children[index]!)
}

const BLOCKS = new Set(
  (
    'address article aside caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header p section ' +
    'summary'
  ).split(' '),
)

/** Blocks whose words stand out. */
const BOLD_BLOCKS = new Set('dt h1 h2 h3 h4 h5 h6 summary'.split(' '))

const MARKS: Readonly<Record<string, Mark['kind'] & string>> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  cite: 'italic',
  dfn: 'italic',
  var: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strike',
  del: 'strike',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  small: 'small',
  sub: 'sub',
  sup: 'sup',
  mark: 'highlight',
}

/** Tells the builder of an element; returns what to do at its end, or `skip` when its children were dealt with. */
function openElement(element: Element, builder: BlockBuilder, base: string): (() => void) | 'skip' | undefined {
  const { tagName } = element
  switch (tagName) {
    case 'br':
      return builder.addBreak()
    case 'hr':
      return builder.addRule()
    case 'img':
      return addPicture(element, builder)
    case 'pre':
      builder.addCode(textOf({ type: 'root', children: [element] }), languageOf(element))
      return 'skip'
    case 'rp':
      return 'skip'
    case 'rt':
      builder.addText('（')
      return () => builder.addText('）')
    case 'q':
      builder.addText('“')
      return () => builder.addText('”')
    case 'blockquote':
      return builder.openQuote()
    case 'ul':
    case 'ol':
      return builder.openList(tagName === 'ol', Number(attributeOf(element, 'start') ?? 1))
    case 'li':
      return builder.openItem()
    case 'table':
      return builder.openTable()
    case 'tr':
      return builder.openRow()
    case 'td':
    case 'th':
      return builder.openCell(tagName === 'th')
    default:
      return openWords(element, builder, base)
  }
}

function openWords(element: Element, builder: BlockBuilder, base: string): (() => void) | undefined {
  const marks = marksOf(element, base)
  const isBlock = BLOCKS.has(element.tagName)
  if (isBlock) builder.endBlock()
  if (marks.length === 0) return isBlock ? () => builder.endBlock() : undefined
  const unmark = builder.openMarks(marks)
  return () => {
    if (isBlock) builder.endBlock()
    unmark()
  }
}

function marksOf(element: Element, base: string): Mark[] {
  const { tagName } = element
  const marks: Mark[] = []
  const kind = Object.hasOwn(MARKS, tagName) ? MARKS[tagName] : BOLD_BLOCKS.has(tagName) ? 'bold' : undefined
  if (kind) marks.push({ kind } as Mark)
  if (tagName === 'a') {
    const { url, original } = cleanLink(attributeOf(element, 'href') ?? '', base)
    if (/^https?:\/\//i.test(url)) marks.push({ kind: 'link', url, ...(original === url ? {} : { original }) })
  }
  if (hasClass(element, 'spoiler')) marks.push({ kind: 'spoiler' })
  const style = attributeOf(element, 'style')
  if (style) marks.push(...styleMarks(style))
  return marks
}

/** The allow-list writes styles in one form: `color:#ff0000;text-decoration:underline`. */
function styleMarks(style: string): Mark[] {
  return style.split(';').flatMap((declaration): Mark[] => {
    const [property, value = ''] = declaration.split(':')
    if (property === 'color') return [{ kind: 'ink', color: value }]
    if (property === 'background-color') return [{ kind: 'paper', color: value }]
    if (property === 'text-decoration') return [{ kind: value === 'underline' ? 'underline' : 'strike' }]
    if (property === 'font-weight') return [{ kind: 'bold' }]
    if (property === 'font-style') return [{ kind: 'italic' }]
    return []
  })
}

function addPicture(element: Element, builder: BlockBuilder): undefined {
  const [width, height] = ['width', 'height'].map((name) => Number(attributeOf(element, name) ?? NaN))
  builder.addPicture({
    type: 'picture',
    url: attributeOf(element, 'src')!,
    alt: (attributeOf(element, 'alt') ?? '').replace(/\s+/g, ' ').trim(),
    ...(Number.isFinite(width) ? { width: width! } : {}),
    ...(Number.isFinite(height) ? { height: height! } : {}),
  })
}

/** The language of a code block, from its own class or from that of the `code` inside. */
function languageOf(element: Element): string | undefined {
  const inside = element.children.find((child) => child.type === 'element' && child.tagName === 'code')
  const classes = [element, inside].flatMap((each) =>
    each?.type === 'element' ? (each.properties.className ?? []) : [],
  )
  for (const name of Array.isArray(classes) ? classes : []) {
    const language = /^lang(?:uage)?-([\w+#.-]{1,30})$/.exec(String(name))?.[1]
    if (language) return language
  }
  return undefined
}
