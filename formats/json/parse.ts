import type { Attachment, Author, Board, Post, Quote, Thread } from '../../core/thread.ts'
import { sanitizeHtml } from '../../dom/sanitize-html.ts'
import { FieldReader, isRecord } from './fields.ts'
import type { JsonProblem } from './fields.ts'
import { JSON_FORMAT, JSON_VERSION } from './version.ts'

export interface ParsedJson {
  /** What could be read, also of a document with problems. */
  threads: Thread[]
  /** In the order of the document, at most 1,000. */
  problems: JsonProblem[]
}

/**
 * Reads a document of threads: its text, or what `JSON.parse` made of it. A field that is not what it must be is left
 * out and told; a post without an id or a thread without key, site or id is left out whole. HTML is cleaned by the
 * allow-list; addresses are of the web or not there. Never throws.
 */
export function parseJson(input: unknown): ParsedJson {
  const reader = new FieldReader()
  const document = typeof input === 'string' ? parseText(input, reader) : input
  if (document === undefined) return { threads: [], problems: reader.problems }
  if (!isRecord(document) || document['format'] !== JSON_FORMAT || !Array.isArray(document['threads'])) {
    reader.tell('', 'not-threads', `This is no document of threads: "format" is not "${JSON_FORMAT}".`)
    return { threads: [], problems: reader.problems }
  }
  const { version } = document
  if (typeof version !== 'number' || version > JSON_VERSION) {
    reader.tell('version', 'newer-version', 'The document is of a newer version; what is known of it was read.')
  }
  const threads: Thread[] = []
  for (const [index, value] of document['threads'].entries()) {
    const thread = readThread(value, `threads[${index}]`, reader)
    if (thread) threads.push(thread)
  }
  return { threads, problems: reader.problems }
}

function parseText(text: string, reader: FieldReader): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''))
  } catch (error) {
    reader.tell('', 'not-json', `This is not JSON: ${error instanceof Error ? error.message : String(error)}`)
    return undefined
  }
}

/** A thread of a document, also one of a backup; undefined, and told, without key, site or id. */
export function readThread(value: unknown, path: string, reader: FieldReader): Thread | undefined {
  const from = reader.record(value, path)
  const [key, site, id] = ['key', 'site', 'id'].map((name) => from?.text(name))
  if (!from || !key || !site || !id) {
    reader.tell(path, 'thread-left-out', 'A thread needs key, site and id.')
    return undefined
  }
  const url = from.address('url') ?? ''
  const lastReply = from.inside('lastReply')
  return defined<Thread>({
    ...{ key, site, id, url },
    title: from.text('title') ?? '',
    board: readBoard(from.inside('board')),
    author: readAuthor(from.inside('author')),
    createdAt: from.time('createdAt'),
    lastReply:
      lastReply &&
      defined<NonNullable<Thread['lastReply']>>({
        author: readAuthor(lastReply.inside('author')),
        at: lastReply.time('at'),
      }),
    pageCount: from.count('pageCount', 1),
    posts: readPosts(from.list('posts'), `${path}.posts`, url, reader),
  })
}

function readPosts(values: readonly unknown[], path: string, base: string, reader: FieldReader): Post[] {
  const posts: Post[] = []
  const ids = new Set<string>()
  for (const [index, value] of values.entries()) {
    const post = readPost(value, `${path}[${index}]`, base, reader)
    if (!post) continue
    if (ids.has(post.id)) {
      reader.tell(`${path}[${index}].id`, 'repeated-post', `The post id ${post.id} stands twice; both posts are kept.`)
      post.id = freeId(post.id, ids)
    }
    ids.add(post.id)
    posts.push(post)
  }
  return posts
}

/** `ID~2` for a repeated id, as the reader of dumps does. */
function freeId(id: string, ids: ReadonlySet<string>): string {
  let number = 2
  while (ids.has(`${id}~${number}`)) number++
  return `${id}~${number}`
}

/** A post, its HTML cleaned; undefined, and told, without an id. */
export function readPost(value: unknown, path: string, base: string, reader: FieldReader): Post | undefined {
  const from = reader.record(value, path)
  const id = from?.text('id')
  if (!from || !id) {
    reader.tell(path, 'post-left-out', 'A post needs an id.')
    return undefined
  }
  const votes = from.inside('votes')
  const htmlOptions = base ? { base } : {}
  return defined<Post>({
    id,
    floor: from.count('floor', 0),
    author: readAuthor(from.inside('author')) ?? { username: '' },
    isStarter: from.flag('isStarter'),
    url: from.address('url'),
    parentId: from.text('parentId'),
    postedAt: from.time('postedAt'),
    editedAt: from.time('editedAt'),
    html: sanitizeHtml(from.text('html') ?? '', htmlOptions),
    text: from.text('text') ?? '',
    quotes: from.records('quotes').map((quote) => readQuote(quote)),
    attachments: from.records('attachments').map((attachment) => readAttachment(attachment)),
    votes: votes && defined<NonNullable<Post['votes']>>({ up: votes.count('up', 0), down: votes.count('down', 0) }),
  })
}

function readAuthor(from: FieldsOf): Author | undefined {
  const username = from?.text('username')
  if (!from || username === undefined) return undefined
  return defined<Author>({ username, nickname: from.text('nickname'), id: from.text('id') })
}

function readBoard(from: FieldsOf): Board | undefined {
  const id = from?.text('id')
  return from && id !== undefined ? defined<Board>({ id, name: from.text('name') }) : undefined
}

/** A quote; what is missing is empty. */
export function readQuote(from: NonNullable<FieldsOf>): Quote {
  return defined<Quote>({
    username: from.text('username') ?? '',
    nickname: from.text('nickname'),
    excerpt: from.text('excerpt') ?? '',
    postId: from.text('postId'),
  })
}

/** An attachment; what is missing is empty, what is no picture is a file. */
export function readAttachment(from: NonNullable<FieldsOf>): Attachment {
  return defined<Attachment>({
    name: from.text('name') ?? '',
    url: from.address('url') ?? '',
    size: from.count('size', 0),
    kind: from.text('kind') === 'image' ? 'image' : 'file',
  })
}

type FieldsOf = ReturnType<FieldReader['record']>

/** The value without keys that are undefined: optional fields are absent, not empty. */
function defined<T extends object>(value: { [K in keyof T]: T[K] | undefined } | T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}
