import type { Address } from './address.ts'
import { isProtectedHost } from './protected-addresses.ts'
import { indexParameters } from './remove-parameters.ts'
import type { Names } from './remove-parameters.ts'
import { indexRedirectors } from './unwrap.ts'
import type { RedirectorRow } from './unwrap.ts'
import { toParameterRows, toRedirectorRows } from './user-rules.ts'
import type { UserRule } from './user-rules.ts'

/** All that the tables and the reader's own rules say of one host. */
export interface HostRules {
  redirectors: readonly RedirectorRow[]
  /** Tracking parameters, those that go everywhere first. */
  tracking: readonly Names[]
  isProtected: boolean
}

/** Google's search runs under some two hundred country domains; the label before them is the same. */
const GOOGLE = /^(?:www\.)?google\.(?:com|[a-z]{2}|com?\.[a-z]{2})$/

/** Keys that a host's rules may stand under: itself, and every domain above it with a leading dot. */
function hostKeys(host: string): string[] {
  const keys = [host, `.${host}`]
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) keys.push(host.slice(dot))
  if (GOOGLE.test(host)) keys.push('google.*')
  return keys
}

/** Longest name that the domain name system knows: rules say nothing of a longer one. */
const MAX_HOST = 253
/** A thread links to some dozens of hosts; what is remembered of them must not grow for ever. */
const MAX_REMEMBERED = 500

/** Builds the look-up of a host's rules; each host is worked out once. */
export function createHostRules(own: readonly UserRule[]): (address: Address) => HostRules {
  const redirectors = indexRedirectors(toRedirectorRows(own))
  const parameters = indexParameters(toParameterRows(own))
  const unknownHost: HostRules = { redirectors: [], tracking: [parameters.everywhere], isProtected: false }
  const remembered = new Map<string, HostRules>()

  const workOut = (host: string): HostRules => {
    const keys = hostKeys(host)
    return {
      redirectors: keys.flatMap((key) => redirectors.get(key) ?? []),
      tracking: [parameters.everywhere, ...keys.flatMap((key) => parameters.byHost.get(key) ?? [])],
      isProtected: isProtectedHost(host),
    }
  }

  return ({ host, hasUsualPort }) => {
    if (host.length > MAX_HOST) return unknownHost
    let rules = remembered.get(host)
    if (rules === undefined) {
      if (remembered.size >= MAX_REMEMBERED) remembered.clear()
      remembered.set(host, (rules = workOut(host)))
    }
    return hasUsualPort ? rules : { ...unknownHost, isProtected: rules.isProtected }
  }
}
