import { patternHost } from '../../core/site-access.ts'
import type { SiteDescription } from '../../core/site-description.ts'
import { addressGlob, parseAddressTemplate } from '../described/address-template.ts'
import { threadForms } from './thread-forms.ts'

/** A site that the reader granted, and what is known of it. */
export interface GrantedSite {
  /** The match pattern of the grant. */
  pattern: string
  /** Id of the site file that read a thread there. */
  engine?: string
}

/** Match patterns of the pages on which threads stand, and of those among them on which none does. */
export interface ThreadPatterns {
  matches: string[]
  excludeMatches: string[]
}

/**
 * Where threads stand on granted sites, as the browser is told it: by the engine that was met there, and by what the reader
 * described. Nothing for a site of which nothing is known yet.
 */
export function threadPatterns(sites: readonly GrantedSite[], own: readonly SiteDescription[]): ThreadPatterns {
  const matches: string[] = []
  const excludeMatches: string[] = []
  for (const { pattern, engine } of sites) {
    const origin = pattern.replace(/\/\*$/, '')
    const form = engine !== undefined && Object.hasOwn(threadForms, engine) ? threadForms[engine] : undefined
    const on = (globs: readonly string[] = []) =>
      globs.filter((glob) => !glob.includes('#')).map((glob) => origin + glob)
    matches.push(...on(form?.addresses), ...on(form?.rewritten?.addresses))
    excludeMatches.push(...on(form?.not))
    const host = patternHost(pattern)
    for (const { hosts, addresses } of own) {
      if (host === undefined || !hosts.includes(host)) continue
      matches.push(...on(addresses.flatMap((text) => parseAddressTemplate(text) ?? []).map(addressGlob)))
    }
  }
  return { matches: [...new Set(matches)], excludeMatches }
}
