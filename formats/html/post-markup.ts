import type { Attachment, Post, Quote, Thread } from '../../core/thread.ts'
import { plainText } from '../body/inlines.ts'
import type { Block } from '../body/blocks.ts'
import { readBody } from '../body/read-body.ts'
import { fill } from '../export-labels.ts'
import type { ExportedPost, ExportOptions } from '../export-options.ts'
import { safeOwnName } from '../file-name.ts'
import { authorName, labelsOf, oneLine, postFacts, postName, webAddress } from '../post-line.ts'
import type { QuoteLinks } from '../quote-links.ts'
import { escapeAddress, escapeMarkup } from './escape.ts'
import { blocksMarkup } from './write-blocks.ts'
import type { MarkupOptions } from './write-blocks.ts'

/** Longer posts are folded, this many of their characters stay open. The first post never is. */
const FOLDED_FROM = 1500
const OPEN_CHARACTERS = 600
/** More replies than this are folded. */
const REPLIES_SHOWN = 6

export interface PostMarkupOptions extends MarkupOptions {
  thread: Thread
  options: ExportOptions
  links: QuoteLinks
  /** Address of a post by its index in the thread; undefined for one that is not in the file. */
  addressOf: (index: number) => string | undefined
  /** What is at hand of an attachment; its address may be asked for where a book or page may have one. */
  fileAtHand: (url: string) => { isPicture: boolean; address?: () => string } | undefined
  /** False for books: their readers do not know `<details>`. */
  hasFolds: boolean
}

/** Id of a post's element: its place in the thread, for a site's ids may be anything. */
export function postElementId(index: number): string {
  return `p${index + 1}`
}

/** A post as markup that is both HTML and XML. */
export function postMarkup(exported: ExportedPost, given: PostMarkupOptions): string {
  const { post, index } = exported
  const { options } = given
  const shown = new Set<string>()
  const how: PostMarkupOptions = {
    ...given,
    picture(picture, isInLink) {
      shown.add(picture.url)
      return given.picture(picture, isInLink)
    },
  }
  const quotes =
    options.quotes === false
      ? []
      : post.quotes.map((quote, at) => quoteMarkup(quote, how.links.quoted[index]?.[at], how))
  const parts = [
    headMarkup(exported, how),
    quotes.join('\n'),
    bodyMarkup(exported, how),
    attachmentsMarkup(post, how, shown),
    repliesMarkup(index, how),
  ]
  const kind = post.isStarter ? 'post of-starter' : 'post'
  return `<article class="${kind}" id="${postElementId(index)}">\n${parts.filter(Boolean).join('\n')}\n</article>\n`
}

function headMarkup(exported: ExportedPost, { options }: PostMarkupOptions): string {
  const { post, index } = exported
  const labels = labelsOf(options)
  const floor = `<a class="floor" href="#${postElementId(index)}">${escapeMarkup(postName(exported, labels))}</a>`
  const author = escapeMarkup(authorName(post.author, labels))
  const starter = post.isStarter ? ` <span class="starter">${escapeMarkup(labels.starter)}</span>` : ''
  const url = webAddress(post.url)
  const permalink = url
    ? [`<a href="${escapeAddress(url)}" rel="noopener noreferrer">${escapeMarkup(labels.permalink)}</a>`]
    : []
  const facts = [...postFacts(post, options).map(escapeMarkup), ...permalink].join(' · ')
  const line = facts ? `\n<p class="facts">${facts}</p>` : ''
  return `<h2 class="head">${floor} <span class="author">${author}</span>${starter}</h2>${line}`
}

function quoteMarkup(quote: Quote, from: number | undefined, { options, addressOf }: PostMarkupOptions): string {
  const labels = labelsOf(options)
  const name = escapeMarkup(fill(labels.quoted, authorName(quote, labels)))
  const address = from === undefined ? undefined : addressOf(from)
  const cite = address === undefined ? name : `<a href="${address}">${name}</a>`
  const lines = quote.excerpt.split(/\r\n|\r|\n/).filter((line) => line.trim())
  const words = lines.length > 0 ? `<p>${lines.map(escapeMarkup).join('<br/>')}</p>` : ''
  return `<blockquote class="quoted"><p class="cite">${cite}</p>${words}</blockquote>`
}

