/**
 * Addresses that joined pages showed in this document, with their pages: a site that keeps what it had on the screen may
 * bring the first page's posts back under the address of a later one.
 */
const shown = new Map<string, number>()

/** Notes that the address of a joined page is shown. */
export function noteShown(url: string, page: number): void {
  shown.set(withoutHash(url), page)
}

/** True where the address says another page than the one that stands there. */
export function isStale(page: number): boolean {
  const said = shown.get(withoutHash(location.href))
  return said !== undefined && said !== page
}

function withoutHash(url: string): string {
  return url.replace(/#.*$/s, '')
}
