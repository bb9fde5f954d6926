import { parseTag, MOST_TAGS } from '../../core/library/tags.ts'
import { sanitizeHtml } from '../../dom/sanitize-html.ts'
import { FieldReader, isRecord } from '../../formats/json/fields.ts'
import { readAttachment, readPost, readQuote, readThread } from '../../formats/json/parse.ts'
import { parseFileAddress } from '../file-records.ts'
import { omit, withoutUndefined } from '../plain-value.ts'
import type { ArchivedPost, PostVersion, TagChange, ThreadHistory, ThreadSource } from '../records.ts'
import { BACKUP_FORMAT } from './lines.ts'
import type { AddressesLine, BackupLine, EndLine, FileLine, ManifestLine, ThreadLine } from './lines.ts'

/** More than any post was ever edited; the newest are kept. */
const MOST_VERSIONS = 1000
/** Pages of a thread whose times are remembered. */
const MOST_PAGES = 100_000
/** Rows of one line: ours hold 500. */
const MOST_ROWS = 10_000

/** A time in UTC as the archive writes it: such times compare as strings. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/

/** Clocks differ; what claims to be from later than this would win over all that is read. In milliseconds. */
const CLOCKS_DIFFER = 24 * 60 * 60 * 1000

/** Reads lines of a backup, which anyone may have written: each field is checked, HTML is cleaned by the allow-list. */
export class LineParser {
  #now: number

  constructor(now: Date) {
    this.#now = now.getTime()
  }

  /** Undefined for what is no line of a backup, or of a type that is not known. Never throws. */
  parse(text: string): BackupLine | undefined {
    let value: unknown
    try {
      value = JSON.parse(text)
    } catch {
      return undefined
    }
    if (!isRecord(value)) return undefined
    switch (value['type']) {
      case 'manifest':
        return this.#manifest(value)
      case 'thread':
        return this.#thread(value)
      case 'file':
        return parseFile(value)
      case 'addresses':
        return this.#addresses(value)
      case 'settings':
        return isRecord(value['values']) ? { type: 'settings', values: value['values'] } : undefined
      case 'end':
        return { type: 'end', ...counts(value, 'threads', 'posts', 'files') } as EndLine
      default:
        return undefined
    }
  }

