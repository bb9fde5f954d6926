/**
 * Threads as Markdown: YAML front matter, the title as the only heading of the first level, each post a section of the
 * second. Whatever a post's text holds stays text: no HTML, no headings or sections but these. Strikethrough and tables
 * are written as GitHub's dialect has them; a reader of plain Markdown shows their signs.
 */
import { toMarkdown } from 'mdast-util-to-markdown'
import type { Attachment, Quote, Thread } from '../core/thread.ts'
import { readBody } from './body/read-body.ts'
import { fill } from './export-labels.ts'
import { selectPosts } from './export-options.ts'
import type { ExportedPost, ExportOptions } from './export-options.ts'
import { DIALECT } from './markdown/dialect.ts'
import { frontMatter } from './markdown/front-matter.ts'
import { blocksToMdast, linkTo } from './markdown/to-mdast.ts'
import type { MdastBlock, MdastInline } from './markdown/to-mdast.ts'
import { encodePath } from './stored-files.ts'
import { authorName, labelsOf, oneLine, postFacts, postName, titleOf, webAddress } from './post-line.ts'

/** Writes a thread as Markdown. Never throws. */
export function formatMarkdown(thread: Thread, options: ExportOptions = {}): string {
  return [...markdownPieces(thread, options)].join('')
}

/** The same in pieces, one a post. */
export function* markdownPieces(thread: Thread, options: ExportOptions = {}): Generator<string> {
  const posts = selectPosts(thread, options)
  const title = titleOf(thread, labelsOf(options))
  yield frontMatter(thread, title, posts.length, options.pagesRead)
  yield `\n${write([{ type: 'heading', depth: 1, children: [textNode(title)] }])}`
  for (const post of posts) yield `\n${write(postBlocks(post, thread, options))}`
}

/** Blocks as Markdown, ended by a line end. */
function write(blocks: MdastBlock[]): string {
  return toMarkdown({ type: 'root', children: blocks }, DIALECT)
}

function postBlocks(exported: ExportedPost, thread: Thread, options: ExportOptions): MdastBlock[] {
  const labels = labelsOf(options)
  const { post } = exported
  const name = [
    postName(exported, labels),
    authorName(post.author, labels),
    ...(post.isStarter ? [labels.starter] : []),
  ]
  const head: MdastBlock[] = [
    { type: 'heading', depth: 2, children: [textNode(name.filter(Boolean).join(' · '))] },
    ...factLine(exported, options),
  ]
  const quotes = options.quotes === false ? [] : post.quotes.map((quote) => quoteBlock(quote, options))
  const blocks = head.concat(quotes, blocksToMdast(readBody(post, thread.url), options))
  const files = post.attachments.filter(({ kind }) => kind !== 'image' || options.pictures !== 'omit')
  if (files.length > 0) {
    const items = files.map((file) => attachmentItem(file, options))
    blocks.push({ type: 'paragraph', children: [textNode(labels.attachments)] }, listOf(items))
  }
  return blocks
}

/** A file that lies beside is linked there, and a picture shown too. */
function attachmentItem({ name, url, kind }: Attachment, options: ExportOptions): MdastInline[] {
  const words = oneLine(name) || oneLine(url)
  const path = options.beside?.take(url, name)
  if (path === undefined) return [linkTo(webAddress(url), words)]
  const address = encodePath(path)
  return kind === 'image' ? [{ type: 'image', url: address, alt: words }] : [linkTo(address, words)]
}

/** When the post was written, its votes, and the way to it on the site. */
function factLine({ post }: ExportedPost, options: ExportOptions): MdastBlock[] {
  const facts = postFacts(post, options).join(' · ')
  const url = webAddress(post.url)
  const children: MdastInline[] = facts ? [textNode(facts)] : []
  if (url) children.push(...(facts ? [textNode(' · ')] : []), linkTo(url, labelsOf(options).permalink))
  return children.length > 0 ? [{ type: 'paragraph', children }] : []
}

function quoteBlock(quote: Quote, options: ExportOptions): MdastBlock {
  const labels = labelsOf(options)
  const name = textNode(fill(labels.quoted, authorName(quote, labels)))
  const lines = quote.excerpt.split(/\r\n|\r|\n/).filter((line) => line.trim())
  const words = lines.flatMap((line, at): MdastInline[] => [
    ...(at > 0 ? [{ type: 'break' as const }] : []),
    textNode(line),
  ])
  const paragraphs = words.length > 0 ? [[name], words] : [[name]]
  return { type: 'blockquote', children: paragraphs.map((children) => ({ type: 'paragraph', children })) }
}

function listOf(items: MdastInline[][]): MdastBlock {
  return {
    type: 'list',
    ordered: false,
    spread: false,
    children: items.map((children) => ({
      type: 'listItem',
      spread: false,
      children: [{ type: 'paragraph', children }],
    })),
  }
}

function textNode(value: string): MdastInline {
  return { type: 'text', value }
}
