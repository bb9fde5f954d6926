import type { Element, ElementContent, Root } from 'hast'
import { parseTime } from '../../core/dates.ts'
import type { Quote } from '../../core/thread.ts'
import type { AddressOptions } from '../../dom/allow-list.ts'
import type { Scope } from '../../dom/query.ts'
import { sanitizeTree } from '../../dom/sanitize-html.ts'
import { textOf } from '../../dom/text-of.ts'
import { writeHtml } from '../../dom/write-html.ts'

/**
 * A post as the boards' own format has it: head lines, words, quoted lines behind colons, a signature behind `--`, and
 * trailing lines of the system. In HTML it is all one text of lines.
 */
export interface Article {
  nickname?: string
  postedAt?: string
  editedAt?: string
  html: string
  text: string
  quotes: Quote[]
}

interface Line {
  nodes: ElementContent[]
  text: string
}

const ZONE = '+08:00'

/** Reads the text of a post's body. */
export function readArticle(post: Scope, body: Element, options: AddressOptions): Article {
  const dropped = new Set(post.within(body).all('.likes'))
  const lines = linesOf(sanitizeTree(body, { ...options, isDropped: (element) => dropped.has(element) }))
  const head = headOf(lines)
  const { own, quotes } = splitQuotes(withoutTail(lines.slice(head.length)))
  const edit = lines.findLast(({ text }) => text.startsWith('※ 修改:'))?.text
  const postedAt = parseTime(
    /\(([^()]{10,40})\)/.exec(head.find(({ text }) => text.startsWith('发信站'))?.text ?? '')?.[1] ?? '',
    { zone: ZONE },
  )
  const editedAt = parseTime(/于(.{10,40}?)修改/.exec(edit ?? '')?.[1] ?? '', { zone: ZONE })
  const nickname = /^发信人[:：] ?[\w.-]{1,40} ?\((.{1,60})\), 信区/.exec(head[0]?.text ?? '')?.[1]?.trim()
  const children = own.flatMap(({ nodes }, index) => (index === 0 ? nodes : [BREAK, ...nodes]))
  return {
    ...(nickname && { nickname }),
    ...(postedAt !== undefined && { postedAt }),
    ...(editedAt !== undefined && { editedAt }),
    html: writeHtml({ type: 'root', children }).trim(),
    text: textOf({ type: 'root', children }),
    quotes,
  }
}

const BREAK: Element = { type: 'element', tagName: 'br', properties: {}, children: [] }

/** Frames around lines, which may hold several of them. */
const FRAMES = new Set(['p', 'span', 'div'])

/** The lines of a cleaned tree; colours around several lines are given up, for a line is judged by itself. */
function linesOf(tree: Root): Line[] {
  const lines: ElementContent[][] = [[]]
  const waiting: ElementContent[] = (tree.children as ElementContent[]).toReversed()
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    if (next.type === 'element' && next.tagName === 'br') lines.push([])
    else if (next.type === 'element' && FRAMES.has(next.tagName)) waiting.push(...next.children.toReversed())
    else lines.at(-1)!.push(next)
  }
  return lines.map((nodes) => ({ nodes, text: textOf({ type: 'root', children: nodes }).trim() }))
}

/** The lines up to `发信站:`, which tell author, board, title and time. */
function headOf(lines: readonly Line[]): Line[] {
  const end = lines.slice(0, 8).findIndex(({ text }) => /^发信站[:：]/.test(text))
  return lines.slice(0, end + 1)
}

/** Leaves out the system's lines at the end and the signature before them. */
function withoutTail(lines: readonly Line[]): Line[] {
  const kept = lines.slice(
    0,
    endBefore(lines, ({ text }) => /^※ (?:来源|修改|转载)[:：]/.test(text)),
  )
  const signature = kept.findLastIndex(({ text }) => text === '--')
  if (signature < 0) return kept
  // A program's own line (发自…) is set between two such marks.
  const earlier = kept.slice(0, signature).findLastIndex(({ text }) => text === '--')
  const between = kept.slice(earlier + 1, signature)
  const isProgram = earlier >= 0 && between.length <= 3 && between.some(({ text }) => text.startsWith('发自'))
  return kept.slice(0, isProgram ? earlier : signature)
}

/** Where the last lines of a kind begin, with empty ones between them. */
function endBefore(lines: readonly Line[], isTail: (line: Line) => boolean): number {
  let end = lines.length
  while (end > 0 && (lines[end - 1]!.text === '' || isTail(lines[end - 1]!))) end--
  return end
}

const QUOTE_HEAD = /^【 ?在 ?([\w.-]{1,40})(?: ?\((.{0,60})\))? ?的(?:大作|文章)中提到[:：] ?】$/

/** A quote's head and the lines behind colons that follow it; what those quote in turn is left out. */
function splitQuotes(lines: readonly Line[]): { own: Line[]; quotes: Quote[] } {
  const own: Line[] = []
  const quotes: Quote[] = []
  let excerpt: string[] | undefined
  const finish = () => {
    const quote = quotes.at(-1)
    if (quote && excerpt) quote.excerpt = quotedWords(excerpt)
    excerpt = undefined
  }
  for (const line of lines) {
    const [, username, nickname] = QUOTE_HEAD.exec(line.text) ?? []
    if (username !== undefined) {
      finish()
      quotes.push({ username, ...(nickname?.trim() && { nickname: nickname.trim() }), excerpt: '' })
      excerpt = []
    } else if (excerpt && /^[:：]/.test(line.text)) {
      const words = line.text.slice(1).trim()
      if (!/^[:：]|^【 ?在 /.test(words)) excerpt.push(words)
    } else {
      if (line.text) finish()
      own.push(line)
    }
  }
  finish()
  return { own: trimmed(own), quotes }
}

/** Quoted lines up to the quoted signature, and without the dots that programs put where they cut. */
function quotedWords(lines: readonly string[]): string {
  const end = lines.indexOf('--')
  return (end < 0 ? lines : lines.slice(0, end))
    .join('\n')
    .replace(/(?:^|\n)\.{10,}$/, '')
    .trim()
}

function trimmed(lines: readonly Line[]): Line[] {
  const hasWords = ({ text, nodes }: Line) => text !== '' || nodes.some((node) => node.type === 'element')
  const first = lines.findIndex(hasWords)
  return first < 0 ? [] : lines.slice(first, lines.findLastIndex(hasWords) + 1)
}
