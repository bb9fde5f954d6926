/**
 * Writes text so that Markdown shows it as it stands. An underscore inside a word is left alone: no dialect reads it as
 * emphasis, and names are full of them.
 */
export function escapeMarkdown(text: string): string {
  return text
    .replace(/[\\`*[\]<]/g, '\\$&')
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, '\\_')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
}

/**
 * A link in Markdown.
 *
 * @param label Markdown already; an empty one is replaced by the address
 */
export function linkMarkdown(label: string, url: string): string {
  return `[${label || escapeMarkdown(url)}](${destination(url)})`
}

/** A link in Markdown whose label is text as a page shows it: white space is run together, everything else escaped. */
export function formatMarkdownLink(text: string, url: string): string {
  return linkMarkdown(escapeMarkdown(text.replace(/\s+/g, ' ').trim()), url)
}

/** What would end a destination early is escaped; parentheses may stand bare only in pairs. */
export function destination(url: string): string {
  const safe = url
    .replace(/[\s<>]/g, (character) => encodeURIComponent(character))
    .replaceAll('\\', '\\\\')
    .replace(/&(?=#?\w{1,32};)/g, '\\&')
  return hasPairedParentheses(safe) ? safe : `<${safe}>`
}

function hasPairedParentheses(text: string): boolean {
  let open = 0
  for (const character of text) {
    if (character === '(') open++
    else if (character === ')' && --open < 0) return false
  }
  return open === 0
}
