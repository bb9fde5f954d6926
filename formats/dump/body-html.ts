/** A post's body as HTML (rule 8): one paragraph a line, links and images, everything else escaped text. */

/** What relative targets in a body are relative to. */
export const BODY_BASE = 'https://bbs.pku.edu.cn/v2/'

/** Parentheses in parentheses that a target may hold; a bound keeps hostile nesting from costing quadratic time. */
const DEEPEST_TARGET = 16
const LONGEST_TARGET = 8192

const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
const OPEN_PARENTHESIS = 0x28
const CLOSE_PARENTHESIS = 0x29
const EXCLAMATION_MARK = 0x21

/** What stands for a character in HTML text or a quoted attribute value; a line end only comes between paragraphs. */
const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '</p><p>',
}

/** Sanitised HTML of a body: `p`, `br`, `a[href]` and `img[src][alt]`, targets absolute and http(s) only. */
export function bodyHtml(body: string): string {
  if (body === '') return ''
  const html = `<p>${body.includes('](') ? body.split('\n').map(lineHtml).join('</p><p>') : escapeHtml(body)}</p>`
  const hasEmptyLine = body.includes('\n\n') || body.startsWith('\n') || body.endsWith('\n')
  return hasEmptyLine ? html.replaceAll('<p></p>', '<p><br></p>') : html
}

/** Text as HTML text or a quoted attribute value; line ends part paragraphs. In one pass: bodies are megabytes. */
function escapeHtml(text: string): string {
  return /[&<>"\n]/.test(text) ? text.replace(/[&<>"\n]/g, (character) => ESCAPES[character]!) : text
}

/** One line with its inline markup as HTML. */
function lineHtml(line: string): string {
  return line.includes('](') ? markupHtml(line, false) : escapeHtml(line)
}

/** `isInLink`: the text of a link may hold images, never a link. */
function markupHtml(text: string, isInLink: boolean): string {
  let html = ''
  let done = 0
  const closings = findClosings(text)
  for (let at = text.indexOf('['); at !== -1; at = text.indexOf('[', Math.max(at + 1, done))) {
    const isImage = at > done && text.charCodeAt(at - 1) === EXCLAMATION_MARK
    if (isInLink && !isImage) continue
    const close = closings.get(at)
    const end = close === undefined ? undefined : closings.get(close + 1)
    if (close === undefined || end === undefined || text.charCodeAt(close + 1) !== OPEN_PARENTHESIS) continue
    const target = findWebTarget(text.slice(close + 2, end))
    if (target === undefined) continue
    const label = text.slice(at + 1, close)
    html += escapeHtml(text.slice(done, isImage ? at - 1 : at))
    html += isImage ? imageHtml(label, target) : linkHtml(label, target)
    done = end + 1
  }
  return html + escapeHtml(text.slice(done))
}

function imageHtml(label: string, target: string): string {
  return `<img src="${escapeHtml(target)}" alt="${escapeHtml(label)}">`
}

function linkHtml(label: string, target: string): string {
  // A link without text would be one that nobody sees.
  const inner = label.trim() === '' ? escapeHtml(target) : markupHtml(label, true)
  return `<a href="${escapeHtml(target)}">${inner}</a>`
}

/** The absolute http(s) address of a target; undefined for anything else, which then stays plain text. */
export function findWebTarget(target: string): string | undefined {
  if (target === '' || target.length > LONGEST_TARGET || /\s/.test(target)) return undefined
  if (!URL.canParse(target, BODY_BASE)) return undefined
  const { protocol, href } = new URL(target, BODY_BASE)
  return protocol === 'https:' || protocol === 'http:' ? href : undefined
}

/**
 * Where each balanced `[` and `(` of a line closes, in one pass. Brackets and parentheses are balanced apart from each
 * other; a parenthesis that holds too many levels is left out.
 */
function findClosings(line: string): Map<number, number> {
  const closings = new Map<number, number>()
  const brackets: number[] = []
  const parentheses: { at: number; depth: number }[] = []
  for (let at = 0; at < line.length; at++) {
    const c = line.charCodeAt(at)
    if (c === OPEN_BRACKET) brackets.push(at)
    else if (c === OPEN_PARENTHESIS) parentheses.push({ at, depth: 1 })
    else if (c === CLOSE_BRACKET) {
      const open = brackets.pop()
      if (open !== undefined) closings.set(open, at)
    } else if (c === CLOSE_PARENTHESIS) {
      const open = parentheses.pop()
      if (open === undefined) continue
      const outer = parentheses.at(-1)
      if (outer) outer.depth = Math.max(outer.depth, open.depth + 1)
      if (open.depth <= DEEPEST_TARGET) closings.set(open.at, at)
    }
  }
  return closings
}
