/** The lines that savers write stand at the head of a page, and so do the links that name its address. In characters. */
const HEAD = 100_000

/** In order of trust: what the saver wrote, then what the page says of itself. Each is linear in what it looks at. */
const SIGNS: readonly RegExp[] = [
  // SingleFile: <!-- Page saved with SingleFile  url: https://… -->
  /<!--\s{0,20}Page saved with SingleFile\s{1,20}url:\s{0,20}(https?:\/\/[^\s>]{1,2000})/,
  // Browsers: <!-- saved from url=(0045)https://… -->
  /<!--\s{0,20}saved from url=\(\d{1,6}\)(https?:\/\/[^\s>]{1,2000})/,
  /<link\b[^>]{0,300}\brel=["']?canonical\b[^>]{0,300}\bhref=["']?(https?:\/\/[^\s"'>]{1,2000})/i,
  /<link\b[^>]{0,300}\bhref=["']?(https?:\/\/[^\s"'>]{1,2000})["']?[^>]{0,300}\brel=["']?canonical\b/i,
  /<meta\b[^>]{0,300}\bproperty=["']?og:url\b[^>]{0,300}\bcontent=["']?(https?:\/\/[^\s"'>]{1,2000})/i,
]

/** The address that a saved page came from, as its saver or the page itself says; undefined when neither does. */
export function findSavedAddress(html: string): string | undefined {
  const head = html.slice(0, HEAD)
  for (const sign of SIGNS) {
    const found = sign.exec(head)?.[1]?.replaceAll('&amp;', '&')
    if (found && URL.canParse(found)) return found
  }
  return undefined
}
