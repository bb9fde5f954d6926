import { parseUrl } from './address.ts'
import type { Address } from './address.ts'

/** Why a reader should look twice at where a link leads. */
export type LinkWarning =
  /** A user name or password stands before the host: `https://bank.example@evil.example/`. */
  | 'credentials'
  /** The host mixes letters of scripts that look alike. */
  | 'mixed-scripts'
  /** The host is written in punycode, which nobody can read. */
  | 'punycode'
  /** Redirectors in redirectors, more than any honest link has: left as it was. */
  | 'too-many-wrappers'
  /** A short link, or one whose target is encrypted: nobody can tell without asking the network. */
  | 'target-unknown'
  /** A partner link that was left as it is, by the reader's choice. */
  | 'affiliate'
  /** The shown text names another host: see {@link findHostMismatch}, which knows the text. */
  | 'host-mismatch'

/** Scripts that a host may mix with Latin, as East Asian names do. */
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Bopomofo}\u30fc]/u
const LATIN = /\p{Script=Latin}/u
const OTHER_SCRIPTS = [
  /\p{Script=Cyrillic}/u,
  /\p{Script=Greek}/u,
  /\p{Script=Armenian}/u,
  /\p{Script=Hebrew}/u,
  /\p{Script=Arabic}/u,
  /\p{Script=Devanagari}/u,
  /\p{Script=Thai}/u,
]
const NON_ASCII = /[^\0-\x7f]/
const MAX_JUDGED = 253

function mixesScripts(host: string): boolean {
  let latin = false
  let eastAsian = false
  const others = new Set<number>()
  for (const letter of host.slice(0, MAX_JUDGED).normalize('NFKC')) {
    if (LATIN.test(letter)) latin = true
    else if (EAST_ASIAN.test(letter)) eastAsian = true
    else if (/\p{L}/u.test(letter)) others.add(OTHER_SCRIPTS.findIndex((script) => script.test(letter)))
  }
  return others.size > 1 || (others.size === 1 && (latin || eastAsian))
}

/**
 * Judges the host of an address. A whole host is judged, its top-level domain too, so that a name all in Cyrillic under
 * `.com` is found; Chinese, Japanese and Korean names under a Latin domain are everyday and pass.
 */
export function findHostWarning({ host, spelledHost, hasCredentials }: Address): LinkWarning | undefined {
  if (hasCredentials) return 'credentials'
  if (NON_ASCII.test(spelledHost)) return mixesScripts(spelledHost) ? 'mixed-scripts' : undefined
  return host.startsWith('xn--') || host.includes('.xn--') ? 'punycode' : undefined
}

/*
 * Two plain patterns: with Unicode classes and case folding together, a browser takes several milliseconds to compile
 * one, on a page whose whole share is ten. What may go on a name is any letter but for the marks that end a clause.
 */
const WITH_SCHEME =
  /https?:\/\/(?:([a-z\d.-]+\.[a-z]{2,24})(?![a-z\d@:._-]|[^\0-\x7f，。；：、！？…（）【】《》「」“”‘’\u3000])|([^\s/?#"'<>，。；、）】》」]{1,253}))/i
const BARE_HOST =
  /(?<![a-z\d@/._-])((?:[a-z\d-]{1,63}\.){1,8}(?:com|net|org|edu|gov|cn|hk|tw|jp|kr|uk|us|de|fr|ru|io|me|tv|cc|co|ai|app|dev|info|biz|xyz|top|site|online|shop))(?![a-z\d_-]|\.[a-z\d])/i

/** Names of one site: what comes before the dot says which dress it wears. */
const withoutDress = (host: string) => host.replace(/^(?:www|m|mobile|wap)\./, '')
/** PKU BBS answers under two names. */
const canonicalHost = (host: string) => withoutDress(host).replace(/^bdwm\.net$/, 'bbs.pku.edu.cn')

const isWithin = (host: string, domain: string) => host === domain || host.endsWith(`.${domain}`)

/** Longest shown text that is looked through: a link over whole paragraphs names no host on purpose. */
const MAX_SHOWN = 2000

function findShownHost(text: string): { host: string; isCut: boolean } | undefined {
  const shown = text.slice(0, MAX_SHOWN)
  if (!shown.includes('.') && !shown.includes('://')) return undefined
  const match = WITH_SCHEME.exec(shown) ?? BARE_HOST.exec(shown)
  if (!match) return undefined
  const name = match[1] ?? match[2]!
  const isCut = /^(?:…|\.\.)/.test(shown.slice(match.index + match[0].length)) || /(?:…|\.{2,})$/.test(name)
  const url = parseUrl(`http://${name.replace(/[….]+$/, '')}`)
  return url && { host: url.hostname, isCut }
}

/**
 * Finds out whether a link's shown text names another host than the one it leads to. Text that names no host says
 * nothing; neither do `www.` and phone versions, nor a domain shown for a host within it. A name cut short (`…`) is
 * compared as far as it goes.
 *
 * @param url where the link leads, clean
 */
export function findHostMismatch(text: string, url: string): { shown: string; actual: string } | undefined {
  const shown = findShownHost(text)
  const actual = parseUrl(url)?.hostname
  if (shown === undefined || !actual) return undefined
  const [named, target] = [canonicalHost(shown.host), canonicalHost(actual)]
  if (isWithin(target, named) || isWithin(named, target)) return undefined
  if (shown.isCut && (target.startsWith(named) || withoutDress(actual).startsWith(named))) return undefined
  return { shown: shown.host, actual }
}
