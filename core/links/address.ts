/** An `http(s)` address taken apart as text: nothing is decoded or written anew, so that what stays keeps its spelling. */
export interface Address {
  /** The whole address. */
  text: string
  /** As a browser would resolve it: lower case, ASCII, no port, no trailing dot. For matching only. */
  host: string
  /** As it is spelt, for judging scripts. */
  spelledHost: string
  /** False where a port is named that is not the scheme's own: another server than the one that rules speak of. */
  hasUsualPort: boolean
  hasCredentials: boolean
  /** As a browser would resolve it (`/` when empty, no dot segments). For matching only. */
  path: string
  /** Without `?`; undefined when there is no `?`. */
  query: string | undefined
  /** Everything before the `?` or `#`. */
  beforeQuery: string
  /** With `#`; empty when there is none. */
  fragment: string
}

const SCHEME = /^https?:\/\//i
/** A host that every browser takes as it is. */
const PLAIN_HOST = /^(?:[a-z\d-]+\.)*[a-z][a-z\d-]*$/i
const PORT = /:(\d*)$/
const hasDotSegment = (path: string) => path.includes('/.') || path.includes('/%2')

/** Takes an absolute `http(s)` address apart; undefined for everything else and for one that no browser would open. */
export function splitAddress(text: string): Address | undefined {
  const scheme = SCHEME.exec(text)?.[0]
  if (scheme === undefined) return undefined
  const hash = text.indexOf('#')
  const end = hash < 0 ? text.length : hash
  const mark = text.indexOf('?')
  const pathEnd = mark >= 0 && mark < end ? mark : end
  const slash = text.indexOf('/', scheme.length)
  const pathStart = slash >= 0 && slash < pathEnd ? slash : pathEnd
  const authority = text.slice(scheme.length, pathStart)
  const path = text.slice(pathStart, pathEnd)
  const address: Address = {
    text,
    host: authority.toLowerCase(),
    spelledHost: authority,
    hasUsualPort: true,
    hasCredentials: false,
    path: path === '' ? '/' : path,
    query: pathEnd < end ? text.slice(pathEnd + 1, end) : undefined,
    beforeQuery: text.slice(0, pathEnd),
    fragment: text.slice(end),
  }
  const isPlain = PLAIN_HOST.test(authority) && !address.host.includes('xn--') && !hasDotSegment(path)
  return isPlain ? address : resolve(address, authority)
}

/** The slow way, for ports, credentials, other scripts, IP addresses and dot segments: the URL parser's reading. */
function resolve(address: Address, authority: string): Address | undefined {
  const url = parseUrl(address.text)
  if (url === undefined) return undefined
  address.host = url.hostname.replace(/\.$/, '')
  address.spelledHost = authority.slice(authority.lastIndexOf('@') + 1).replace(PORT, '')
  address.hasUsualPort = url.port === ''
  address.hasCredentials = authority.includes('@')
  address.path = url.pathname
  return address
}

/** `new URL` without the throw. */
export function parseUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base)
  } catch {
    return undefined
  }
}

/**
 * What a browser does before it reads an `href`: white space and controls at both ends, tabs and line ends anywhere
 * are dropped; in an `http(s)` or schemeless address a backslash before the query is a slash.
 */
export function normalizeHref(href: string): string {
  let start = 0
  let end = href.length
  while (start < end && href.charCodeAt(start) <= 32) start++
  while (end > start && href.charCodeAt(end - 1) <= 32) end--
  const text = href.slice(start, end).replace(/[\t\n\r]/g, '')
  if (!text.includes('\\')) return text
  const tail = text.search(/[?#]/)
  const head = tail < 0 ? text : text.slice(0, tail)
  return head.replaceAll('\\', '/') + text.slice(head.length)
}

/** The name of one `name=value` piece of a query, decoded where it can be; `&amp;` left by a careless copy is no name. */
export function nameOfPiece(piece: string): string {
  const equals = piece.indexOf('=')
  const raw = equals < 0 ? piece : piece.slice(0, equals)
  const name = raw.startsWith('amp;') ? raw.slice(4) : raw
  return name.includes('%') ? decodePercent(name) : name
}

/**
 * Decodes percent escapes once. Where the bytes are not UTF-8 (old Chinese sites write GBK) or an escape is broken,
 * only the ASCII ones are decoded, which is enough to find an address and leaves the rest as it was.
 */
export function decodePercent(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text.replace(/%([0-7][\da-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
  }
}