  #manifest(value: Record<string, unknown>): ManifestLine | undefined {
    const { format, version, extension } = value
    const createdAt = this.#moment(value['createdAt'])
    if (format !== BACKUP_FORMAT || typeof version !== 'number' || !(version >= 1) || !createdAt) return undefined
    return {
      ...{ type: 'manifest', format, version, createdAt },
      extension: typeof extension === 'string' ? extension.slice(0, 50) : '',
      ...counts(value, 'threads', 'posts', 'files', 'fileBytes'),
    } as ManifestLine
  }

  #thread(value: Record<string, unknown>): ThreadLine | undefined {
    const { fields, history, posts, after, before } = value
    const thread = readThread(isRecord(fields) ? { ...fields, posts: [] } : undefined, 'fields', new FieldReader())
    if (!thread || !Array.isArray(posts)) return undefined
    const read = new Map<string, ArchivedPost>()
    for (const post of posts.slice(0, MOST_ROWS)) {
      const found = this.#post(post, thread.url)
      if (found && !read.has(found.post.id)) read.set(found.post.id, found)
    }
    return {
      type: 'thread',
      fields: omit(thread, 'posts'),
      history: this.#history(isRecord(history) ? history : {}),
      ...(counts(value, 'postCount') as Pick<ThreadLine, 'postCount'>),
      ...(typeof after === 'string' ? { after } : {}),
      ...(typeof before === 'string' ? { before } : {}),
      posts: [...read.values()],
    }
  }

  #history(value: Record<string, unknown>): ThreadHistory {
    const lastReadAt = this.#moment(value['lastReadAt']) ?? new Date(this.#now).toISOString()
    const pages: Record<string, string> = {}
    if (isRecord(value['pages'])) {
      for (const [page, at] of Object.entries(value['pages']).slice(0, MOST_PAGES)) {
        const readAt = this.#moment(at)
        if (/^[1-9]\d{0,8}$/.test(page) && readAt) pages[page] = readAt
      }
    }
    const optional = withoutUndefined({
      savedAt: this.#moment(value['savedAt']),
      lastOpenedAt: this.#moment(value['lastOpenedAt']),
    })
    const tagChanges = listOf(value['tagChanges']).flatMap((change) => this.#tagChange(change))
    const tags = listOf(value['tags']).map(parseTag)
    return {
      firstReadAt: this.#moment(value['firstReadAt']) ?? lastReadAt,
      lastReadAt,
      ...optional,
      source: sourceOf(value['source']),
      pages,
      tags: [...new Set(tags.filter((tag) => tag !== undefined))].slice(0, MOST_TAGS),
      ...(tagChanges.length > 0 ? { tagChanges } : {}),
    }
  }

  #tagChange(value: unknown): TagChange[] {
    if (!isRecord(value)) return []
    const [tag, at] = [parseTag(value['tag']), this.#moment(value['at'])]
    return tag && at ? [{ tag, at }] : []
  }

  #post(value: unknown, base: string): ArchivedPost | undefined {
    if (!isRecord(value)) return undefined
    const post = readPost(value['post'], 'post', base, new FieldReader())
    const readAt = this.#moment(value['readAt'])
    if (!post || !readAt) return undefined
    const versions = listOf(value['versions'])
      .slice(-MOST_VERSIONS)
      .flatMap((version) => this.#version(version, base))
    const goneSince = this.#moment(value['goneSince'])
    const { page } = counts(value, 'page')
    return {
      post,
      readAt,
      source: sourceOf(value['source']),
      ...(page ? { page } : {}),
      ...(versions.length > 0 ? { versions } : {}),
      ...(goneSince ? { goneSince } : {}),
    }
  }

  #version(value: unknown, base: string): PostVersion[] {
    const from = new FieldReader().record(value, 'version')
    const seenAt = isRecord(value) ? this.#moment(value['seenAt']) : undefined
    if (!from || !seenAt) return []
    const quotes = from.records('quotes').map(readQuote)
    const attachments = from.records('attachments').map(readAttachment)
    const editedAt = from.time('editedAt')
    const version = {
      html: sanitizeHtml(from.text('html') ?? '', base ? { base } : {}),
      text: from.text('text') ?? '',
      seenAt,
      source: sourceOf(from.text('source')),
      ...(editedAt ? { editedAt } : {}),
      ...(quotes.length > 0 ? { quotes } : {}),
      ...(attachments.length > 0 ? { attachments } : {}),
    }
    return [version]
  }

  #addresses(value: Record<string, unknown>): AddressesLine {
    const rows = listOf(value['rows'])
      .slice(0, MOST_ROWS)
      .map(parseFileAddress)
      .filter((row) => row !== undefined)
      .map(({ triedAt, ...row }) => ({ ...row, ...withoutUndefined({ triedAt: this.#moment(triedAt) }) }))
    return { type: 'addresses', rows }
  }

  #moment(value: unknown): string | undefined {
    if (typeof value !== 'string' || !MOMENT.test(value)) return undefined
    const time = Date.parse(value)
    if (Number.isNaN(time)) return undefined
    return time > this.#now + CLOCKS_DIFFER ? new Date(this.#now).toISOString() : value
  }
}

function parseFile(value: Record<string, unknown>): FileLine | undefined {
  const { hash, data } = value
  if (typeof hash !== 'string' || !/^[\da-f]{64}$/.test(hash) || typeof data !== 'string') return undefined
  return { type: 'file', hash, data, ...(counts(value, 'size', 'at') as Pick<FileLine, 'size' | 'at'>) }
}

/** The numbers of a line; 0 for what is none. */
function counts<Name extends string>(value: Record<string, unknown>, ...names: Name[]): Record<Name, number> {
  const entries = names.map((name) => {
    const count = value[name]
    return [name, Number.isSafeInteger(count) && (count as number) >= 0 ? count : 0]
  })
  return Object.fromEntries(entries) as Record<Name, number>
}

/** What does not say where it is from has the standing of a file. */
function sourceOf(value: unknown): ThreadSource {
  return value === 'page' || value === 'dump' ? value : 'import'
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? (value as unknown[]) : []
}
