/**
 * Threads as JSON, in and out, in the form that docs/json-format.md tells: the model as it is, plus what a reader of the
 * file would have to find out by itself. What the options leave out is not in the file; without options writing and
 * reading back gives the same thread.
 */
import type { Post, Thread } from '../core/thread.ts'
import { readBody } from './body/read-body.ts'
import type { Block, Inline } from './body/blocks.ts'
import { selectPosts } from './export-options.ts'
import type { ExportOptions } from './export-options.ts'
import { JSON_FORMAT, JSON_VERSION } from './json/version.ts'

export { parseJson } from './json/parse.ts'

/** A link of a post that was cleaned. */
interface CleanedLink {
  url: string
  original: string
}

/** A picture or attachment of a post, as a file beside the document. */
interface FileBeside {
  /** As in `html` or `attachments`. */
  url: string
  /** Relative to the document. */
  path: string
  type: string
}

/** Writes a thread as one JSON document. Never throws; `pictures: 'omit'` takes image attachments out, bodies stay whole. */
export function formatJson(thread: Thread, options: ExportOptions = {}): string {
  return [...jsonPieces(thread, options)].join('')
}

/** The same in pieces, one a post. */
export function* jsonPieces(thread: Thread, options: ExportOptions = {}): Generator<string> {
  const { posts, ...fields } = thread
  const head = { format: JSON_FORMAT, version: JSON_VERSION }
  const text = JSON.stringify({ ...fields, ...pagesOf(options), posts: [] }, undefined, 2).replace(/\n/g, '\n    ')
  yield `${JSON.stringify(head, undefined, 2).slice(0, -2)},\n  "threads": [\n    ${text.slice(0, text.lastIndexOf('[]'))}[`
  let isFirst = true
  for (const { post } of selectPosts({ ...fields, posts }, options)) {
    const lines = JSON.stringify(postFields(post, thread, options), undefined, 2).replace(/\n/g, '\n        ')
    yield `${isFirst ? '' : ','}\n        ${lines}`
    isFirst = false
  }
  yield `${isFirst ? '' : '\n      '}]\n    }\n  ]\n}\n`
}

/** How many pages were read, for who reads the file; nothing where that is all of them. */
function pagesOf({ pagesRead }: ExportOptions): { pagesRead?: number } {
  return pagesRead === undefined ? {} : { pagesRead }
}

type PostFields = Post & { links?: CleanedLink[]; files?: FileBeside[] }

function postFields(post: Post, thread: Thread, options: ExportOptions): PostFields {
  const { votes, ...rest } = post
  const blocks = /<a|<img/.test(post.html) ? readBody(post, thread.url) : []
  const links = cleanedLinks(blocks)
  const files = filesBeside(post, blocks, options)
  return {
    ...rest,
    ...(votes && options.votes !== false ? { votes } : {}),
    quotes: options.quotes === false ? [] : post.quotes,
    attachments: post.attachments.filter(({ kind }) => options.pictures !== 'omit' || kind !== 'image'),
    ...(links.length > 0 ? { links } : {}),
    ...(files.length > 0 ? { files } : {}),
  }
}

/** The pictures and attachments of a post that lie beside the document, each once, in order. */
function filesBeside({ attachments }: Post, blocks: readonly Block[], { beside }: ExportOptions): FileBeside[] {
  if (!beside) return []
  const found = new Map<string, FileBeside>()
  const add = (url: string, name?: string) => {
    const path = beside.take(url, name)
    if (path !== undefined) found.set(url, { url, path, type: beside.find(url)!.type })
  }
  for (const inline of inlinesOf(blocks)) if (inline.type === 'picture') add(inline.url)
  for (const { url, name } of attachments) add(url, name)
  return [...found.values()]
}

/** The links that point elsewhere than they did on the page, each once, in order. */
function cleanedLinks(blocks: readonly Block[]): CleanedLink[] {
  const found = new Map<string, string>()
  for (const inline of inlinesOf(blocks)) {
    if (inline.type !== 'marked' || inline.mark.kind !== 'link') continue
    const { url, original } = inline.mark
    if (original !== undefined) found.set(original, url)
  }
  return [...found].map(([original, url]) => ({ url, original }))
}

function* inlinesOf(blocks: readonly Block[]): Generator<Inline> {
  const waiting: (Block | Inline)[] = blocks.toReversed()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const inside = childrenOf(next)
    for (let index = inside.length - 1; index >= 0; index--) waiting.push(inside[index]!)
    if (next.type === 'marked' || next.type === 'picture') yield next
  }
}

function childrenOf(node: Block | Inline): readonly (Block | Inline)[] {
  if (node.type === 'list') return node.items.flat()
  if (node.type === 'table') return node.rows.flatMap(({ cells }) => cells.flat())
  return 'children' in node ? node.children : []
}
