/**
 * Addresses of a forum as a reader writes them down: `/topic/{id}/{*}?page={page}`. `{id}` is letters, digits and `_`;
 * `{slug}` in its place also `-`, `.`, `~` and `%`; `{page}` a number; `{*}` whatever stands in that part of the path. No expressions: each template is read in one pass
 * from left to right, whatever the address.
 */
export interface AddressTemplate {
  path: readonly Piece[]
  query: readonly { name: string; value: readonly Piece[] }[]
}

/** Words that must stand there, or what a name in braces stands for. */
type Piece = { text: string } | { name: PlaceName }

type PlaceName = 'id' | 'slug' | 'page' | '*'

/** What an address holds at the places of a template. */
export interface AddressParts {
  id: string
  /** 1 where the template names no page. */
  page: number
  /** What stood at each `{*}`, in order. */
  rest: readonly string[]
}

const LONGEST = 300
/** Longest value of each name. */
const LONGEST_VALUE = { id: 64, slug: 200, page: 6 }

/** Reads a template; undefined for what is none: it needs a path, one `{id}`, and words between the names. */
export function parseAddressTemplate(text: string): AddressTemplate | undefined {
  const [whole, path, query] = /^(\/[^\s?#]*)(?:\?([^\s#]*))?$/.exec(text.slice(0, LONGEST + 1)) ?? []
  if (whole === undefined || text.length > LONGEST) return undefined
  const pathPieces = parsePieces(path!)
  const parameters = (query ? query.split('&') : []).map((parameter) => {
    const [name = '', ...value] = parameter.split('=')
    return { name, value: parsePieces(value.join('=')) }
  })
  if (!pathPieces || parameters.some(({ name, value }) => !/^[\w[\].-]{1,64}$/.test(name) || !value)) return undefined
  const template = { path: pathPieces, query: parameters.map(({ name, value }) => ({ name, value: value! })) }
  const names = [...template.path, ...template.query.flatMap(({ value }) => value)].map((piece) => nameOf(piece))
  const isWhole =
    names.filter((name) => name === 'id' || name === 'slug').length === 1 &&
    names.filter((name) => name === 'page').length < 2
  // What `{*}` stands for is put back by its order, which queries do not keep.
  return isWhole && !template.query.some(({ value }) => value.some((piece) => nameOf(piece) === '*'))
    ? template
    : undefined
}

function nameOf(piece: Piece): string | undefined {
  return 'name' in piece ? piece.name : undefined
}

function parsePieces(text: string): Piece[] | undefined {
  const pieces: Piece[] = []
  for (const part of text.split(/(\{[^{}]*\})/)) {
    if (part === '') continue
    const name = /^\{(id|slug|page|\*)\}$/.exec(part)?.[1] as PlaceName | undefined
    if (name === undefined && /[{}]/.test(part)) return undefined
    const last = pieces.at(-1)
    if (name !== undefined && last && 'name' in last) return undefined
    pieces.push(name === undefined ? { text: part } : { name })
  }
  return pieces
}

/** True where the template has a place for the page's number. */
export function hasPage({ path, query }: AddressTemplate): boolean {
  return [...path, ...query.flatMap(({ value }) => value)].some((piece) => nameOf(piece) === 'page')
}

/** What an address holds at the template's places; undefined where it is of another shape. */
export function matchAddress(
  { path, query }: AddressTemplate,
  { pathname, searchParams }: URL,
): AddressParts | undefined {
  const found: Found = { rest: [] }
  if (!matchPieces(path, pathname, found)) return undefined
  for (const { name, value } of query) {
    const given = searchParams.get(name)
    if (given === null || !matchPieces(value, given, found)) return undefined
  }
  if (found.id === undefined) return undefined
  return { id: found.id, page: found.page ?? 1, rest: found.rest }
}

interface Found {
  id?: string
  page?: number
  rest: string[]
}

function matchPieces(pieces: readonly Piece[], text: string, found: Found): boolean {
  let at = 0
  for (const [index, piece] of pieces.entries()) {
    if ('text' in piece) {
      if (!text.startsWith(piece.text, at)) return false
      at += piece.text.length
      continue
    }
    const next = pieces[index + 1]
    const end = endOf(piece.name, text, at, next && 'text' in next ? next.text : undefined)
    if (end === undefined) return false
    const value = text.slice(at, end)
    if (piece.name === '*') found.rest.push(value)
    else if (piece.name === 'page') found.page = Number(value)
    else found.id = value
    at = end
  }
  return at === text.length
}

const CHARACTERS = { id: /\w/, slug: /[\w.~%-]/, page: /\d/ }

/** Where the value that begins at `at` ends. `{*}` takes all up to the last place where what follows it stands. */
function endOf(name: PlaceName, text: string, at: number, next: string | undefined): number | undefined {
  if (name === '*') {
    const slash = text.indexOf('/', at)
    const limit = slash < 0 ? text.length : slash
    if (next === undefined || next.startsWith('/')) return limit
    const [inPart] = next.split('/', 1)
    const found = text.lastIndexOf(inPart!, limit - inPart!.length)
    return found < at ? undefined : found
  }
  let end = at
  while (end < text.length && CHARACTERS[name].test(text[end]!)) end++
  return end === at || end - at > LONGEST_VALUE[name] ? undefined : end
}

/** The addresses of a template as a match pattern's path: all of them, and perhaps some others. */
export function addressGlob({ path, query }: AddressTemplate): string {
  const named = query.find(({ value }) => value.some((piece) => 'name' in piece && piece.name !== 'page'))
  const pieces = path
    .map((piece) => ('text' in piece ? piece.text.replaceAll(/[^\w./~:@!$&'()+,;=%-]/g, '*') : '*'))
    .join('')
  return (named ? `${pieces}?*${named.name.replaceAll(/[[\]]/g, '*')}=*` : `${pieces}*`).replaceAll(/\*{2,}/g, '*')
}

/** Writes the address that a template makes of parts, in two halves around the page's number. */
export function fillTemplate(
  { path, query }: AddressTemplate,
  parts: Pick<AddressParts, 'id' | 'rest'>,
): [string, string] {
  let rest = 0
  const fill = (pieces: readonly Piece[]) =>
    pieces
      .map((piece) => {
        if ('text' in piece) return piece.text
        if (piece.name === 'page') return PAGE
        return piece.name === '*' ? (parts.rest[rest++] ?? '') : parts.id
      })
      .join('')
  const search = query.map(({ name, value }) => `${name}=${fill(value)}`).join('&')
  const [before = '', after = ''] = `${fill(path)}${search && `?${search}`}`.split(PAGE)
  return [before, after]
}

/** Stands for the page's number while an address is put together; no address holds it. */
const PAGE = '\n'
