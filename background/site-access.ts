import { browser } from 'wxt/browser'
import { isHomePattern, patternHost, sitePattern } from '../core/site-access.ts'

/** Match patterns of the sites that the reader granted beside those that the extension is at home on. */
export async function findGrantedSites(): Promise<string[]> {
  const { origins = [] } = await browser.permissions.getAll()
  return origins.filter((pattern) => patternHost(pattern) !== undefined && !isHomePattern(pattern))
}

/** True when the extension may read the site of an address without being asked anew. */
export async function isSiteGranted(address: string | undefined): Promise<boolean> {
  const pattern = address === undefined ? undefined : sitePattern(address)
  return pattern !== undefined && (await browser.permissions.contains({ origins: [pattern] }))
}
