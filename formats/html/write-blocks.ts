import type { Block, Inline, Mark, Picture } from '../body/blocks.ts'
import { fill } from '../export-labels.ts'
import type { ExportLabels } from '../export-labels.ts'
import { escapeAddress, escapeMarkup } from './escape.ts'

export interface MarkupOptions {
  labels: ExportLabels
  /** Markup of a picture; `isInLink` where a link of its own is not allowed. */
  picture: (picture: Picture, isInLink: boolean) => string
  /** True to keep writers' colours, as variables that the style sheet brings to its own paper. */
  hasColours: boolean
}

/** Blocks as markup that is both HTML and XML. Depth is bounded by the reader of bodies. */
export function blocksMarkup(blocks: readonly Block[], options: MarkupOptions): string {
  return blocks.map((block) => blockMarkup(block, options)).join('\n')
}

function blockMarkup(block: Block, options: MarkupOptions): string {
  switch (block.type) {
    case 'paragraph':
      return `<p>${inlinesMarkup(block.children, options)}</p>`
    case 'quote':
      return `<blockquote>${blocksMarkup(block.children, options)}</blockquote>`
    case 'list': {
      const items = block.items.map((item) => `<li>${itemMarkup(item, options)}</li>`).join('\n')
      const start = block.isOrdered && block.start !== 1 ? ` start="${block.start}"` : ''
      return block.isOrdered ? `<ol${start}>${items}</ol>` : `<ul>${items}</ul>`
    }
    case 'code':
      // A parser of HTML takes away one line end right after <pre>, but not after <code>.
      return `<pre><code>${escapeMarkup(block.text)}</code></pre>`
    case 'table': {
      const rows = block.rows.map(({ isHead, cells }) => {
        const tag = isHead ? 'th' : 'td'
        const made = cells.map((cell) => `<${tag}>${inlinesMarkup(cell, options)}</${tag}>`)
        return made.length > 0 ? `<tr>${made.join('')}</tr>` : ''
      })
      return `<table><tbody>${rows.join('\n')}</tbody></table>`
    }
    case 'rule':
      return '<hr/>'
  }
}

/** An item of one line needs no paragraph. */
function itemMarkup(item: readonly Block[], options: MarkupOptions): string {
  const [only] = item
  return item.length === 1 && only?.type === 'paragraph'
    ? inlinesMarkup(only.children, options)
    : blocksMarkup(item, options)
}

function inlinesMarkup(inlines: readonly Inline[], options: MarkupOptions, isInLink = false): string {
  return inlines.map((inline) => inlineMarkup(inline, options, isInLink)).join('')
}

function inlineMarkup(inline: Inline, options: MarkupOptions, isInLink: boolean): string {
  if (inline.type === 'text') return escapeMarkup(inline.value)
  if (inline.type === 'break') return '<br/>'
  if (inline.type === 'picture') return options.picture(inline, isInLink)
  const { mark, children } = inline
  const inside = inlinesMarkup(children, options, isInLink || mark.kind === 'link')
  if (mark.kind === 'link') return linkMarkup(mark, inside, options.labels)
  if (mark.kind === 'ink' || mark.kind === 'paper') return options.hasColours ? colourMarkup(mark, inside) : inside
  if (mark.kind === 'spoiler') return `<span class="spoiler" tabindex="0">${inside}</span>`
  return `<${TAGS[mark.kind]}>${inside}</${TAGS[mark.kind]}>`
}

const TAGS = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strike: 's',
  code: 'code',
  small: 'small',
  sub: 'sub',
  sup: 'sup',
  highlight: 'mark',
} as const

/** A link whose picture is left out shows its address. */
function linkMarkup(mark: Extract<Mark, { kind: 'link' }>, inside: string, labels: ExportLabels): string {
  const title = mark.original === undefined ? '' : ` title="${escapeMarkup(fill(labels.original, mark.original))}"`
  return `<a href="${escapeAddress(mark.url)}"${title} rel="noopener noreferrer">${inside || escapeMarkup(mark.url)}</a>`
}

function colourMarkup({ kind, color }: Extract<Mark, { color: string }>, inside: string): string {
  return `<span class="${kind}" style="--${kind}-of-post:${escapeMarkup(color)}">${inside}</span>`
}
