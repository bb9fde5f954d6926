import type { toMarkdown } from 'mdast-util-to-markdown'
import { destination } from '../../core/markdown-link.ts'

type Options = NonNullable<Parameters<typeof toMarkdown>[1]>
type Handlers = NonNullable<Options['handlers']>

/** How Markdown is written: the plain language, and of GitHub's dialect strikethrough and tables. */
export const DIALECT: Options = {
  bullet: '-',
  rule: '-',
  ruleRepetition: 5, // Three or four could be taken for the end of the front matter by careless readers.
  emphasis: '*',
  fences: true,
  listItemIndent: 'one',
  unsafe: [
    { character: '~', inConstruct: 'phrasing' },
    { character: '|', inConstruct: 'tableCell' },
  ] as NonNullable<Options['unsafe']>,
  handlers: {
    delete: peeking(writeDelete, () => '~'),
    image: peeking(writeImage, () => '!'),
    link: peeking(writeLink, () => '['),
    table: writeTable,
    text: peeking(writeText, peekText),
  } as unknown as Handlers,
}

type Handle = NonNullable<Handlers['link']>
type WriterState = Parameters<Handle>[2]
type WriterPlace = Parameters<Handle>[3]

/**
 * The writer looks at the first sign of what follows. Where nobody tells it that sign, it writes all that follows to see
 * it, at each depth again.
 */
function peeking<Write extends object, Peek>(write: Write, peek: Peek): Write & { peek: Peek } {
  return Object.assign(write, { peek })
}

/** The usual writer tries forty patterns on each text: here only those whose sign stands in it. */
function writeText(node: { value: string }, _parent: unknown, state: WriterState, info: WriterPlace): string {
  const all = state.unsafe
  state.unsafe = all.filter(({ character }) => node.value.includes(character))
  try {
    return state.unsafe.length > 0 ? state.safe(node.value, info) : node.value
  } finally {
    state.unsafe = all
  }
}

/** Characters that decide how a text's first one is written. */
const PEEKED = 100

function peekText({ value }: { value: string }, parent: unknown, state: WriterState, info: WriterPlace): string {
  return writeText({ value: value.slice(0, PEEKED) }, parent, state, info)
}

/** Always in full, with addresses as they are: the usual writer puts a backslash before each `&`. */
function writeLink(node: LinkNode, _parent: unknown, state: WriterState, info: WriterPlace): string {
  const exit = state.enter('link')
  const exitLabel = state.enter('label')
  const words = state.containerPhrasing(node as never, { ...info, before: '[', after: ']' })
  exitLabel()
  exit()
  return `[${words}](${destination(node.url)}${titlePart(node.title)})`
}

function writeImage(node: { url: string; alt?: string | null }, _parent: unknown, state: WriterState): string {
  const exit = state.enter('label')
  const alt = state.safe(node.alt ?? '', { before: '[', after: ']' })
  exit()
  return `![${alt}](${destination(node.url)})`
}

interface LinkNode {
  url: string
  title?: string | null
}

function titlePart(title: string | null | undefined): string {
  if (!title) return ''
  const safe = title
    .replace(/\s+/g, ' ')
    .replace(/[\\"]/g, '\\$&')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
  return ` "${safe}"`
}

function writeDelete(node: unknown, _parent: unknown, state: WriterState, info: WriterPlace): string {
  const tracker = state.createTracker(info)
  const exit = state.enter('strikethrough' as never)
  let value = tracker.move('~~')
  value += state.containerPhrasing(node as never, { ...tracker.current(), before: value, after: '~' })
  exit()
  return `${value}~~`
}

interface Cell {
  children: unknown[]
}

/**
 * One line a row, the first of them the head: the dialect has no table without one. Only the head is filled up to the
 * longest row, for a hostile table may be as wide as it is long.
 */
function writeTable(node: unknown, _parent: unknown, state: WriterState, info: WriterPlace): string {
  const rows = (node as { children: { children: Cell[] }[] }).children
  const width = rows.reduce((most, { children }) => Math.max(most, children.length), 0)
  const lines = rows.map(({ children }, row) => {
    const cells = children.map((cell) => writeCell(cell, state, info))
    if (row === 0) while (cells.length < width) cells.push('')
    return `| ${cells.join(' | ')} |`
  })
  return [lines[0]!, `|${' --- |'.repeat(width)}`, ...lines.slice(1)].join('\n')
}

function writeCell({ children }: Cell, state: WriterState, info: WriterPlace): string {
  const exit = state.enter('tableCell' as never)
  const paragraph = { type: 'paragraph', children } as never
  const words = state.containerPhrasing(paragraph, { ...info, before: '|', after: '|' })
  exit()
  return words.replace(/\\?\n/g, ' ').trim()
}
