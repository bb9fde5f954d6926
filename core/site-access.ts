/** Which sites the extension may look at: match patterns as the browser knows them. */

/** PKU BBS, the first home: there from the start. Every other site is asked for at the moment of use. */
export const HOME_PAGES: readonly string[] = ['*://bbs.pku.edu.cn/*', '*://www.bdwm.net/*', '*://bdwm.net/*']

/**
 * The match pattern of the one site that an address is on, in both schemes and on every port; undefined for addresses
 * that are not the web's, for which no permission can be asked.
 */
export function sitePattern(address: string): string | undefined {
  if (!URL.canParse(address)) return undefined
  const { protocol, hostname } = new URL(address)
  return /^https?:$/.test(protocol) && hostname ? `*://${hostname}/*` : undefined
}

/** The host of a match pattern, `*` for that of all sites; undefined where it is none of the web's. */
export function patternHost(pattern: string): string | undefined {
  if (pattern === '<all_urls>') return '*'
  return /^(?:\*|https?):\/\/(\[[\da-f:]+\]|[^/:[\]]+)(?::\d+)?\/\*$/i.exec(pattern)?.[1]
}

/** True when the pattern is of a site that the extension is at home on. */
export function isHomePattern(pattern: string): boolean {
  const host = patternHost(pattern)
  return HOME_PAGES.some((home) => patternHost(home) === host)
}