function bodyMarkup({ post, index }: ExportedPost, how: PostMarkupOptions): string {
  const blocks = readBody(post, how.thread.url)
  const cut = how.hasFolds && index > 0 ? foldAt(blocks) : undefined
  if (cut === undefined) return `<div class="body">\n${blocksMarkup(blocks, how)}\n</div>`
  const label = escapeMarkup(fill(how.labels.rest, String(cut.hidden)))
  const rest = `<details class="rest"><summary>${label}</summary>\n${blocksMarkup(blocks.slice(cut.at), how)}\n</details>`
  return `<div class="body">\n${blocksMarkup(blocks.slice(0, cut.at), how)}\n${rest}\n</div>`
}

/** Before which block a long body is folded, and how many characters that hides. */
function foldAt(blocks: readonly Block[]): { at: number; hidden: number } | undefined {
  const lengths = blocks.map(lengthOf)
  const total = lengths.reduce((sum, length) => sum + length, 0)
  if (total < FOLDED_FROM) return undefined
  let shown = 0
  for (let at = 0; at < blocks.length; at++) {
    if (shown >= OPEN_CHARACTERS) return total - shown >= OPEN_CHARACTERS ? { at, hidden: total - shown } : undefined
    shown += lengths[at]!
  }
  return undefined
}

function lengthOf(block: Block): number {
  if (block.type === 'paragraph') return plainText(block.children).length
  if (block.type === 'code') return block.text.length
  const inside = block.type === 'quote' ? block.children : block.type === 'list' ? block.items.flat() : []
  const cells = block.type === 'table' ? block.rows.flatMap((row) => row.cells) : []
  return (
    inside.reduce((sum, each) => sum + lengthOf(each), 0) + cells.reduce((sum, cell) => sum + plainText(cell).length, 0)
  )
}

/** @param shown addresses of pictures that the post shows already: once more, they would be in the file twice */
function attachmentsMarkup({ attachments }: Post, how: PostMarkupOptions, shown: ReadonlySet<string>): string {
  const { options } = how
  const kept = attachments.filter(({ kind }) => kind !== 'image' || options.pictures !== 'omit')
  if (kept.length === 0) return ''
  const items = kept.map((each) => `<li>${attachmentMarkup(each, how, shown.has(each.url))}</li>`).join('\n')
  return `<p class="facts">${escapeMarkup(labelsOf(options).attachments)}</p>\n<ul class="attachments">${items}</ul>`
}

/** A picture at hand that is not shown yet is shown below its name, another file at hand is inside as a download. */
function attachmentMarkup({ name, url }: Attachment, how: PostMarkupOptions, isShown: boolean): string {
  const address = webAddress(url)
  const words = escapeMarkup(oneLine(name) || (address ?? '?'))
  const file = how.fileAtHand(url)
  if (file?.address && !file.isPicture) {
    return `<a href="${file.address()}" download="${escapeMarkup(safeOwnName(name, 'file'))}">${words}</a>`
  }
  const link = address ? `<a href="${escapeAddress(address)}" rel="noopener noreferrer">${words}</a>` : words
  return file?.isPicture && !isShown
    ? `${link}<br/>${how.picture({ type: 'picture', url, alt: oneLine(name) }, false)}`
    : link
}

/** The posts that quote this one. */
function repliesMarkup(index: number, { options, links, addressOf, thread, hasFolds }: PostMarkupOptions): string {
  if (options.quotes === false) return ''
  const labels = labelsOf(options)
  const replies = (links.quotedBy[index] ?? []).flatMap((from) => {
    const address = addressOf(from)
    const name = escapeMarkup(postName({ post: thread.posts[from]!, index: from }, labels))
    return address === undefined ? [] : [`<a href="${address}">${name}</a>`]
  })
  if (replies.length === 0) return ''
  const label = escapeMarkup(fill(labels.replies, String(replies.length)))
  return hasFolds && replies.length > REPLIES_SHOWN
    ? `<details class="replies"><summary>${label}</summary><p>${replies.join(' ')}</p></details>`
    : `<p class="replies">${label} ${replies.join(' ')}</p>`
}
