import type { Element } from 'hast'
import type { PageAddresses, Problem, ThreadPage } from '../../core/thread-page.ts'
import type { Attachment, Author, Board, Post } from '../../core/thread.ts'
import { threadKey } from '../../core/thread.ts'
import { cleanAddress } from '../../dom/allow-list.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import { attributeOf } from '../../dom/attributes.ts'
import type { Scope } from '../../dom/query.ts'
import { lineOf } from '../../dom/query.ts'
import { isOnHosts } from '../define-site.ts'
import { canonicalHost, pageNumber } from './address.ts'

/** What an engine's file reads from a page; the rest of the model follows from it. */
export interface PageParts {
  site: string
  /** The page's address; its host is the forum's. */
  url: URL
  /** Hosts that are mirrors of one forum; the first names it. */
  mirrors?: readonly string[]
  id: string
  /** True where ids are counted by board, so that the board belongs to the thread's identity. */
  isNumberedByBoard?: boolean
  /** Canonical address of the first page. */
  address: string
  title: string
  board?: Board | undefined
  /** Who started the thread, where the page tells it apart from the first post. */
  author?: Author | undefined
  createdAt?: string | undefined
  /** True where the page shows a branch of a thread, without its opening post: its first post started nothing. */
  isPart?: boolean
  lastReply?: { author?: Author; at?: string } | undefined
  /** In page order. Of two with one id the first stays. */
  posts: readonly Post[]
  page: number
  pageCount: number
  addresses?: PageAddresses | undefined
}

/** Puts a page together; undefined where it has no post, for then it is no thread page after all. */
export function buildThreadPage(parts: PageParts): ThreadPage | undefined {
  const unique = new Map<string, Post>()
  for (const post of parts.posts) if (!unique.has(post.id)) unique.set(post.id, post)
  const [first] = unique.values()
  if (!first) return undefined
  const page = Math.max(1, parts.page)
  const pageCount = Math.max(page, parts.pageCount)
  const posts = [...unique.values()]
  const isBeginning = page === 1 && !parts.isPart
  const author = parts.author ?? (isBeginning ? first.author : posts.find((post) => post.isStarter)?.author)
  const createdAt = parts.createdAt ?? (isBeginning ? first.postedAt : undefined)
  const { site, id, board, lastReply, addresses } = parts
  return {
    thread: {
      key: threadKey({
        site,
        host: hostOf(parts),
        ...(parts.isNumberedByBoard && board && { board: board.id }),
        id,
      }),
      site,
      id,
      url: parts.address,
      title: parts.title,
      ...(board && { board }),
      ...(author && { author }),
      ...(createdAt !== undefined && { createdAt }),
      ...(lastReply && { lastReply }),
      pageCount,
      posts: posts.map((post) => markStarter(post, author)),
    },
    page,
    pageCount,
    ...(addresses && { addresses }),
  }
}

/** The host that a thread's identity is made of. */
function hostOf({ url, mirrors }: Pick<PageParts, 'url' | 'mirrors'>): string {
  return mirrors?.[0] !== undefined && isOnHosts(url, mirrors) ? mirrors[0] : canonicalHost(url)
}

/** The page of a thread that the site refused to show, with its own words about why. */
export function refusedPage(
  { site, url, id, address }: Pick<PageParts, 'site' | 'url' | 'id' | 'address'>,
  problem: Problem,
): ThreadPage {
  const key = threadKey({ site, host: canonicalHost(url), id })
  return { thread: { key, site, id, url: address, title: '', posts: [] }, page: 1, pageCount: 1, problem }
}

function markStarter(post: Post, starter: Author | undefined): Post {
  if (post.isStarter || !starter?.username || !isSame(post.author, starter)) return post
  return { ...post, isStarter: true }
}

function isSame(one: Author, other: Author): boolean {
  if (one.id !== undefined && other.id !== undefined) return one.id === other.id
  return one.username === other.username
}

/** Address against which a page's relative ones are read: its `<base>`, else its own. */
export function baseOf(page: Scope, url: URL): string {
  const base = page.attribute('base[href]', 'href')
  return (base === undefined ? undefined : cleanAddress(base, { base: url })) ?? url.href
}

/** A link or a picture as an attachment; undefined where it leads nowhere on the web. */
export function readAttachment(
  found: Element | undefined,
  { name, kind, size }: { name?: string | undefined; kind: Attachment['kind']; size?: number | undefined },
  options: AddressOptions,
): Attachment | undefined {
  const address = found && (attributeOf(found, 'href') ?? attributeOf(found, 'src'))
  const url = address === undefined ? undefined : cleanAddress(address, options)
  if (url === undefined) return undefined
  return { name: name?.trim() || fileName(url), url, ...(size !== undefined && { size }), kind }
}

/** What a file is by the ending of its name, where the page tells it by nothing else. */
export function kindOf(name: string | undefined): Attachment['kind'] {
  return /\.(?:jpe?g|png|gif|bmp|webp)$/i.test(name ?? '') ? 'image' : 'file'
}

/** Last part of an address's path, as a reader would name the file. */
export function fileName(url: string): string {
  const last = new URL(url).pathname.split('/').filter(Boolean).at(-1) ?? ''
  try {
    return decodeURIComponent(last) || url
  } catch {
    return last
  }
}

/** Posts without what is undefined in them: the model leaves unknown fields out. */
export function compact<Value extends object>(value: { [Key in keyof Value]: Value[Key] | undefined }): Value {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as Value
}

/** Reads elements on one line, each once: many links may stand in one row, and asking it for each costs a square. */
export function lineReader(): (element: Element) => string {
  const lines = new Map<Element, string>()
  return (element) => {
    const line = lines.get(element) ?? lineOf(element)
    lines.set(element, line)
    return line
  }
}

/** The highest page number that stands alone in what the selector finds, and not below `least`. */
export function highestNumber(page: Scope, selector: string, least: number): number {
  return page.all(selector).reduce((most, found) => Math.max(most, pageNumber(lineOf(found)) ?? 1), least)
}

/** `1,204 Bytes`, `(356 KB)`, `1.2 MiB` in bytes; undefined without a unit. */
export function parseSize(text: string): number | undefined {
  const match = /(\d[\d,]{0,12}(?:\.\d{1,6})?)\s?(bytes?|字节|[kmg]?i?b)(?![\w])/i.exec(text.slice(0, 400))
  if (!match) return undefined
  const power = 'bkmg'.indexOf(match[2]!.charAt(0).toLowerCase())
  return Math.round(Number(match[1]!.replaceAll(',', '')) * 1024 ** Math.max(0, power))
}

/** A score, of which the votes against have been taken off: votes for above zero, against below. */
export function votesOf(score: number): Post['votes'] {
  if (!Number.isSafeInteger(score)) return undefined
  return score < 0 ? { down: -score } : { up: score }
}

/** A line up to its first clock time: names that follow it may hold numbers. */
export function upToClock(text: string): string {
  return text.slice(0, 200).replace(/(\d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?).*$/i, '$1')
}
