import { escapeHtml } from './model.ts'

/** The site's own address, as its pages print it. */
export const SITE_ORIGIN = 'https://bbs.pku.edu.cn'

const INLINE = /(!?)\[([^[\]\n]*)\]\(((?:[^()\s]|\([^()\s]*\))*)\)/g

/**
 * Writes plain text as the site writes a post's body: one `<p>` a line, `&nbsp;` for each space. Inline markup of the
 * dump format becomes links and pictures: `[TEXT](TARGET)`, `![ALT](TARGET)`.
 */
export function bodyMarkup(text: string): string {
  return text.split('\n').map(paragraph).join('')
}

function paragraph(line: string): string {
  let html = ''
  let end = 0
  for (const match of line.matchAll(INLINE)) {
    const [whole, bang, label, target] = match as unknown as [string, string, string, string]
    html += spaced(line.slice(end, match.index))
    html += bang ? imageMarkup(label, target) : linkMarkup(label, target)
    end = match.index + whole.length
  }
  return `<p>${html}${spaced(line.slice(end))}</p>`
}

/** A link as the site writes it: what leads out goes through `jump-to.php`. */
function linkMarkup(label: string, target: string): string {
  return `<a href="${escapeHtml(jumpAddress(target))}" target="_blank" data-no-pjax="">${spaced(label)}</a>`
}

/** A picture in a body. */
function imageMarkup(alt: string, target: string): string {
  return `<img src="${escapeHtml(siteAddress(target))}" alt="${escapeHtml(alt)}">`
}

/** The address that the site prints for a target, whatever its scheme: its own bare, all others through the redirector. */
function jumpAddress(target: string): string {
  const address = siteAddress(target)
  if (address.startsWith(`${SITE_ORIGIN}/`)) return address
  return `${SITE_ORIGIN}/v2/jump-to.php?url=${encodeURIComponent(address)}`
}

function siteAddress(target: string): string {
  return URL.canParse(target, `${SITE_ORIGIN}/v2/`) ? new URL(target, `${SITE_ORIGIN}/v2/`).href : target
}

function spaced(text: string): string {
  return escapeHtml(text).replaceAll(' ', '&nbsp;')
}
