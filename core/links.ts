import { normalizeHref, parseUrl, splitAddress } from './links/address.ts'
import type { Address } from './links/address.ts'
import { findHostWarning } from './links/host-warning.ts'
import type { LinkWarning } from './links/host-warning.ts'
import { createHostRules } from './links/host-rules.ts'
import type { HostRules } from './links/host-rules.ts'
import { isProtectedPath } from './links/protected-addresses.ts'
import { removeParameters } from './links/remove-parameters.ts'
import { findWrapper } from './links/unwrap.ts'
import type { UnwrapOptions, Wrapper } from './links/unwrap.ts'
import type { UserRule } from './links/user-rules.ts'

export interface CleanLink {
  /** Where the link leads, as far as the address tells; `original` where there was nothing to clean. */
  url: string
  /** The `href` as it was given. */
  original: string
  /** The redirectors' addresses that were taken off, outermost first. */
  unwrapped: string[]
  /** Names of the parameters that were taken away, in order. */
  removed: string[]
  warning?: LinkWarning
}

export interface LinkCleanerOptions {
  /**
   * Hosts known to be forums (lower case, no port): redirectors with everyday names such as `redirector.php` are
   * unwrapped only there.
   */
  forumHosts?: (host: string) => boolean
  /** The reader's own redirectors and parameters, as {@link parseLinkRules} lets them through. */
  rules?: readonly UserRule[]
  /** Unwrap partner links too, at the cost of someone's commission. Default: false. */
  affiliate?: boolean
}

/** The reader's part of the options: what the settings hold. */
export type LinkWishes = Pick<LinkCleanerOptions, 'rules' | 'affiliate'>

export type LinkCleaner = (href: string, base?: string) => CleanLink

/** More redirectors in each other than this are no honest link. */
const MAX_WRAPPERS = 5

interface Peeled {
  address: Address
  /** Of the address's host. */
  rules: HostRules
  unwrapped: string[]
  /** The redirector that could not, or should not, be unwrapped. */
  stuckOn?: Wrapper
}

/** Takes redirectors off, outermost first; undefined when there are too many, or one leads back to itself. */
function peel(first: Address, rulesOf: (address: Address) => HostRules, options: UnwrapOptions): Peeled | undefined {
  const unwrapped: string[] = []
  let address = first
  for (;;) {
    const rules = rulesOf(address)
    const isProtected = rules.isProtected || isProtectedPath(address.path)
    const wrapper = isProtected ? undefined : findWrapper(address, rules.redirectors, options)
    if (wrapper?.target === undefined) return { address, rules, unwrapped, ...(wrapper && { stuckOn: wrapper }) }
    unwrapped.push(address.text)
    const next = splitAddress(wrapper.target)
    if (next === undefined || unwrapped.length > MAX_WRAPPERS || unwrapped.includes(next.text)) return undefined
    address = next
  }
}

const HAS_SCHEME = /^[a-z][a-z\d+.-]*:/i

interface FoundAddress {
  address: Address
  /** What the `href` was: an address by itself, one that the page completes, or one that lacks a page to name its scheme. */
  kind: 'absolute' | 'relative' | 'schemeless'
}

/** The absolute `http(s)` address that an `href` stands for; undefined for everything else. */
function findAddress(href: string, base: string | undefined): FoundAddress | undefined {
  const text = normalizeHref(href)
  if (text === '') return undefined
  const direct = splitAddress(text)
  if (direct) return { address: direct, kind: 'absolute' }
  const resolved = parseUrl(text, base)
  // Without a page, a link that leaves only the scheme open can still be a redirector's.
  const url = resolved ?? (text.startsWith('//') ? parseUrl(`https:${text}`) : undefined)
  const address = url && splitAddress(url.href)
  return address && { address, kind: HAS_SCHEME.test(text) ? 'absolute' : resolved ? 'relative' : 'schemeless' }
}

/**
 * Builds a cleaner for other options than {@link cleanLink}'s. Build it once and keep it: it indexes the rules.
 */
export function createLinkCleaner(options: LinkCleanerOptions = {}): LinkCleaner {
  const rulesOf = createHostRules(options.rules ?? [])
  const unwrapOptions: UnwrapOptions = {
    affiliate: options.affiliate ?? false,
    forumHosts: options.forumHosts ?? (() => false),
  }

  return (href, base) => {
    const original = typeof href === 'string' ? href : ''
    const untouched: CleanLink = { url: original, original, unwrapped: [], removed: [] }
    const found = findAddress(original, typeof base === 'string' ? base : undefined)
    if (found === undefined) return untouched

    const asItWas = found.kind === 'relative' ? { ...untouched, url: found.address.text } : untouched
    const peeled = peel(found.address, rulesOf, unwrapOptions)
    if (peeled === undefined) return { ...asItWas, warning: 'too-many-wrappers' }

    const { address, rules, unwrapped, stuckOn } = peeled
    // What a redirector needs to find its target is its own affair.
    const { url, removed } = stuckOn ? { url: address.text, removed: [] } : removeParameters(address, rules)
    const warning = findHostWarning(address) ?? warningOf(stuckOn)
    const isTouched = unwrapped.length > 0 || (removed.length > 0 && found.kind !== 'schemeless')
    return { ...(isTouched ? { url, original, unwrapped, removed } : asItWas), ...(warning && { warning }) }
  }
}

function warningOf(wrapper: Wrapper | undefined): LinkWarning | undefined {
  if (wrapper === undefined) return undefined
  return wrapper.choice ?? 'target-unknown'
}

let defaultCleaner: LinkCleaner | undefined

/**
 * Finds the address that a link really leads to, without its redirectors and tracking parameters, and without asking
 * the network. Only what a rule names is touched; the order and spelling of the rest stay. Cleaning a clean link
 * changes nothing, and a link that cannot be read comes back as it was: this never throws.
 *
 * - Only `http:` and `https:` targets are taken; a redirector to anything else stays.
 * - At most five redirectors are taken off; a link that has more is left whole, with a warning.
 * - Sign-in, payment and signed addresses keep every parameter.
 * - A fragment stays; a redirector's own goes to a target that has none, as a browser does on a redirect.
 *
 * @param href as it stands on the page, relative or absolute
 * @param base address of the page; without it a relative link comes back as it was
 */
export const cleanLink: LinkCleaner = (href, base) => (defaultCleaner ??= createLinkCleaner())(href, base)
