import { browser } from 'wxt/browser'

/**
 * Asks the reader for the right to read the site of an address, to be called right after a click. True when it is there
 * already, or was given; false also for an address that is none of the web.
 */
export async function requestSite(url: string): Promise<boolean> {
  if (!URL.canParse(url)) return false
  const { protocol, hostname } = new URL(url)
  if (protocol !== 'https:' && protocol !== 'http:') return false
  try {
    return await browser.permissions.request({ origins: [`*://${hostname}/*`] })
  } catch {
    return false // Not asked for in the manifest, or not after a click.
  }
}
