import { decodePercent, parseUrl, splitAddress } from './address.ts'
import type { Encoding } from './redirectors.ts'

/** Reads a target out of its raw text; what comes out is judged by {@link findTarget}. */
type Decoder = (raw: string) => string | undefined

const HTTP = /^https?:\/\//i

function decodeBase64(text: string): string | undefined {
  const standard = text.replaceAll('-', '+').replaceAll('_', '/')
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(
      Uint8Array.from(atob(standard), (character) => character.charCodeAt(0)),
    )
  } catch {
    return undefined
  }
}

function decodeTwice(raw: string): string {
  const once = decodePercent(raw)
  return HTTP.test(once) ? once : decodePercent(once)
}

const RUN_ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'

/** Proofpoint's third way: `**A` stands for a run of two characters, `**B` for three, and so on. */
function decodeProofpoint3(raw: string): string | undefined {
  const end = raw.lastIndexOf('__;')
  if (end < 0) return undefined
  const tail = raw.slice(end + 3)
  const characters = Array.from(decodeBase64(tail.slice(0, Math.max(0, tail.indexOf('!')))) ?? '')
  let used = 0
  const url = raw.slice(0, end).replace(/\*\*([\w-])|\*/g, (_, run?: string) => {
    const length = run === undefined ? 1 : RUN_ALPHABET.indexOf(run) + 2
    return characters.slice(used, (used += length)).join('')
  })
  return used > characters.length ? undefined : url
}

const DECODERS: Record<Encoding, Decoder> = {
  raw: (raw) => raw,
  twice: decodeTwice,
  query: decodePercent,
  base64: (raw) => {
    const text = decodeBase64(decodePercent(raw.split('?', 1)[0]!))
    return text === undefined || HTTP.test(text) ? text : decodePercent(text)
  },
  bing: (raw) => (raw.startsWith('a1') ? decodeBase64(raw.slice(2)) : undefined),
  proofpoint2: (raw) => decodePercent(raw.replaceAll('-', '%').replaceAll('_', '/')),
  proofpoint3: decodeProofpoint3,
  checkpoint: (raw) => {
    const end = raw.lastIndexOf('___')
    return end < 0 ? undefined : decodePlain(raw.slice(0, end))
  },
  disqus: (raw) => decodePercent(raw).replace(/:[\w-]{20,40}$/, ''),
  segment: (raw) => decodePercent(raw.split(/[/?]/, 1)[0]!),
}

const ESCAPED_DELIMITER = /%(?:3f|3d|26|23)/i

/**
 * The common way: percent-decoded once. A target that stands there as it is (`url=https://…?a=1`) was not encoded, and
 * decoding it would turn its own `%26` into an `&`; it counts as encoded only when its delimiters are, and none is not.
 */
function decodePlain(raw: string): string {
  if (HTTP.test(raw) && (raw.includes('?') || !ESCAPED_DELIMITER.test(raw))) return raw
  return decodePercent(raw)
}

const CONTROL = /\p{Cc}/u
const HOST_AND_MORE = /^[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}(?=[/?#:]|$)/i
/** Safe to hand on as it is; everything else is written anew by the URL parser. */
const WELL_FORMED = /^https?:\/\/[^/\\\s"<>`][^\\\s"<>`]*$/i

/**
 * Decodes a target and lets only a well-formed `http(s)` address through.
 *
 * @param raw as it stands in the wrapper
 * @param bare scheme for a target that may be written without one
 * @returns undefined for another scheme, a relative address, one with control characters, or one that cannot be opened
 */
export function findTarget(raw: string, as?: Encoding, bare?: string): string | undefined {
  const decoded = (as === undefined ? decodePlain(raw) : DECODERS[as](raw))?.trim()
  if (decoded === undefined || CONTROL.test(decoded)) return undefined
  const target = bare !== undefined && HOST_AND_MORE.test(decoded) ? bare + decoded : decoded
  if (!/^https?:/i.test(target)) return undefined
  if (WELL_FORMED.test(target)) return splitAddress(target) && target
  return parseUrl(target)?.href
}
