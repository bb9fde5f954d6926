/**
 * Threads as plain text for people. Links stand behind their words; at the end the addresses that were cleaned are
 * listed as they were. Nothing reads this back: the dump and JSON are for that.
 */
import type { Post, Thread } from '../core/thread.ts'
import type { Block, Inline } from './body/blocks.ts'
import { readBody } from './body/read-body.ts'
import { fill } from './export-labels.ts'
import { selectPosts } from './export-options.ts'
import type { ExportedPost, ExportOptions } from './export-options.ts'
import { authorName, labelsOf, oneLine, postFacts, postName, threadFacts, titleOf, webAddress } from './post-line.ts'

/** Writes a thread as text, lines ended by `\n`. Never throws. */
export function formatText(thread: Thread, options: ExportOptions = {}): string {
  return [...textPieces(thread, options)].join('')
}

/** The same in pieces, one a post, for what is too long to hold as one text. */
export function* textPieces(thread: Thread, options: ExportOptions = {}): Generator<string> {
  const labels = labelsOf(options)
  const posts = selectPosts(thread, options)
  const facts = threadFacts(thread, posts.length, options).map(([name, value]) => (name ? `${name} ${value}` : value))
  const url = webAddress(thread.url)
  yield `${[titleOf(thread, labels), facts.join(' · '), ...(url ? [url] : [])].join('\n')}\n`
  const originals = new Map<string, string>()
  for (const post of posts) yield postText(post, thread, options, originals)
  if (originals.size === 0) return
  yield `\n${'─'.repeat(20)}\n`
  for (const [original, clean] of originals) yield `${clean}\n  ${fill(labels.original, original)}\n`
}

function postText(
  exported: ExportedPost,
  thread: Thread,
  options: ExportOptions,
  originals: Map<string, string>,
): string {
  const labels = labelsOf(options)
  const { post } = exported
  const head = [
    postName(exported, labels),
    authorName(post.author, labels),
    ...(post.isStarter ? [labels.starter] : []),
  ]
  const title = [`\n${'─'.repeat(20)}`, [...head, ...postFacts(post, options)].join(' · '), '']
  const quotes = options.quotes === false ? [] : quoteLines(post, options)
  const body = new TextWriter(options, originals).blockLines(readBody(post, thread.url))
  const lines = title.concat(quotes, body)
  for (const { name, url } of post.attachments) {
    lines.push(`[${labels.attachments}] ${[oneLine(name), webAddress(url) ?? ''].filter(Boolean).join(' ')}`)
  }
  while (lines.at(-1) === '') lines.pop()
  return `${lines.join('\n')}\n`
}

function quoteLines({ quotes }: Post, options: ExportOptions): string[] {
  const labels = labelsOf(options)
  return quotes.flatMap((quote) => {
    const excerpt = quote.excerpt.trim()
    const words = excerpt ? excerpt.split(/\r\n|\r|\n/).map((line) => `> ${line}`) : []
    return [`> ${fill(labels.quoted, authorName(quote, labels))}`, ...words, '']
  })
}

class TextWriter {
  #options: ExportOptions
  #originals: Map<string, string>

  constructor(options: ExportOptions, originals: Map<string, string>) {
    this.#options = options
    this.#originals = originals
  }

  /** Lines of blocks, each block with an empty line after it. Depth is bounded by the reader of bodies. */
  blockLines(blocks: readonly Block[]): string[] {
    return blocks.flatMap((block) => [...this.#linesOf(block), ''])
  }

  #linesOf(block: Block): string[] {
    switch (block.type) {
      case 'paragraph':
        return this.#words(block.children).split('\n')
      case 'quote':
        return this.#nested(block.children).map((line) => `> ${line}`.trimEnd())
      case 'list':
        return block.items.flatMap((item, index) => {
          const bullet = block.isOrdered ? `${block.start + index}. ` : '- '
          return this.#nested(item).map((line, at) => (at === 0 ? bullet + line : line && `  ${line}`))
        })
      case 'code':
        return block.text.split('\n').map((line) => `    ${line}`.trimEnd())
      case 'table':
        return block.rows.map(({ cells }) => cells.map((cell) => oneLine(this.#words(cell))).join(' | '))
      case 'rule':
        return ['* * *']
    }
  }

  #nested(blocks: readonly Block[]): string[] {
    const lines = this.blockLines(blocks)
    lines.pop()
    return lines
  }

  #words(inlines: readonly Inline[]): string {
    return inlines.map((inline) => this.#wordsOf(inline)).join('')
  }

  #wordsOf(inline: Inline): string {
    if (inline.type === 'text') return inline.value
    if (inline.type === 'break') return '\n'
    if (inline.type === 'picture') return this.#picture(inline.alt, inline.url)
    const words = this.#words(inline.children)
    if (inline.mark.kind !== 'link') return words
    const { url, original } = inline.mark
    if (original !== undefined) this.#originals.set(original, url)
    return words.trim() === url ? words : `${words} <${url}>`
  }

  #picture(alt: string, url: string): string {
    const { pictures } = this.#options
    if (pictures === 'omit') return ''
    const name = [labelsOf(this.#options).picture, alt].filter(Boolean).join(' ')
    return url.startsWith('data:') ? `[${name}]` : `[${name} <${url}>]`
  }
}
