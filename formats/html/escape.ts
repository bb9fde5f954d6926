/** Characters that must not stand in XML at all, and those that markup is made of. */
const SPECIAL = /[&<>"\ufdd0-\ufdef\ufffe\uffff]|(?![\t\n\r])\p{Cc}/gu

const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Text as it may stand in HTML and XML, between tags and in quoted attributes; what neither can hold becomes U+FFFD. */
export function escapeMarkup(text: string): string {
  return text.toWellFormed().replace(SPECIAL, (character) => ESCAPES[character] ?? '\ufffd')
}

/**
 * An address for an attribute, in the stricter form of RFC 3986: what browsers let stand in paths and queries (`|`, `[`,
 * a lone `%`) is percent-encoded, for checkers of books do not.
 */
export function escapeAddress(url: string): string {
  const [, origin = '', rest = url] = /^([a-z]+:\/\/[^/?#]*)(.*)$/s.exec(url) ?? []
  const hash = rest.indexOf('#')
  const strict = (part: string) =>
    part
      .toWellFormed()
      .replace(/%(?![0-9a-f]{2})/gi, '%25')
      .replace(/[^\w\-.~:/?@!$&'()*+,;=%]/gu, encodeURIComponent)
  const encoded = hash < 0 ? strict(rest) : `${strict(rest.slice(0, hash))}#${strict(rest.slice(hash + 1))}`
  return escapeMarkup(origin + encoded)
}
