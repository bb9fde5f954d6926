import { decodePercent, nameOfPiece } from './address.ts'
import type { Address } from './address.ts'
import { FORUM_REDIRECTORS, REDIRECTORS } from './redirectors.ts'
import type { ForumRedirector, Redirector, UnknownReason } from './redirectors.ts'
import { findTarget } from './target-encodings.ts'

/** What an address is to the reader, when it is a redirector's. */
export interface Wrapper {
  row: Redirector | ForumRedirector
  /** Where it leads, when the address tells. */
  target?: string
  /** Left wrapped because the reader did not choose to unwrap this kind. */
  choice?: 'affiliate'
  /** Why it does not tell. */
  unknown?: UnknownReason
}

/** A row made ready for matching. */
export interface RedirectorRow {
  row: Redirector
  /** Finds the row's path; returns what `**` stands for, if anything. */
  findPath: (path: string) => { rest: string } | undefined
}

export type RedirectorIndex = ReadonlyMap<string, readonly RedirectorRow[]>

const withoutSlash = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

function pathMatcher(paths: string): RedirectorRow['findPath'] {
  const exact = new Set<string>()
  const patterns: RegExp[] = []
  for (const path of paths.split(' ')) {
    if (!path.includes('*')) exact.add(withoutSlash(path))
    else {
      const source = path
        .replace(/[.?+^$()[\]{}|\\]/g, '\\$&')
        .replace(/\*\*?/g, (star) => (star[1] ? '(.*)' : '[^/]*'))
      patterns.push(new RegExp(`^${source}$`, 's'))
    }
  }
  return (path) => {
    if (exact.has(withoutSlash(path))) return { rest: '' }
    for (const pattern of patterns) {
      const match = pattern.exec(path)
      if (match) return { rest: match[1] ?? '' }
    }
    return undefined
  }
}

/** Rows by host, own rows of the reader first. */
export function indexRedirectors(own: readonly Redirector[] = []): RedirectorIndex {
  const index = new Map<string, RedirectorRow[]>()
  for (const row of [...own, ...REDIRECTORS]) {
    const entry = { row, findPath: pathMatcher(row.paths ?? '/') }
    for (const host of row.hosts.split(' ')) {
      const rows = index.get(host)
      if (rows) rows.push(entry)
      else index.set(host, [entry])
    }
  }
  return index
}

/** The raw value of the first parameter of that name, with the rest of the query where the value was not encoded. */
function findParameter(query: string, name: string, own = ''): string | undefined {
  for (let start = 0; start <= query.length;) {
    const ampersand = query.indexOf('&', start)
    const end = ampersand < 0 ? query.length : ampersand
    if (nameOfPiece(query.slice(start, end)) === name) {
      const equals = query.indexOf('=', start)
      if (equals < 0 || equals >= end) return ''
      const value = query.slice(equals + 1, end)
      return isOpenQuery(value) ? cutOwn(query.slice(equals + 1), own) : value
    }
    start = end + 1
  }
  return undefined
}

/**
 * A target that was not encoded and has begun its own query: `url=https://a.org/?b=1&c=2`. A server would stop at the
 * `&`; whoever wrote the link meant the whole address, so the rest belongs to the target, up to a parameter that the
 * redirector is known to add. Without a `?` in the target, the `&` ends it.
 */
const isOpenQuery = (value: string) => /^https?:\/\/[^?]*\?/i.test(value)

function cutOwn(value: string, own: string): string {
  if (own === '') return value
  const names = own.split(' ')
  let end = value.indexOf('&')
  while (end >= 0) {
    const next = value.indexOf('&', end + 1)
    if (names.includes(nameOfPiece(value.slice(end + 1, next < 0 ? undefined : next)))) return value.slice(0, end)
    end = next
  }
  return value
}

/** The whole query as a target: cut at `&` when encoded; sites append a stray `=` to a query that is one name. */
function wholeQuery(query: string): string {
  if (/^https?:\/\//i.test(query)) return query
  const ampersand = query.indexOf('&')
  return (ampersand < 0 ? query : query.slice(0, ampersand)).replace(/=$/, '')
}

function holds(query: string | undefined, needs: string | undefined): boolean {
  if (needs === undefined) return true
  const [name, value] = needs.split('=', 2)
  const found = findParameter(query ?? '', name!)
  return value === undefined ? found !== undefined && found !== '' : found === value
}

function* rawTargets(row: Redirector, address: Address, rest: string): Generator<string> {
  const query = address.query ?? ''
  for (const place of row.at?.split(' ') ?? []) {
    if (place === '?') yield wholeQuery(query)
    else if (place === '/') yield address.query === undefined ? rest : `${rest}?${query}`
    else {
      const value =
        findParameter(query, place, row.own) ??
        (row.as === 'query' ? findParameter(decodePercent(query), place, row.own) : undefined)
      if (value) yield value
    }
  }
}

function findTargetOf(row: Redirector, address: Address, rest: string): string | undefined {
  for (const raw of rawTargets(row, address, rest)) {
    const target = findTarget(raw, row.as, row.bare)
    if (target !== undefined) return target.includes('#') ? target : target + address.fragment
  }
  return undefined
}

/** Whether the address gives its redirector anything to lead to: a redirector's front page is a page like any other. */
const asksForTarget = (address: Address) => address.path !== '/' || Boolean(address.query)

function read(row: Redirector, address: Address, rest: string, affiliate: boolean): Wrapper | undefined {
  if (!asksForTarget(address)) return undefined
  const target = findTargetOf(row, address, rest)
  if (target === undefined) return { row, unknown: row.unknown ?? 'no-target' }
  return row.choice === undefined || affiliate ? { row, target } : { row, choice: row.choice }
}

export interface UnwrapOptions {
  affiliate: boolean
  forumHosts: (host: string) => boolean
}

/**
 * Tells whether the address is a redirector's and, where it can be told without the network, where it leads.
 *
 * @param rows those of the address's host
 */
export function findWrapper(
  address: Address,
  rows: readonly RedirectorRow[],
  { affiliate, forumHosts }: UnwrapOptions,
): Wrapper | undefined {
  for (const { row, findPath } of rows) {
    const path = findPath(address.path)
    if (path && holds(address.query, row.needs)) return read(row, address, path.rest, affiliate)
  }
  return address.query === undefined ? undefined : findForumWrapper(address, forumHosts)
}

const FORUM_FILES = new Map(
  FORUM_REDIRECTORS.map(({ file }) => [file, FORUM_REDIRECTORS.filter((row) => row.file === file)]),
)

function findForumWrapper(address: Address, forumHosts: (host: string) => boolean): Wrapper | undefined {
  const path = withoutSlash(address.path)
  for (const row of FORUM_FILES.get(path.slice(path.lastIndexOf('/') + 1)) ?? []) {
    if (!holds(address.query, row.needs) || !(row.anywhere || forumHosts(address.host))) continue
    const target = findTargetOf({ hosts: '', at: row.at }, address, '')
    if (target !== undefined) return { row, target }
  }
  return undefined
}
