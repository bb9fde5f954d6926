import type { toMarkdown } from 'mdast-util-to-markdown'
import type { Block, Inline, Mark, Picture } from '../body/blocks.ts'
import { plainText } from '../body/inlines.ts'
import { fill } from '../export-labels.ts'
import type { ExportOptions } from '../export-options.ts'
import { labelsOf } from '../post-line.ts'
import { encodePath } from '../stored-files.ts'
import { loosenEdges } from './loosen-edges.ts'

type MdastNode = Parameters<typeof toMarkdown>[0]
type MdastRoot = Extract<MdastNode, { type: 'root' }>
/** A block of the Markdown tree. */
export type MdastBlock = MdastRoot['children'][number]
/** Words of the Markdown tree. */
export type MdastInline = Extract<MdastNode, { type: 'paragraph' }>['children'][number]
type MdastQuote = Extract<MdastNode, { type: 'blockquote' }>
type MdastItem = Extract<MdastNode, { type: 'listItem' }>

/** A body's blocks as Markdown's. Lists that follow each other become one: Markdown cannot part them but by HTML. */
export function blocksToMdast(blocks: readonly Block[], options: ExportOptions): MdastBlock[] {
  const made: MdastBlock[] = []
  for (const block of blocks) {
    const next = toBlock(block, options)
    const last = made.at(-1)
    if (next?.type === 'list' && last?.type === 'list' && last.ordered === next.ordered) {
      for (const item of next.children) last.children.push(item)
      last.spread ||= next.spread === true
    } else if (next) made.push(next)
  }
  return made
}

/** A link, or its words alone where there is no address. */
export function linkTo(url: string | undefined, words: string): MdastInline {
  const text: MdastInline = { type: 'text', value: words }
  return url === undefined ? text : { type: 'link', url, children: [{ type: 'text', value: words }] }
}

function toBlock(block: Block, options: ExportOptions): MdastBlock | undefined {
  switch (block.type) {
    case 'paragraph': {
      const children = toInlines(block.children, options)
      return children.length > 0 ? { type: 'paragraph', children } : undefined
    }
    case 'quote':
      return { type: 'blockquote', children: blocksToMdast(block.children, options) as MdastQuote['children'] }
    case 'list': {
      const children = block.items.map((item): MdastItem => {
        const inside = blocksToMdast(item, options) as MdastItem['children']
        return { type: 'listItem', spread: inside.length > 1, children: inside }
      })
      const spread = children.some((item) => item.spread)
      return { type: 'list', ordered: block.isOrdered, start: Math.min(block.start, 999_999_999), spread, children }
    }
    case 'code':
      return { type: 'code', value: block.text, ...(block.language === undefined ? {} : { lang: block.language }) }
    case 'table': {
      const rows = block.rows.map(({ cells }) => ({
        type: 'tableRow' as const,
        children: cells.map((cell) => ({ type: 'tableCell' as const, children: toInlines(cell, options) })),
      }))
      return { type: 'table', children: rows }
    }
    case 'rule':
      return { type: 'thematicBreak' }
  }
}

function toInlines(inlines: readonly Inline[], options: ExportOptions): MdastInline[] {
  return loosenEdges(inlines.flatMap((inline) => toInline(inline, options)))
}

function toInline(inline: Inline, options: ExportOptions): MdastInline[] {
  if (inline.type === 'text') return [{ type: 'text', value: inline.value }]
  if (inline.type === 'break') return [{ type: 'break' }]
  if (inline.type === 'picture') return toPicture(inline, options)
  const { mark } = inline
  if (mark.kind === 'code') {
    // Code spans hold nothing but text.
    const value = plainText(inline.children).replace(/\s+/g, ' ').trim()
    return value ? [{ type: 'inlineCode', value }] : []
  }
  return wrap(mark, toInlines(inline.children, options), options)
}

function wrap(mark: Mark, children: MdastInline[], options: ExportOptions): MdastInline[] {
  if (children.length === 0 && mark.kind === 'link') return [linkTo(mark.url, mark.url)] // Its picture is left out.
  if (children.length === 0) return []
  switch (mark.kind) {
    case 'bold':
      return [{ type: 'strong', children }]
    case 'italic':
    case 'highlight':
      return [{ type: 'emphasis', children }]
    case 'strike':
      return [{ type: 'delete', children }]
    case 'link': {
      const title = mark.original === undefined ? {} : { title: fill(labelsOf(options).original, mark.original) }
      return [{ type: 'link', url: mark.url, ...title, children }]
    }
    default:
      return children // Markdown has no sign for it.
  }
}

function toPicture({ url, alt }: Picture, options: ExportOptions): MdastInline[] {
  const name = alt || labelsOf(options).picture
  if (options.pictures === 'omit') return []
  const path = options.beside?.find(url)?.type.startsWith('image/') ? options.beside.take(url) : undefined
  if (path !== undefined) return [{ type: 'image', url: encodePath(path), alt: name }]
  // A picture held in its own address would be a line of a million letters.
  return url.startsWith('data:') ? [{ type: 'text', value: `[${name}]` }] : [{ type: 'image', url, alt: name }]
}
