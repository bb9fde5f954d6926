import { nameOfPiece } from './address.ts'
import type { Address } from './address.ts'
import { findKeptParameters } from './forum-addresses.ts'
import { isProtectedPath, isSealed } from './protected-addresses.ts'
import { TRACKING_BY_HOST, TRACKING_EVERYWHERE } from './tracking-parameters.ts'
import type { HostTracking } from './tracking-parameters.ts'

/** Names in lower case. */
export interface Names {
  exact: Set<string>
  prefixes: string[]
}

export interface ParameterIndex {
  everywhere: Names
  byHost: Map<string, Names[]>
}

/** What has to be known of the address's host. */
type HostTrackingRules = { tracking: readonly Names[]; isProtected: boolean }

function readNames(list: string): Names {
  const names = list.toLowerCase().split(' ')
  return {
    exact: new Set(names.filter((name) => !name.endsWith('*'))),
    prefixes: names.filter((name) => name.endsWith('*')).map((name) => name.slice(0, -1)),
  }
}

/**
 * Tracking parameters by host.
 *
 * @param own the reader's; without `hosts` a name goes everywhere
 */
export function indexParameters(own: readonly Partial<HostTracking>[] = []): ParameterIndex {
  const everywhere = own.filter(({ hosts }) => hosts === undefined).map(({ names }) => names)
  const index: ParameterIndex = {
    everywhere: readNames([TRACKING_EVERYWHERE, ...everywhere].join(' ')),
    byHost: new Map(),
  }
  for (const { hosts = '', names = '' } of [...TRACKING_BY_HOST, ...own]) {
    if (hosts === '') continue
    for (const host of hosts.split(' ')) index.byHost.set(host, [...(index.byHost.get(host) ?? []), readNames(names)])
  }
  return index
}

const holds = ({ exact, prefixes }: Names, name: string) =>
  exact.has(name) || prefixes.some((prefix) => name.startsWith(prefix))

function unwantedNames(
  address: Address,
  pieces: readonly string[],
  rules: HostTrackingRules,
): (name: string) => boolean {
  const kept = findKeptParameters(address, pieces)
  if (kept) return (name) => !kept.includes(name)
  if (rules.isProtected || isProtectedPath(address.path) || isSealed(pieces)) return () => false
  return (name) => {
    const lowerCase = name.toLowerCase()
    return rules.tracking.some((names) => holds(names, lowerCase))
  }
}

/**
 * Takes tracking parameters out of an address, leaving the order and spelling of the others.
 *
 * @returns the address as text, and the names that went, in order
 */
export function removeParameters(address: Address, rules: HostTrackingRules): { url: string; removed: string[] } {
  const removed: string[] = []
  if (!address.query) return { url: address.text, removed }
  const pieces = address.query.split('&')
  const isUnwanted = unwantedNames(address, pieces, rules)
  const kept = pieces.filter((piece) => {
    const name = nameOfPiece(piece)
    const goes = name !== '' && isUnwanted(name)
    if (goes) removed.push(name)
    return !goes
  })
  if (removed.length === 0) return { url: address.text, removed }
  const query = kept.join('&')
  return { url: address.beforeQuery + (query === '' ? '' : `?${query}`) + address.fragment, removed }
}
